"""What an edit of the tag set does, in sentences."""

from annotator.core.revision.changes import Difference
from annotator.core.revision.draft import Draft, Place, find
from annotator.core.tagset import Attribute
from annotator.core.text import counted

_TYPES = {
    "choice": "a choice",
    "number": "a number",
    "text": "text",
    "flag": "yes or no",
    "date": "a date",
    "entity": "an actor",
}
"""The types of attributes as people call them."""


def sentence(each: Difference, draft: Draft) -> str:
    """One difference as a person reads it."""
    if each.what == "order":
        return f"The order of the {each.place.kind}s changes."
    match each.what:
        case "added":
            told = " is new"
        case "worded":
            told = f": {each.now} changed"
        case "narrowed":
            told = f" loses {counted(each.links, 'link')} that its ends no longer allow"
        case "renamed":
            told = f" is called “{each.now}”{_in(each)}"
        case "merged":
            told = f" becomes “{each.now}”{_in(each)}"
        case "removed":
            told = f" goes{_gone(each)}"
        case _:
            told = f" is {_type(each, draft)} now{_kept(each)}"
    return f"{_place(each.place, draft)}{told}."


def _place(place: Place, draft: Draft) -> str:
    """“14” of “kind” of “Claim”, as far as the place goes."""
    owner = find(draft.before, place.kind, place.owner) or find(
        draft.after, place.kind, place.owner
    )
    names = [(owner.title if owner else "") or place.owner, place.attribute, place.value]
    quoted = [f"“{name}”" for name in names if name]
    if place.value == "":
        quoted.append("The empty value")
    said = " of ".join(reversed(quoted))
    return said if place.attribute else f"The {place.kind} {said}"


def _in(each: Difference) -> str:
    return f", in {_counted(each.count, each.place)}" if each.count else ""


def _gone(each: Difference) -> str:
    if not each.count:
        return "; nothing uses it"
    if each.place.attribute:
        return f", from {_counted(each.count, each.place)}"
    links = f" and {counted(each.links, 'link')}" if each.links else ""
    return f", with its {_counted(each.count, each.place)}{links}"


def _kept(each: Difference) -> str:
    samples = ", ".join(f"“{sample}”" for sample in each.samples)
    if each.lost:
        return f"; {each.lost:,} of {counted(each.count, 'value')} can't be kept: {samples}"
    return f"; {counted(each.count, 'value')} converted" if each.count else ""


def _type(each: Difference, draft: Draft) -> str:
    owner = draft.destination(Place(each.place.kind, each.place.owner))
    schema = find(draft.after, each.place.kind, owner or "")
    attribute = (schema.attribute(each.now) if schema else None) or Attribute("")
    return _TYPES[attribute.type] + (", several" if attribute.several else "")


def _counted(count: int, place: Place) -> str:
    return counted(count, "annotation" if place.kind == "label" else "link")
