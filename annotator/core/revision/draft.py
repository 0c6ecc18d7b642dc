"""A tag set while it is edited: what it was, what it is to be, and what has become of each name."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from annotator.core.tagset import Attribute, Label, RelationType, Tagset

Kind = Literal["label", "relation"]
Owner = Label | RelationType
"""What has attributes."""


@dataclass(frozen=True, slots=True)
class Place:
    """A label or relation type, one of its attributes, or one of the values of a choice."""

    kind: Kind
    owner: str
    attribute: str = ""
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """`becomes` tells what a place of `before` is called in `after`, None for gone.

    A place that it doesn't name is called as before, and gone where `after` doesn't have it.
    """

    before: Tagset
    after: Tagset
    becomes: Mapping[Place, str | None] = field(default_factory=dict)

    def destination(self, place: Place) -> str | None:
        """What a place of `before` is called in `after`; None where it is gone."""
        owner = Place(place.kind, place.owner)
        name = self.becomes.get(owner, place.owner)
        schema = find(self.after, place.kind, name) if name is not None else None
        if schema is None or place == owner:
            return schema.name if schema else None
        place_of = Place(place.kind, place.owner, place.attribute)
        called = self.becomes.get(place_of, place.attribute)
        attribute = schema.attribute(called) if called is not None else None
        if attribute is None or place == place_of:
            return attribute.name if attribute else None
        value = self.becomes.get(place, place.value)
        return value if value in attribute.values else None


def owners(tagset: Tagset, kind: Kind) -> Sequence[Owner]:
    """The labels, or the relation types, of a tag set."""
    return tagset.labels if kind == "label" else tagset.relations


def find(tagset: Tagset, kind: Kind, name: str) -> Owner | None:
    """The label or relation type of this name, if there is one."""
    return tagset.label(name) if kind == "label" else tagset.relation(name)


def name_problem(draft: Draft, kind: Kind, now: str, name: str) -> str:
    """Why the label or relation type called `now` ("" for a new one) can't get this name, or ""."""
    if not name or name != name.strip() or not name.isprintable():
        return f"A {kind} needs a name without spaces around it."
    if name != now and find(draft.after, kind, name):
        return f"There is another {kind} “{name}”; choose another name."
    return ""


def replaced(draft: Draft, kind: Kind, owner: Owner) -> Draft:
    """The draft with another label or relation type of this name; attributes keep their names."""
    return _mapped(draft, kind, lambda each: owner if each.name == owner.name else each)


def added(draft: Draft, kind: Kind, owner: Owner, *, behind: str = "") -> Draft:
    """The draft with one more, behind the one of this name, or at the end."""
    found = list(owners(draft.after, kind))
    names = [each.name for each in found]
    found.insert(names.index(behind) + 1 if behind in names else len(found), owner)
    return _listed(draft, kind, found)


def removed(draft: Draft, kind: Kind, name: str) -> Draft:
    """The draft without this label or relation type; what was to become it is gone too."""
    fates = dict.fromkeys(sources(draft, kind, name))
    left = [each for each in owners(draft.after, kind) if each.name != name]
    return _with_ends(_fated(_listed(draft, kind, left), fates), kind, name, ())


def renamed(draft: Draft, kind: Kind, now: str, name: str) -> Draft:
    """The draft with the label or relation type `now` called `name`, in the ends of links too."""
    fates: dict[Place, str | None] = dict.fromkeys(sources(draft, kind, now), name)
    found = _mapped(
        draft, kind, lambda each: replace(each, name=name) if each.name == now else each
    )
    return _with_ends(_fated(found, fates), kind, now, (name,))


def moved(draft: Draft, kind: Kind, name: str, step: int) -> Draft:
    """The draft with this label or relation type `step` places further down."""
    found = list(owners(draft.after, kind))
    place = [each.name for each in found].index(name)
    one = found.pop(place)
    found.insert(max(place + step, 0), one)
    return _listed(draft, kind, found)


