"""What is in a file, as a page to read before it is imported."""

from collections.abc import Iterator
from html import escape

from annotator.core.model import RESERVED_NAMES
from annotator.core.tagset import Tagset
from annotator.core.text import counted
from annotator.transfer import Survey, Wishes
from annotator.transfer.survey import Sample

SHOWN = 50
"""Problems, notes and duplicates that are listed."""


def page(survey: Survey, wishes: Wishes, tagset: Tagset, who: str) -> str:
    """The page as HTML that Qt shows; `who` imports, and gets what is nobody's."""
    parts = [f"<p><b>{escape(sentence(survey))}</b></p>"]
    for one, several in (("problem", survey.problems), ("duplicate", survey.duplicates)):
        parts.extend(_list(survey.counts[one], one, several))
    parts.extend(_sample(each, wishes, tagset, who) for each in survey.samples)
    if survey.counts["article"] > len(survey.samples):
        rest = survey.counts["article"] - len(survey.samples)
        parts.append(f"<p>… and {counted(rest, 'other article')}.</p>")
    parts.extend(_list(survey.counts["note"], "note", survey.notes))
    return "".join(parts)


def sentence(survey: Survey) -> str:
    """What is in a file in one sentence: "conll: 12 articles, 40 annotations, so far."."""
    parts = [
        counted(survey.counts[one], one)
        for one in ("article", "annotation", "link", "problem", "duplicate")
        if survey.counts[one] or one == "article"
    ]
    rest = "" if survey.whole else ", and more"
    return f"{survey.format or 'no format'}: {', '.join(parts)}{rest}"


def _sample(sample: Sample, wishes: Wishes, tagset: Tagset, who: str) -> str:
    lines = "<br>".join(escape(each) for each in sample.lines)
    rows = [f"<h3>{escape(sample.title or 'without a title')}</h3>"]
    if sample.known:
        rows.append(f"<p><i>There already, as “{escape(sample.known)}”.</i></p>")
    rows.append(f"<p>{lines}</p>")
    labels = []
    for name, count in sample.labels:
        named = wishes.renaming.labels.get(name, name)
        new = "" if tagset.label(named) else " (new in the tag set)"
        labels.append(f"{escape(tagset.label_title(named))} {count:,}{new}")
    given = wishes.given.annotator or (
        wishes.given.role if wishes.given.role in RESERVED_NAMES else ""
    )
    whose = [given or wishes.renaming.annotator(each) or who for each in sample.annotators]
    if whose:
        said = ", ".join(labels) or "no annotations"
        rows.append(f"<p>{said} – by {escape(', '.join(dict.fromkeys(whose)))}</p>")
    return "".join(rows)


def _list(number: int, what: str, lines: tuple[str, ...]) -> Iterator[str]:
    if not number:
        return
    shown = "".join(f"<li>{escape(each)}</li>" for each in lines[:SHOWN])
    rest = number - len(lines[:SHOWN])
    more = f"<p>… and {rest:,} more.</p>" if rest else ""
    yield f"<p>{counted(number, what)}:</p><ul>{shown}</ul>{more}"
