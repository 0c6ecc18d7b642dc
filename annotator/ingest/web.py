"""Pages as browsers save them: the article without menus, with what the page says of itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from annotator.core.errors import UserError
from annotator.ingest.blocks import blocks_of, fuller
from annotator.ingest.charsets import decoded_page
from annotator.ingest.linked_data import address
from annotator.ingest.original import Made, Original, made
from annotator.ingest.saved import page_in

_DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:)\s*(https?://[^\s>]+)"
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_HEAD = 100_000
_TAGS = 100_000
"""Tags in a page beyond which its reading takes minutes; an article's page has some thousands."""
_DATES = {"extensive_search": False, "original_date": True, "outputformat": "%Y-%m-%d"}
"""Only what the page says of its date; no guess from its text."""
_WHOLE = (
    "The article could not be told from the rest of the page, so all of its text came in: look "
    "for menus."
)


@dataclass(frozen=True, slots=True)
class _Page:
    """What was found in a page."""

    text: str
    details: dict[str, str]
    author: str = ""
    notes: tuple[str, ...] = ()


def read_page(original: Original, trafilatura: Any, *, encoding: str | None = None) -> Made:
    """The article in a page: HTML, MHTML or a web archive of Safari.

    The headline is the text's first line; paragraphs are parted by an empty line; the items of
    lists begin with a dash. Nothing is fetched. `trafilatura` is that library. Raises UserError for
    what is no page, and for one without text.
    """
    inner, url, said = page_in(original)
    decoded = decoded_page(inner, encoding, said)
    page = _page(trafilatura, _DECLARED.sub("", decoded.text.lstrip("\ufeff")), original.file)
    details = {**page.details, "url": page.details["url"] or url or _saved_from(decoded.text)}
    meta = original.meta(decoded.encoding)
    if page.author:
        meta["author"] = page.author
    return made(page.text, meta, (*decoded.notes, *page.notes), **details)


def _page(trafilatura: Any, html: str, file: str) -> _Page:
    if html.count("<") > _TAGS:
        raise UserError(f"{file} has over {_TAGS:,} tags, which is no article's page.")
    tree = trafilatura.load_html(html)
    if tree is None:
        raise UserError(f"{file} is no web page, or an empty one.")
    linked = address(tree)
    try:
        found = trafilatura.bare_extraction(
            tree, include_comments=False, with_metadata=True, date_extraction_params=_DATES
        )
        text = "\n\n".join(_article(trafilatura, tree, found.body)) if found else ""
        whole = text or trafilatura.html2txt(html)
    # What a broken page does to the library comes out as whatever it is.
    except Exception as error:
        raise UserError(f"{file} is too broken for a web page to be read.") from error
    if not whole.strip():
        raise UserError(f"{file} is a web page without text.")
    details = {"title": "", "source": "", "url": "", "published": "", "language": _language(tree)}
    author = ""
    if found:
        said = {"title": found.title, "source": found.sitename, "url": found.url}
        details |= {key: " ".join((value or "").split()) for key, value in said.items()}
        details["published"] = found.date or ""
        details["url"] = details["url"] or linked
        author = found.author or ""
    return _Page(_headed(whole, details["title"]), details, author, () if text else (_WHOLE,))


def _article(trafilatura: Any, tree: Any, body: Any) -> list[str]:
    """The article's blocks; a reading that is careful of menus may take its lists for such."""
    blocks = blocks_of(body)
    if next(body.iter("list"), None) is not None or next(tree.iter("li"), None) is None:
        return blocks
    more = trafilatura.bare_extraction(tree, include_comments=False, favor_recall=True)
    return fuller(blocks, blocks_of(more.body)) if more else blocks


def _headed(text: str, title: str) -> str:
    """The text with its headline above, unless it begins with it."""
    start = " ".join(text[: 2 * len(title) + 100].split())
    return text if not title or start.startswith(title) else f"{title}\n\n{text}"


def _language(tree: Any) -> str:
    for said in _languages(tree):
        match = _LANGUAGE.match(said.strip())
        if match:
            return match[0].replace("_", "-")
    return ""


def _languages(tree: Any) -> Iterator[str]:
    root = tree.getroottree().getroot()
    yield root.get("lang") or ""
    yield root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang") or ""
    for each in root.iter("meta"):
        name = (each.get("http-equiv") or each.get("property") or each.get("name") or "").lower()
        if name in ("content-language", "og:locale", "language", "dc.language"):
            yield each.get("content") or ""


def _saved_from(html: str) -> str:
    """The address that a browser writes into what it saves."""
    match = _SAVED_FROM.search(html[:_HEAD])
    return match[1] if match else ""