def duplicated(draft: Draft, kind: Kind, name: str) -> tuple[Draft, str]:
    """The draft with a copy behind this label or relation type, without its key; and its name."""
    one = find(draft.after, kind, name)
    assert one is not None
    fresh = free_name(draft, kind, name)
    copy = replace(one, name=fresh, title=f"{one.title or name} (copy)", key="")
    return added(draft, kind, copy, behind=name), fresh


def free_name(draft: Draft, kind: Kind, stem: str) -> str:
    """A name that neither tag set has: the stem, or the stem with a number behind it."""
    taken = {each.name for one in (draft.before, draft.after) for each in owners(one, kind)}
    number, name = 2, stem
    while name in taken:
        name, number = f"{stem} {number}", number + 1
    return name


def settled(draft: Draft, place: Place, fate: str | None) -> Draft:
    """The draft in which what `place` held becomes `fate`, or, for None, goes with it."""
    return _fated(draft, {place: fate})


def with_attributes(
    draft: Draft, kind: Kind, name: str, attributes: Sequence[tuple[str, Attribute]]
) -> Draft:
    """The draft in which a label or relation type has these attributes.

    Each comes with the name that it had so far, "" for a new one. A value that stands where
    another stood, in a choice with as many values, is the other one renamed.
    """
    owner = find(draft.after, kind, name)
    assert owner is not None
    now = {called: attribute for called, attribute in attributes if called}
    fates: dict[Place, str | None] = {}
    for source in sources(draft, kind, name):
        for each in _schema(draft.before, source).attributes:
            place = replace(source, attribute=each.name)
            called = draft.destination(place)
            if called is None:
                continue
            new, old = now.get(called), owner.attribute(called)
            fates[place] = new.name if new else None
            if new and old:
                fates.update(_value_fates(draft, place, each, _value_names(old.values, new.values)))
    listed = tuple(each for _, each in attributes)
    return _fated(replaced(draft, kind, replace(owner, attributes=listed)), fates)


def sources(draft: Draft, kind: Kind, name: str) -> list[Place]:
    """The labels or relation types of before that are called `name` now."""
    places = (Place(kind, each.name) for each in owners(draft.before, kind))
    return [place for place in places if draft.destination(place) == name]


def _value_names(old: tuple[str, ...], new: tuple[str, ...]) -> dict[str, str | None]:
    """By value of before, what it is called now: itself, what stands in its place, or None."""
    named: dict[str, str | None] = {value: value if value in new else None for value in old}
    if len(old) == len(new):
        pairs = zip(old, new, strict=True)
        named |= {was: now for was, now in pairs if was not in new and now not in old}
    return named


def _value_fates(
    draft: Draft, place: Place, attribute: Attribute, named: Mapping[str, str | None]
) -> Iterator[tuple[Place, str | None]]:
    for value in attribute.values:
        one = replace(place, value=value)
        called = draft.destination(one)
        if called is not None:
            yield one, named.get(called)


def _schema(tagset: Tagset, place: Place) -> Owner:
    found = find(tagset, place.kind, place.owner)
    assert found is not None
    return found


def _mapped(draft: Draft, kind: Kind, new: Callable[[Owner], Owner]) -> Draft:
    return _listed(draft, kind, [new(each) for each in owners(draft.after, kind)])


def _listed(draft: Draft, kind: Kind, found: Iterable[Owner]) -> Draft:
    listed: dict[str, Any] = {f"{kind}s": tuple(found)}
    return replace(draft, after=replace(draft.after, **listed))


def _with_ends(draft: Draft, kind: Kind, now: str, names: tuple[str, ...]) -> Draft:
    """The draft with `names` in the place of a label in the ends of relations."""
    if kind == "relation":
        return draft

    def put(ends: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name for each in ends for name in (names if each == now else (each,)))

    relations = tuple(
        replace(each, sources=put(each.sources), targets=put(each.targets))
        for each in draft.after.relations
    )
    return replace(draft, after=replace(draft.after, relations=relations))


def _fated(draft: Draft, fates: Mapping[Place, str | None]) -> Draft:
    return replace(draft, becomes={**draft.becomes, **fates})
