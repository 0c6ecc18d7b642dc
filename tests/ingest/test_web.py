"""Pages as browsers save them: what an article keeps of each make, and what it loses."""

import plistlib
import re
from pathlib import Path
from typing import Any

import pytest
import trafilatura

from annotator.core.article import Article
from annotator.core.errors import UserError
from annotator.formats import web
from annotator.formats.base import Found, Source
from annotator.ingest.blocks import fuller
from annotator.ingest.original import Made, Original
from annotator.ingest.saved import page_in
from annotator.ingest.web import read_page
from tests.ingest.make import damaged

PARAGRAPHS = (
    (
        "The two ministers met again on Tuesday, a day after shelling killed at least 49 soldiers "
        "along the border, officials in both of the capitals said."
    ),
    (
        "“We did not fire first,” a spokesman of the ministry of defence said in a statement on "
        "Tuesday morning, without naming any of the places."
    ),
    (
        "The talks go on this week in a third country, two diplomats told the agency on condition "
        "that they are not named, because they may not speak of it."
    ),
)
ITEMS = (
    "At least 49 soldiers were killed, according to Yerevan.",
    "Three civilians were wounded in the village of Sotk.",
)
MENU = '<nav><ul><li><a href="/">Home page</a></li><li><a href="/s">Sport news</a></li></ul></nav>'
SHARE = '<ul class="share"><li><a href="#">Share on Facebook</a></li><li>Tweet this</li></ul>'
FOOT = "<footer><p>© 2022 The Example. All rights reserved. Terms of use.</p></footer>"
COMMENTS = (
    '<section id="comments"><h3>Comments</h3><div class="comment"><p>I do not believe a word of '
    "this, says a reader under the article.</p></div></section>"
)
LOST = ("Home page", "Sport news", "Facebook", "Tweet", "rights reserved", "not believe a word")
LIST = f"<ul><li>{ITEMS[0]}</li><li>{ITEMS[1]}</li></ul>"
HEAD = (
    '<title>Talks resume | The Example</title><link rel="canonical" href="https://e.example/talks">'
    '<meta property="og:site_name" content="The Example"><meta property="og:title" content="Talks '
    'resume"><meta property="article:published_time" content="2022-09-13T18:20:00+04:00">'
    '<meta name="author" content="Ani Petrosyan">'
)


def html(body: str, head: str = HEAD, attributes: str = 'lang="en-GB"') -> str:
    return f"<!DOCTYPE html><html {attributes}><head>{head}</head><body>{body}</body></html>"


def ps(*paragraphs: str) -> str:
    return "".join(f"<p>{each}</p>" for each in paragraphs)


def read(page: str | bytes, name: str = "talks.html", encoding: str | None = None) -> Made:
    data = page if isinstance(page, bytes) else page.encode()
    return read_page(Original(name, data), trafilatura, encoding=encoding)


MAKES = {
    "article element": f"{MENU}<main><article><h1>Talks resume</h1>{SHARE}{ps(*PARAGRAPHS[:2])}"
    f"{LIST}{ps(PARAGRAPHS[2])}</article>{COMMENTS}</main>{FOOT}",
    "a blog's classes": f'<div id="wrapper"><div id="menu">{MENU}</div><div class="post"><h1 class='
    f'"entry-title">Talks resume</h1><div class="entry-content">{ps(*PARAGRAPHS[:2])}{LIST}'
    f'{ps(PARAGRAPHS[2])}</div><div class="sharedaddy">{SHARE}</div></div>'
    f'<div id="sidebar">{MENU}</div>{COMMENTS}</div>{FOOT}',
    "divisions without meaning": f'<div class="c12"><div class="c4">{MENU}</div><div class="c9">'
    f"<h1>Talks resume</h1>{ps(*PARAGRAPHS[:2])}{LIST}{ps(PARAGRAPHS[2])}</div></div>"
    f"{COMMENTS}{FOOT}",
    "tables of the nineties": f"<table><tr><td width=150>{MENU}</td><td><h1>Talks resume</h1>"
    f"{ps(*PARAGRAPHS[:2])}{LIST}{ps(PARAGRAPHS[2])}</td></tr></table>{FOOT}",
}


