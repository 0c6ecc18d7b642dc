"""A report as Markdown: tables that people read, with what each figure rests on."""

from collections.abc import Iterable, Mapping, Sequence

from annotator.agreement.figure import Figure
from annotator.agreement.measures import GROUPS, Measure
from annotator.agreement.parts import BY
from annotator.agreement.report import Report
from annotator.core.tagset import Tagset

_TOP = 12
NOTHING = "nothing"
_SHORT = ("f1_exact", "f1_relaxed", "cohen_kappa", "alpha_nominal", "alpha_u")
_KINDS = {
    "missing": "somebody has nothing there",
    "split": "one has in parts what another has as a whole",
    "boundary": "the extents differ",
    "label": "the labels differ",
    "count": "the numbers differ",
    "entity": "it names somebody else",
    "attribute": "another attribute differs",
    "relation": "a link between spans that both have",
}


def markdown(report: Report, tagset: Tagset, version: str, *, quotes: bool = True) -> str:
    """The whole report; without `quotes` nothing of the articles' words."""
    parts = [
        "# Agreement\n",
        f"{_rests_on(report)}\n",
        "".join(f"* {each[:1].upper()}{each[1:]}.\n" for each in report.warnings),
        *(_group(report, group) for group in GROUPS),
        *(_by(report, what, f"By {title}") for what, title in BY.items()),
        _kinds(report),
        _confusion(report, tagset),
        _edges(report) if quotes else "",
        _phrases(report) if quotes else "",
        _sides(report),
        _sources(report, version),
    ]
    return "\n".join(each for each in parts if each)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; what would end a cell is escaped."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _cell(words: str) -> str:
    for sign in "\\|<`*_[":
        words = words.replace(sign, f"\\{sign}")
    return " ".join(words.split())


def _rests_on(report: Report) -> str:
    who = ", ".join(map(_cell, report.raters)) or "nobody"
    articles = f"{report.articles:,} article{'s' if report.articles != 1 else ''}"
    inside = f"{report.sampling.inside:.0%}".replace("%", " %")
    return (
        f"Of {who} on {articles}. Intervals hold {inside} of {report.sampling.times:,} samples of"
        f" the articles (bootstrap, seed {report.sampling.seed}). n is what a figure counts:"
        " annotations, places, words or links."
    )


def _group(report: Report, group: str) -> str:
    named = [each for each in report.measures.values() if each.group == group]
    rows = [_row(each, report.figures[each.name], report.warnings) for each in named]
    title = f"## {group[:1].upper()}{group[1:]}\n"
    return f"{title}\n{table(('measure', 'value', 'n', 'remarks'), rows)}" if rows else ""


def _row(measure: Measure, figure: Figure, told: Sequence[str]) -> tuple[str, ...]:
    """A line; what is said of the whole report isn't said of each figure."""
    remarks = figure.reason or "; ".join(each for each in figure.warnings if each not in told)
    return measure.title, figure.words(), f"{figure.n:,.0f}", remarks


def _by(report: Report, what: str, title: str) -> str:
    parts = report.by.get(what)
    if not parts:
        return ""
    shown = [name for name in _SHORT if any(name in each for each in parts.values())]
    rows = [
        (
            report.titles.get(key, key),
            *(figures[name].words() if name in figures else "" for name in shown),
        )
        for key, figures in parts.items()
    ]
    return f"## {title}\n\n{table((what, *(report.measures[name].title for name in shown)), rows)}"


def _kinds(report: Report) -> str:
    every = sum(report.kinds.values())
    rows = [
        (kind, f"{number:,}", f"{report.share(kind) or 0:.0%}", _KINDS[kind])
        for kind, number in report.kinds.items()
        if number
    ]
    said = f"All agree at {report.agreed:,} of {report.agreed + every:,} places and links.\n"
    return "\n".join(
        (
            "## Where it comes from\n",
            said,
            table(("difference", "places", "share", "it means"), rows) if rows else "",
        )
    )


def _confusion(report: Report, tagset: Tagset) -> str:
    found = report.confusion.table()
    names: list[str | None] = [each.name for each in tagset.labels]
    names = [*names, *sorted({one for two in found for one in two if one and one not in names})]
    names = [name for name in names if any(name in two for two in found)] + [None]
    rows = [
        (one or NOTHING, *(f"{found.get((one, other), 0):,}" for other in names)) for one in names
    ]
    head = ("", *(name or NOTHING for name in names))
    said = "What one annotator has where another has something; each pair counts from both sides.\n"
    return f"## Whose label against whose\n\n{said}\n{table(head, rows)}"


def _edges(report: Report) -> str:
    rows = [
        (f"“{each.words}” at the {each.at}", f"{each.number:,}", _who(each.who))
        for each in report.edges[:_TOP]
    ]
    if not rows:
        return ""
    return f"## Edges\n\n{table(('spans differ by', 'times', 'who has it in'), rows)}"


def _who(who: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number:,}" for name, number in who.items())


def _phrases(report: Report) -> str:
    rows = [
        (f"“{each.words}”", f"{each.differing:,} of {each.places:,}", _who(each.kinds))
        for each in report.phrases[:_TOP]
    ]
    return f"## Hardest phrases\n\n{table(('words', 'differ at', 'in what'), rows)}" if rows else ""


def _sides(report: Report) -> str:
    rows = [(side, figure.words(), f"{figure.n:,.0f}") for side, figure in report.sides.items()]
    if not rows:
        return ""
    said = "The share that another annotator misses of what the sources of each side say.\n"
    return f"## By the side of the source\n\n{said}\n{table(('side', 'missed', 'n'), rows)}"


def _sources(report: Report, version: str) -> str:
    found: dict[str, list[str]] = {}
    for each in report.measures.values():
        if each.source and ":" not in each.name:
            found.setdefault(each.source, []).append(each.title)
    lines = [f"* {source}: {', '.join(titles)}\n" for source, titles in sorted(found.items())]
    return f"## Sources of the formulas\n\n{''.join(lines)}\nComputed by Annotator {version}.\n"
