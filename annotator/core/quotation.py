"""Words of an article with where they are from, to be pasted into other papers."""

from collections.abc import Iterable

from annotator.core.model import Document
from annotator.core.span import Span


def quotation(document: Document, spans: Iterable[Span], *, label: str = "", by: str = "") -> str:
    """Passages of an article in quotation marks, and behind a dash where they are from.

    “words” — title, source, date, address, characters 12–40, claim by mira

    `spans` are code points of the article's text, half-open as in every export; what isn't known of
    the article is left out, and `label` with whoever it is `by` where nothing is tagged.
    """
    passages = list(spans)
    words = " … ".join(" ".join(span.of(document.text).split()) for span in passages)
    places = ", ".join(f"{span.start}–{span.end}" for span in passages)
    tagged = f"{label} by {by}" if label and by else label
    about = (document.title, document.source, document.published, document.url)
    known = [" ".join(each.split()) for each in (*about, f"characters {places}", tagged) if each]
    return f"“{words}” — {', '.join(known)}"