@pytest.mark.parametrize("make", MAKES)
def test_paragraphs_and_lists_stay_and_menus_go(make: str) -> None:
    article, notes = read(html(MAKES[make]))
    blocks = article.text.split("\n\n")
    assert blocks[0] == "Talks resume"
    assert [each for each in blocks if each in PARAGRAPHS] == list(PARAGRAPHS)
    assert "\n".join(f"- {each}" for each in ITEMS) in article.text
    for words in LOST:
        assert words not in article.text
    assert notes == ()


def test_details_come_from_the_head() -> None:
    article, _ = read(html(MAKES["article element"]))
    assert (article.title, article.source) == ("Talks resume", "The Example")
    assert (article.url, article.published) == ("https://e.example/talks", "2022-09-13")
    assert (article.language, article.meta["author"]) == ("en-GB", "Ani Petrosyan")
    assert (article.meta["file"], article.meta["encoding"]) == ("talks.html", "utf-8")


def test_details_from_json_for_search_engines() -> None:
    head = (
        '<title>x</title><script type="application/ld+json">{"@context": "https://schema.org", '
        '"@type": "NewsArticle", "headline": "Talks resume", "datePublished": "2022-09-13", '
        '"author": {"@type": "Person", "name": "Ani Petrosyan"}, "publisher": {"@type": '
        '"Organization", "name": "The Example"}}</script>'
    )
    article, _ = read(html(MAKES["article element"], head))
    assert (article.title, article.source) == ("Talks resume", "The Example")
    assert article.published == "2022-09-13"


@pytest.mark.parametrize(
    ("attributes", "head", "language"),
    [
        ('xml:lang="ru"', "", "ru"),
        ("", '<meta http-equiv="Content-Language" content="tr, en">', "tr"),
        ("", '<meta property="og:locale" content="hy_AM">', "hy-AM"),
        ('lang="?"', '<meta name="x" content="y"><meta name="dc.language" content="de">', "de"),
        ("", "", ""),
    ],
)
def test_language(attributes: str, head: str, language: str) -> None:
    page = html(MAKES["article element"], head, attributes)
    assert read(page)[0].language == language


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- saved from url=(0027)https://e.example/old/talks -->",
        "<!--\n Page saved with SingleFile \n url: https://e.example/old/talks \n saved date: x-->",
    ],
)
def test_the_address_that_browsers_write_into_a_page(comment: str) -> None:
    page = html(MAKES["article element"], "<title>Talks</title>")
    page = page.replace("<html", f"{comment}\n<html", 1)
    assert read(page)[0].url == "https://e.example/old/talks"


def test_breaks_quotations_tables_and_lists_in_lists() -> None:
    body = (
        f"<article><h1>Talks resume</h1>{ps(*PARAGRAPHS)}<p>First line,<br>second <b>line</b> of "
        "it.</p><blockquote><p>Nobody should doubt who began this, he said.</p></blockquote>"
        "<ul><li>Killed: <ul><li>49 soldiers of the army</li><li>3 villagers</li></ul></li>"
        "<li><p>Wounded: many more</p></li></ul><table><tr><th>Side</th><th>Killed</th></tr>"
        "<tr><td>North</td><td>49</td></tr></table><pre><code>as  it\n   was</code></pre>"
        "<p>The <code>code</code> was <del>never</del> found.</p></article>"
    )
    text = read(html(body))[0].text
    assert "First line,\nsecond line of it." in text
    assert "\n\nNobody should doubt who began this, he said.\n\n" in text
    assert "- Killed:\n  - 49 soldiers of the army\n  - 3 villagers\n- Wounded: many more" in text
    assert "Side\tKilled\nNorth\t49" in text
    assert "\n\nas  it\n   was\n\nThe code was found." in text


