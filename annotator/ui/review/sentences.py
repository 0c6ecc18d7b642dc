"""What the card of a place says: its heading, what is to be noticed, who gave which version."""

from collections.abc import Sequence

from annotator.core.model import Decision
from annotator.review.standing import rule_of
from annotator.review.values import Place, Reviewed
from annotator.ui.review.card import VERBS, Shown
from annotator.ui.review.differences import Words

_MANY = 3
_OF_SEVERAL = ("union", "intersection", "both_spans", "both_readings", "mix")
"""Those of VERBS that are about more than one version."""
_ONLY_ONE = "Only one version has a span here: take it, edit it (E), or reject it (X)."
_ONLY_LINK = "Only one version has a link here: take it, edit it (E), or reject it (X)."
_ABOUT_LINKS = "This is about links, not spans: U takes the links of all versions."
_SAME_WORDS = "All versions have the same words here: take one of them, or mix them (M)."
_DONE = {
    "take": "taken",
    "union": "all words of the versions taken",
    "intersection": "the words that all have taken",
    "mix": "mixed from two versions",
    "edit": "edited and taken",
    "both spans": "both spans stand",
    "both readings": "both readings kept",
    "none": "rejected",
    "later": "put off",
}


def heading(reviewed: Reviewed, place: Place | None) -> str:
    """Which conflict of how many of its article a place is, and of what kind."""
    if place is None:
        return "No conflict"
    kind = f"{place.kind or 'agreed'}"
    if place.relation:
        kind = f"{kind} {place.relation}" if place.kind else f"agreed {place.relation}"
    conflicts = [each.key for each in reviewed.places if each.kind is not None or each.pending]
    if place.key not in conflicts:
        return kind.capitalize()
    number = conflicts.index(place.key) + 1
    return f"Conflict {number:,} of {len(conflicts):,} · {kind}"


def shown(words: Words, place: Place | None, *, read_only: str, nothing_left: str) -> Shown:
    """What the card says of a place; `nothing_left` is said where all are decided."""
    reviewed = words.reviewed
    if place is None:
        return Shown(nothing_left if reviewed.places else "Nothing to decide")
    who = [_givers(reviewed, place, number) for number in range(len(place.versions))]
    return Shown(
        heading(reviewed, place),
        _notice(place, read_only),
        words.told(place),
        who,
        refusals(place, read_only),
    )


def refusal(place: Place, read_only: str) -> str:
    """Why nothing can be decided at a place, "" where something can be."""
    if read_only:
        return f"Nothing can be decided here: {read_only}."
    if place.status in ("waiting", "moot"):
        return f"This can't be decided: {place.why}."
    return ""


def refusals(place: Place, read_only: str) -> dict[str, str]:
    """Why those of VERBS that can't be done with a place can't be, by their names."""
    if why := refusal(place, read_only):
        return {name: why for name, _, _, _ in VERBS}
    having = [each for each in place.versions if each.links or not place.relation]
    having = [each for each in having if each.annotations]
    extents = {tuple(one.spans for one in each.annotations) for each in having}
    labels = {tuple(one.label for one in each.annotations) for each in having}
    if len(having) < 2:
        return dict.fromkeys(_OF_SEVERAL, _ONLY_LINK if place.relation else _ONLY_ONE)
    if place.relation:
        return {"both_spans": _ABOUT_LINKS}
    if len(extents) > 1:
        return {}
    alike = ("union", "intersection", *(() if len(labels) > 1 else ("both_spans",)))
    return dict.fromkeys(alike, _SAME_WORDS)


def _givers(reviewed: Reviewed, place: Place, number: int) -> str:
    """Who gave a version; "" while that is hidden."""
    if reviewed.ground.rules.blind and place.pending:
        return ""
    by = place.versions[number].by
    names = [reviewed.layers[each].annotator if each in reviewed.layers else each for each in by]
    every = sum(len(each.by) for each in place.versions)
    if len(names) > _MANY:
        names = [*names[:_MANY], f"{len(names) - _MANY} more"]
    return f"{', '.join(names)} · {len(by)} of {every}"


def _notice(place: Place, read_only: str) -> str:
    """What is to be noticed of a place, "" for nothing."""
    parts = []
    if read_only:
        parts.append(f"Nothing can be decided here: {read_only}.")
    if place.status == "stale":
        parts.append(f"Decided before, and back: {place.why}.")
    elif place.status == "waiting":
        parts.append(f"This comes later: {place.why}.")
    elif place.status == "moot":
        parts.append(f"There is nothing to decide: {place.why}.")
    elif place.status == "later":
        parts.append("This was put off.")
    elif place.status == "agreed":
        parts.append("All agree; it isn't in gold yet.")
    if place.kind == "decision":
        parts.append("Reviewers have decided differently.")
    if place.status in ("decided", "stale"):
        parts.append(_told(place.decisions))
    return " ".join(filter(None, parts))


def _told(decisions: Sequence[Decision]) -> str:
    """What was decided last, by whom."""
    if not decisions:
        return ""
    last = decisions[-1]
    done = _DONE.get(last.action, last.action)
    if rule := rule_of(last):
        return f"Decided without asking ({rule}): {done}."
    return f"Decided by {last.by}: {done}."
