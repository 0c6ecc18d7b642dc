"""The ledger as one web page that needs nothing else: to be read, printed and sent around."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from math import log10

from annotator.core.text import counted
from annotator.ledger.values import Entry, Ledger, Statement
from annotator.ledger.views import answers, by_days, competing, count_of, disputed, untargeted
from annotator.ledger.words import (
    NO_SIDE,
    VAGUE,
    amount,
    days,
    left_out,
    quote,
    speaker,
    where,
    who,
)

_STYLE = """
:root { color-scheme: light dark; --paper: #f6f6f4; --card: #ffffff; --ink: #1f2328;
  --soft: #57606a; --line: #d8dbdf; --claim: #0072b2; --denial: #c2410c; --count: #b4124a; }
@media (prefers-color-scheme: dark) { :root { --paper: #16181c; --card: #1f2227; --ink: #e6e8eb;
  --soft: #a2a9b3; --line: #3a3f47; --claim: #56b4e9; --denial: #ff9d5c; --count: #ff7a9c; } }
* { box-sizing: border-box; }
body { margin: 2rem auto; max-width: 72rem; padding: 0 1rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.5 "Noto Sans", system-ui, sans-serif; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.1rem; margin-top: 2rem; }
p, ul { margin: .2rem 0; }
table { width: 100%; border-collapse: collapse; background: var(--card); }
caption { text-align: start; color: var(--soft); padding: .25rem 0; }
th, td { text-align: start; vertical-align: top; padding: .5rem .75rem;
  border-top: 1px solid var(--line); }
thead th, .soft { color: var(--soft); font-weight: normal; font-size: .9rem; }
tbody th { font-weight: 600; }
q { font-family: "Noto Serif", Georgia, serif; }
td.claim { border-inline-start: .25rem solid var(--claim); }
td.denial { border-inline-start: .25rem double var(--denial); }
.bar { display: block; height: .75rem; min-width: .25rem; background: var(--count);
  border-radius: .2rem; }
.vague { width: 4rem; background: repeating-linear-gradient(135deg, var(--count) 0 3px,
  transparent 3px 6px); }
@media print { body { max-width: none; margin: 0; background: none; } tr { break-inside: avoid; }
  .bar { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
"""


def page(ledger: Ledger, *, hidden: str = "") -> Iterator[str]:
    """The page piece by piece; `hidden` says what is left out."""
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Ledger</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
    )
    numbers = (
        counted(len(ledger.sources), "article"),
        counted(len(ledger.claims), "claim"),
        counted(len(ledger.denials), "denial"),
    )
    yield f"<h1>Ledger</h1>\n<p>{', '.join(numbers)}. {escape(hidden)}</p>\n"
    yield from _claims(ledger)
    yield from _casualties(ledger)
    yield from _answers(ledger)
    yield from _others(ledger)
    yield "</main>\n</body>\n</html>\n"


def _table(
    title: str, head: Iterable[str], bodies: Iterable[tuple[str, Iterable[str]]], caption: str
) -> Iterator[str]:
    """A table of bodies, each a heading over all columns ("" for none) and rows that are HTML."""
    names = list(head)
    yield f"<h2>{escape(title)}</h2>\n<table>\n<caption>{escape(caption)}</caption>\n"
    cells = "".join(f'<th scope="col">{escape(each)}</th>' for each in names)
    yield f"<thead><tr>{cells}</tr></thead>\n"
    for over, rows in bodies:
        yield "<tbody>\n"
        if over:
            yield (f'<tr><th scope="rowgroup" colspan="{len(names)}">{escape(over)}</th></tr>\n')
        yield from (f"<tr>{row}</tr>\n" for row in rows)
        yield "</tbody>\n"
    yield "</table>\n"


def _claims(ledger: Ledger) -> Iterator[str]:
    # What somebody answers comes first.
    order = sorted(ledger.claims, key=lambda each: each.id not in ledger.denied_by)
    rows = (_claim(ledger, each) for each in order)
    head = ("Who", "Claim", "Against", "When", "Denied by")
    caption = "What somebody denies comes first"
    yield from _table("Claims and denials", head, [("", rows)], caption)


def _claim(ledger: Ledger, claim: Statement) -> str:
    denials = ledger.denied_by.get(claim.id, ())
    denied = "".join(
        f"<p><strong>{escape(speaker(each.first))}</strong><br>{_said(ledger, each)}</p>"
        for each in denials
    )
    answer = denied or '<span class="soft">nobody answers</span>'
    return (
        f'<th scope="row">{escape(speaker(claim.first))}</th>'
        f'<td class="claim">{_said(ledger, claim)}</td>'
        f"<td>{escape(who(claim.first.against)) if claim.first.against else ''}</td>"
        f"<td>{escape(days(claim.first.when)) if claim.first.when else ''}</td>"
        f"<td{' class=denial' if denials else ''}>{answer}</td>"
    )


def _said(ledger: Ledger, statement: Statement) -> str:
    """What is said, with its places where there are several, or several articles."""
    found = _placed(ledger, statement.first)
    others = "".join(
        f"<li>{escape(speaker(one))}: {_placed(ledger, one)}</li>" for one in statement.places[1:]
    )
    return f'{found}<div class="soft">also said:<ul>{others}</ul></div>' if others else found


def _placed(ledger: Ledger, one: Entry) -> str:
    """A quotation, with its article where there are several."""
    if len(ledger.sources) < 2:
        return _quoted(one)
    return f'{_quoted(one)}<br><span class="soft">{escape(where(ledger, one))}</span>'


def _quoted(one: Entry) -> str:
    return f'<q dir="auto">{escape(quote(one))}</q>'


def _casualties(ledger: Ledger) -> Iterator[str]:
    longest = max((_length(each) for each in ledger.casualties), default=0.0)
    rivals = {each.id for group in competing(ledger) for each in group}
    bodies = [
        (days(dated), [_casualty(ledger, each, longest, each.id in rivals) for each in statements])
        for dated, statements in by_days(ledger.casualties)
    ]
    head = ("Whose", "Said by", "Outcome", "Count", "Words", "Log scale")
    caption = "By when, whose, and said by whom; competing are counts of the same time and victims"
    yield from _table("Casualties", head, bodies, caption)


def _casualty(ledger: Ledger, each: Statement, longest: float, rival: bool) -> str:  # noqa: FBT001
    count = count_of(each)
    share = _length(each) / longest if longest else 0.0
    bar = f'<span class="bar" style="width: {share:.0%}"></span>' if share else ""
    if count.bound == VAGUE and not share:
        bar = '<span class="bar vague"></span>'
    told = escape(amount(each.first)) + ("<br>competing" if rival else "")
    whose = who(count.whose) if count.whose else "not told"
    return (
        f'<th scope="row">{escape(whose)}</th><td>{escape(speaker(each.first))}</td>'
        f"<td>{escape(count.outcome or 'not told')}</td><td>{told}</td>"
        f'<td>{_said(ledger, each)}</td><td aria-hidden="true">{bar}</td>'
    )


def _length(statement: Statement) -> float:
    """The length of a count's bar: the logarithm of its larger end and one, 0 without a number."""
    count = count_of(statement)
    return log10(1 + max(count.low or 0, count.high or 0, 0))


def _answers(ledger: Ledger) -> Iterator[str]:
    found = answers(ledger)
    if found.sides:
        names = [each or NO_SIDE for each in found.sides]
        rows = [
            f'<th scope="row">{escape(name)}</th>'
            + "".join(f"<td>{found.counts.get((denier, each), 0)}</td>" for each in found.sides)
            for name, denier in zip(names, found.sides, strict=True)
        ]
        head = ("denies ↓ what is said by →", *names)
        yield from _table("Who answers whom", head, [("", rows)], "Denials by side")


def _others(ledger: Ledger) -> Iterator[str]:
    """Denials of nothing, disputed pairs, and links to nothing."""
    yield from _list("Denials without a target", ([each] for each in untargeted(ledger)), ledger)
    yield from _list("Disputed", disputed(ledger), ledger)
    if told := left_out(ledger):
        yield f"<p>{escape(told)}</p>\n"


def _list(title: str, groups: Iterable[Sequence[Statement]], ledger: Ledger) -> Iterator[str]:
    lines = [
        "<br>".join(
            f"<strong>{escape(speaker(each.first))}</strong>: {_said(ledger, each)}"
            for each in group
        )
        for group in groups
    ]
    if lines:
        yield f"<h2>{escape(title)}: {len(lines):,}</h2>\n<ul>\n"
        yield from (f"<li>{each}</li>\n" for each in lines)
        yield "</ul>\n"