def test_lists_of_another_reading_come_only_between_paragraphs() -> None:
    blocks, menu = ["one", "two"], "- Home\n- Sport"
    assert fuller(blocks, [menu, "one", "- a\n- b", "caption", "two", menu]) == [
        "one",
        "- a\n- b",
        "two",
    ]
    assert fuller(blocks, ["one", "- a", "2"]) == blocks


def test_a_second_reading_that_finds_nothing_changes_nothing() -> None:
    class Library:
        load_html = staticmethod(trafilatura.load_html)

        @staticmethod
        def bare_extraction(tree: Any, **options: Any) -> Any:
            if options.get("favor_recall"):
                return None
            return trafilatura.bare_extraction(tree, **options)

    page = html(MAKES["divisions without meaning"]).encode()
    article, _ = read_page(Original("a.html", page), Library)
    assert article.text.split("\n\n")[1:] == list(PARAGRAPHS)


def test_a_page_that_begins_with_its_headline_has_it_once() -> None:
    text = read(html(MAKES["article element"]))[0].text
    assert text.count("Talks resume") == 1
    headless = html(f"<article>{ps(*PARAGRAPHS)}</article>")
    assert read(headless)[0].text.startswith("Talks resume\n\nThe two ministers")


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r"])
def test_the_encoding_that_a_page_says(encoding: str) -> None:
    words = "Министр заявил, что переговоры продолжаются, а погибли 49 военных. " * 6
    page = html(f"<article>{ps(words)}</article>", f'<meta charset="{encoding}"><title>Т</title>')
    article, notes = read(page.encode(encoding))
    assert words.strip() in article.text
    assert article.meta["encoding"] == {"windows-1251": "cp1251"}.get(encoding, encoding)
    assert notes == ()


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(UserError, match=r"talks.html is a web page without text"):
        read("<html><head><title>Talks</title></head><body><script>x</script></body></html>")
    with pytest.raises(UserError, match=r"talks.html is no web page, or an empty one"):
        read(" ")


def test_a_page_that_would_take_minutes_is_refused() -> None:
    with pytest.raises(UserError, match=r"talks.html has over 100,000 tags"):
        read("<html>" + "<p>" * 100_000)


def test_a_page_in_which_no_article_is_found_comes_whole() -> None:
    class Library:
        load_html = staticmethod(trafilatura.load_html)
        html2txt = staticmethod(lambda _html: "Menu Talks")

        @staticmethod
        def bare_extraction(*_args: object, **_options: object) -> None:
            return None

    article, notes = read_page(Original("a.html", b"<html><p>Talks</p></html>"), Library)
    assert article.text == "Menu Talks"
    assert notes == (
        (
            "The article could not be told from the rest of the page, so all of its text came in: "
            "look for menus."
        ),
    )


def test_a_page_that_breaks_the_library_is_refused() -> None:
    class Library:
        load_html = staticmethod(trafilatura.load_html)

        @staticmethod
        def bare_extraction(*_args: object, **_options: object) -> None:
            raise RecursionError

    with pytest.raises(UserError, match=r"a.html is too broken for a web page to be read"):
        read_page(Original("a.html", b"<html><p>Talks</p></html>"), Library)


def mhtml(kind: str = "text/html", body: str = MAKES["article element"]) -> bytes:
    page = html(body, "<title>Talks</title>").replace("=", "=3D")
    lines = "=\n".join(page[at : at + 60] for at in range(0, len(page), 60))
    # A line must not be cut inside an escape.
    lines = re.sub(r"=(=\n)(3D)", r"\1=\2", re.sub(r"=3(=\n)D", r"\1=3D", lines))
    return (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://e.example/talks\n"
        'Subject: Talks\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="--b"\n\n'
        f'----b\nContent-Type: {kind}; charset="utf-8"\nContent-Transfer-Encoding: '
        f"quoted-printable\nContent-Location: cid:1\n\n{lines}\n----b--\n"
    ).encode()


