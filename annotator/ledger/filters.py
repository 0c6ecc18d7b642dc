"""A part of a ledger: what a reader wants to see of it."""

from dataclasses import dataclass, replace

from annotator.core.find import fold
from annotator.core.model import State
from annotator.ledger.values import Days, Entry, Ledger, Statement


@dataclass(frozen=True, slots=True)
class Filter:
    """What is shown; what is left empty is not asked about.

    `side` and `actor` (an entity's id) are those of whoever speaks, is accused or is hurt; `days`
    are what it is about; `words` stand in it, whatever their case and accents. `own_voice` shows
    what only articles themselves say.
    """

    side: str | None = None
    actor: str = ""
    days: Days | None = None
    label: str = ""
    state: State | None = None
    own_voice: bool = False
    words: str = ""


def shown(ledger: Ledger, wanted: Filter) -> Ledger:
    """The statements of a ledger that are wanted.

    What denies or is denied by one that is wanted is shown with it, and so is what an article says
    itself where somebody denies it.
    """
    statements = (*ledger.claims, *ledger.denials, *ledger.casualties)
    chosen = {each.id for each in statements if _is_wanted(ledger, each, wanted)}
    beside = {
        other.id
        for links in (ledger.denied_by, ledger.denying)
        for id_, others in links.items()
        if id_ in chosen
        for other in others
    }
    kept = chosen | beside
    claims, denials, casualties = (
        tuple(each for each in several if each.id in kept)
        for several in (ledger.claims, ledger.denials, ledger.casualties)
    )
    return replace(ledger, claims=claims, denials=denials, casualties=casualties)


def _is_wanted(ledger: Ledger, statement: Statement, wanted: Filter) -> bool:
    if statement.own and not wanted.own_voice and statement.id not in ledger.denied_by:
        return False
    return any(_fits(each, wanted) for each in statement.places)


def _fits(entry: Entry, wanted: Filter) -> bool:
    named = (*entry.sources, *entry.against, *(entry.count.whose if entry.count else ()))
    asked = (
        wanted.side is None or any(each.side == wanted.side for each in named),
        not wanted.actor or any(each.entity == wanted.actor for each in named),
        wanted.days is None or _meet(entry.when, wanted.days),
        not wanted.label or entry.label == wanted.label,
        wanted.state is None or entry.state == wanted.state,
        not wanted.words or fold(wanted.words) in fold(entry.text),
    )
    return all(asked)


def _meet(days: Days | None, others: Days) -> bool:
    return days is not None and days[0] <= others[1] and others[0] <= days[1]
