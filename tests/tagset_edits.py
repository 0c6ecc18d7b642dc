"""Random edits of a tag set, for property tests."""

from dataclasses import dataclass, replace
from typing import get_args

from hypothesis import strategies as st

from annotator.core.revision.draft import (
    Draft,
    Kind,
    Place,
    added,
    duplicated,
    find,
    free_name,
    moved,
    name_problem,
    owners,
    removed,
    renamed,
    replaced,
    settled,
    with_attributes,
)
from annotator.core.tagset import Attribute, AttributeType, Label, RelationType

NAMES = ("claim", "denial", "rumour", "actor", "source", "x y", "low", "when", "certain", "ü")
STEPS = (
    *("rename", "remove", "add", "duplicate", "move", "settle", "ends", "settle value"),
    *("attribute name", "attribute type", "attribute away", "attribute new", "values"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a person does to a tag set; the numbers choose among what is there."""

    what: str
    kind: Kind
    which: int
    other: int
    name: str


def steps() -> st.SearchStrategy[Step]:
    """Any step."""
    number = st.integers(0, 30)
    kinds: tuple[Kind, ...] = ("label", "relation")
    return st.builds(
        *(Step, st.sampled_from(STEPS), st.sampled_from(kinds), number, number),
        st.sampled_from(NAMES),
    )


def stepped(draft: Draft, step: Step) -> Draft:  # noqa: PLR0911  (a table of steps)
    """The draft after a step, the same where the step has nothing to act on."""
    kind, found = step.kind, owners(draft.after, step.kind)
    if step.what == "add":
        name = free_name(draft, kind, step.name)
        return added(draft, kind, Label(name) if kind == "label" else RelationType(name))
    if not found:
        return draft
    owner = found[step.which % len(found)]
    match step.what:
        case "rename":
            taken = name_problem(draft, kind, owner.name, step.name)
            return draft if taken else renamed(draft, kind, owner.name, step.name)
        case "remove":
            last = kind == "label" and len(found) == 1
            return draft if last else removed(draft, kind, owner.name)
        case "duplicate":
            return duplicated(draft, kind, owner.name)[0]
        case "move":
            return moved(draft, kind, owner.name, step.other % 5 - 2)
        case "settle" | "settle value":
            return _settled(draft, step)
        case "ends":
            return _ends(draft, owner, step)
        case _:
            return _attributes(draft, owner, step)


def _settled(draft: Draft, step: Step) -> Draft:
    """Say what becomes of something that is gone."""
    for owner in owners(draft.before, step.kind):
        place = Place(step.kind, owner.name)
        now = draft.destination(place)
        if now is None and step.what == "settle":
            targets = owners(draft.after, step.kind)
            return settled(
                draft, place, targets[step.other % len(targets)].name if targets else None
            )
        for attribute in owner.attributes if now is not None else ():
            spot = replace(place, attribute=attribute.name)
            called = draft.destination(spot)
            new = find(draft.after, step.kind, now or "")
            schema = new.attribute(called) if new and called is not None else None
            for value in attribute.values if schema and schema.type == "choice" else ():
                one = replace(spot, value=value)
                if draft.destination(one) is None and schema:
                    return settled(draft, one, schema.values[step.other % len(schema.values)])
    return draft


def _ends(draft: Draft, owner: Label | RelationType, step: Step) -> Draft:
    if isinstance(owner, Label):
        return replaced(draft, "label", replace(owner, title=step.name, key=""))
    labels = [each.name for each in draft.after.labels]
    chosen = tuple(name for index, name in enumerate(labels) if step.other >> index & 1)
    if step.which % 2:
        return replaced(draft, "relation", replace(owner, sources=chosen))
    return replaced(draft, "relation", replace(owner, targets=chosen))


def _attributes(draft: Draft, owner: Label | RelationType, step: Step) -> Draft:
    listed = [(each.name, each) for each in owner.attributes]
    names = {each.name for each in owner.attributes}
    kind, types = step.kind, get_args(AttributeType)
    if step.what == "attribute new":
        if step.name not in names:
            listed.append(("", Attribute(step.name, "text", several=bool(step.other % 2))))
        return with_attributes(draft, kind, owner.name, listed)
    if not listed:
        return draft
    index = step.other % len(listed)
    was, one = listed[index]
    if step.what == "attribute away":
        del listed[index]
    elif step.what == "attribute name" and step.name not in names:
        listed[index] = (was, replace(one, name=step.name))
    elif step.what == "attribute type":
        type_ = types[step.which % len(types)]
        values = ("certain", "1", "yes") if type_ == "choice" else ()
        listed[index] = (was, replace(one, type=type_, values=values, several=step.which % 4 == 1))
    elif step.what == "values" and one.values:
        place = step.which % len(one.values)
        kept = [each for each in one.values if each != step.name]
        new = kept[:place] + ([step.name] if step.which % 3 else []) + kept[place + 1 :]
        listed[index] = (was, replace(one, values=tuple(dict.fromkeys(new)) or ("certain",)))
    return with_attributes(draft, kind, owner.name, listed)