def test_a_page_saved_as_one_file() -> None:
    article, _ = read(mhtml(), "talks.mhtml")
    assert PARAGRAPHS[0] in article.text
    assert (article.url, article.meta["file"]) == ("", "talks.mhtml")
    located = mhtml().replace(b"Content-Location: cid:1\n", b"")
    assert read(located, "talks.mhtml")[0].url == "https://e.example/talks"
    with pytest.raises(UserError, match=r"talks.mhtml is an MHTML file without a page"):
        read(mhtml("image/png"), "talks.mhtml")
    with pytest.raises(UserError, match=r"talks.mhtml is an MHTML file without a page"):
        read(b"MIME-Version: 1.0\nContent-Type: text/html\n\n  ", "talks.mhtml")


def test_safaris_archive() -> None:
    page = html(MAKES["article element"], "<title>Talks</title>").encode()
    main = {"WebResourceData": page, "WebResourceURL": "https://e.example/talks"}
    packed = plistlib.dumps({"WebMainResource": main}, fmt=plistlib.FMT_BINARY)
    article, _ = read(packed, "talks.webarchive")
    assert PARAGRAPHS[0] in article.text
    assert article.url == "https://e.example/talks"
    for broken in (packed[:-9], plistlib.dumps({}, fmt=plistlib.FMT_BINARY)):
        with pytest.raises(UserError, match="is no web archive that can be read"):
            page_in(Original("talks.webarchive", broken))
    empty = plistlib.dumps({"WebMainResource": {"WebResourceData": ""}}, fmt=plistlib.FMT_BINARY)
    with pytest.raises(UserError, match="is a web archive without a page"):
        page_in(Original("talks.webarchive", empty))


@pytest.mark.parametrize(
    ("whole", "name"),
    [(html(MAKES["article element"]).encode(), "talks.html"), (mhtml(), "talks.mhtml")],
)
def test_damaged_files_give_an_article_or_one_sentence(whole: bytes, name: str) -> None:
    for data in damaged(whole):
        try:
            article, _ = read(data, name)
        except UserError as error:
            assert str(error).startswith("talks.")  # noqa: PT017  (an error is allowed here, but only so)
        else:
            assert article.text


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_options: object) -> None:
        raise AssertionError

    for name in ("socket.socket.connect", "socket.create_connection", "socket.getaddrinfo"):
        monkeypatch.setattr(name, refuse)
    body = (
        f'<base href="https://e.example/">{MAKES["article element"]}<img src="https://e.example/a">'
    )
    assert read(html(body))[0].text


def test_as_a_format(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(html(MAKES["article element"]))
    (found,) = web.read(Source("a.html", path), {"encoding": ""})
    assert isinstance(found, Found)
    assert isinstance(found.item, Article)
    assert found.item.document.meta["path"] == str(path)


@pytest.mark.parametrize(
    ("head", "name", "known"),
    [
        (b"<!DOCTYPE html>", "a", True),
        (b'\xef\xbb\xbf <?xml version="1.0"?>\n<!-- saved --><HTML>', "a", True),
        ("<html>".encode("utf-16"), "a.txt", True),
        (b"<p>Talks", "a.htm", True),
        (b"Talks", "a.htm", False),
        (b"<p>Talks", "a.txt", False),
        (b"bplist00", "a.webarchive", True),
        (b"bplist00", "a.plist", False),
        (b"From: <Saved by Blink>\n", "a.mht", True),
        (b"<?xml version='1.0'?><TEI>", "a.xml", False),
    ],
)
def test_pages_are_known_by_how_they_begin(head: bytes, name: str, known: bool) -> None:
    assert web.sniff(head, name) == known


def test_an_address_in_linked_data_is_taken_where_the_head_has_none() -> None:
    data = '{"@type": "NewsArticle", "url": "https://e.example/linked"}'
    script = f'<script type="application/ld+json">{data}</script>'
    page = f"<article><h1>Talks resume</h1>{ps(*PARAGRAPHS)}</article>"
    assert read(html(page, f"<title>Talks resume</title>{script}"))[0].url.endswith("/linked")
    assert read(html(page, HEAD + script))[0].url == "https://e.example/talks"
