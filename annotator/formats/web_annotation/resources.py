"""One Web Annotation as the recommendation has it: its targets, selectors and bodies."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annotator.formats import carried
from annotator.formats.fields import Bad, Fields
from annotator.formats.units import Quote

_NAMING = ("tagging", "classifying", "identifying")
_PLURAL = ("Composite", "List", "Independents", "Choice")


@dataclass(frozen=True, slots=True)
class Seen:
    """An annotation that is well formed, and where it is."""

    where: str
    value: Mapping[str, Any]
    id: str
    targets: tuple[Any, ...]
    bodies: tuple[Any, ...]


def seen_in(where: str, value: Any) -> Seen:
    """An annotation as the recommendation has it; raises Bad where it isn't."""
    fields = Fields(value)
    if "Annotation" not in listed(value.get("type")):
        raise Bad("it is no annotation")
    id_ = fields.text("id") if fields.given("id") else ""
    if "bodyValue" in value:
        if "body" in value or not isinstance(value["bodyValue"], str):
            raise Bad('its "bodyValue" is no text, or stands beside a "body"')
        bodies: list[Any] = [value["bodyValue"]]
        bodies = [{"type": "TextualBody", "value": bodies[0], "purpose": "commenting"}]
    else:
        bodies = _opened(value.get("body"))
    targets = _opened(value.get("target"))
    if not targets:
        raise Bad('it has no "target"')
    return Seen(where, value, id_, tuple(targets), tuple(bodies))


def _opened(value: Any) -> list[Any]:
    """The resources that stand at a key, those of a set one by one."""
    found = []
    for each in listed(value):
        if not isinstance(each, str | dict):
            raise Bad("a body or target of it is neither an address nor a JSON object")
        kinds = listed(each.get("type")) if isinstance(each, dict) else []
        inner = each.get("items") if isinstance(each, dict) else None
        if any(kind in _PLURAL for kind in kinds) and isinstance(inner, list):
            found += inner
        else:
            found.append(each)
    return found


def address_of(resource: Any) -> str:
    """The address of a resource, or of what it is a part of."""
    if isinstance(resource, dict):
        inner = resource.get("source", resource.get("id"))
        return address_of(inner)
    return resource if isinstance(resource, str) else ""


def is_link(seen: Seen) -> bool:
    """Whether an annotation is one on another, to which it ties a third."""
    motives = listed(seen.value.get("motivation"))
    return "linking" in motives and bool(seen.bodies) and not any(map(selectors_of, seen.targets))


def selectors_of(target: Any) -> list[Mapping[str, Any]]:
    """The selectors of a target that are about text, those that refine others too."""
    found: list[Mapping[str, Any]] = []
    waiting = listed(target.get("selector")) if isinstance(target, dict) else []
    for each in waiting:
        if isinstance(each, dict):
            found += [each] if str(each.get("type", "")).startswith("Text") else []
            # A place inside a part of the page is no place in the text, but its words are.
            found += [
                one
                for one in listed(each.get("refinedBy"))
                if isinstance(one, dict) and one.get("type") == "TextQuoteSelector"
            ]
    return found


def position_in(selectors: list[Mapping[str, Any]]) -> tuple[int, int] | None:
    """The offsets that selectors give, in the unit of the file; None where none does."""
    for each in selectors:
        if each.get("type") == "TextPositionSelector":
            return carried.place_in(each)
    return None


def quote_in(selectors: list[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The selector that quotes the words, None where none does."""
    for each in selectors:
        if each.get("type") == "TextQuoteSelector" and isinstance(each.get("exact"), str):
            return each
    return None


def quotes_in(seen: Seen) -> Iterator[Quote]:
    """The places of an annotation that are given both by offsets and by words."""
    for target in seen.targets:
        selectors = selectors_of(target)
        quote = quote_in(selectors)
        try:
            place = position_in(selectors)
        except Bad:
            continue  # it is named when it is its turn
        if place and quote:
            yield (*place, quote["exact"])


def is_textual(body: Any) -> bool:
    """Whether a body is words."""
    if not isinstance(body, dict) or not isinstance(body.get("value"), str):
        return False
    return "TextualBody" in listed(body.get("type")) or "type" not in body


def words_of(seen: Seen, *, told: bool) -> tuple[str, str]:
    """Label and note of an annotation by its bodies; `told` if attributes come by another way."""
    labels, notes = [], []
    for each in seen.bodies:
        if isinstance(each, dict) and is_textual(each):
            purposes = listed(each.get("purpose"))
            if any(purpose in _NAMING for purpose in purposes):
                labels.append(each["value"])
            elif not (told and "describing" in purposes):
                notes.append(each["value"])
        elif address := address_of(each):
            purposes = listed(each.get("purpose")) if isinstance(each, dict) else []
            (labels if any(one in _NAMING for one in purposes) else notes).append(address)
    motives = [each for each in listed(seen.value.get("motivation")) if isinstance(each, str)]
    label = (*labels, *motives, "annotation")[0]
    return label, "\n".join([*labels[1:], *notes])


def listed(value: Any) -> list[Any]:
    """The values of a key that may stand once or in a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
