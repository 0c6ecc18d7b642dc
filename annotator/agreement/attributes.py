"""The units of figures on attributes: what those who have the same label at a place say of it."""

from collections.abc import Callable, Hashable, Iterator, Sequence

from annotator.agreement.comparison import Basis, Comparison, Unit
from annotator.agreement.figure import Counts, Figure, share
from annotator.core.model import Annotation
from annotator.core.tagset import Attribute, Label

Value = Callable[[Annotation], Hashable | None]


def scale(attribute: Attribute, label: str, basis: Basis) -> str:
    """By which distance values differ: numbers and dates by how far they are apart.

    Values of a choice stand in an order only where the basis says so; it is that of the tag set.
    """
    if attribute.several:
        return "nominal"
    if attribute.type in ("number", "date"):
        return "interval"
    ordered = attribute.type == "choice" and f"{label}.{attribute.name}" in basis.ordinal
    return "ordinal" if ordered else "nominal"


def values_of(label: Label, attribute: Attribute, basis: Basis) -> Callable[..., Iterator[Unit]]:
    """What gives the units of an attribute: who gave no value isn't counted."""
    order = {value: rank for rank, value in enumerate(attribute.values)}
    ordinal = scale(attribute, label.name, basis) == "ordinal"

    def value(annotation: Annotation) -> Hashable | None:
        found = basis.value(annotation.attributes, attribute)
        return order.get(str(found)) if ordinal else found

    return lambda comparison: _units(comparison, label.name, value)


def counts_of(label: Label) -> Callable[[Comparison], Iterator[Unit]]:
    """What gives the units of counts: how many at least, at most, and how it is bound."""

    def value(annotation: Annotation) -> Hashable | None:
        found = tuple(annotation.attributes.get(name) for name in ("low", "high", "bound"))
        return found if any(each is not None for each in found) else None

    return lambda comparison: _units(comparison, label.name, value)


def numbers_of(label: Label) -> Callable[[Comparison], Iterator[Unit]]:
    """What gives the units of the numbers in counts: the least, or the most where there is none."""

    def value(annotation: Annotation) -> Hashable | None:
        low, high = (annotation.attributes.get(name) for name in ("low", "high"))
        found = high if low is None else low
        return max(0, found) if isinstance(found, int) else None

    return lambda comparison: _units(comparison, label.name, value)


def _units(comparison: Comparison, label: str, value: Value) -> Iterator[Unit]:
    for several in comparison.matched.get(label, ()):
        given = [
            (who, found, (each.id,))
            for who, each in several.items()
            if (found := value(each)) is not None
        ]
        if len(given) > 1:
            raters, values, ids = zip(*given, strict=True)
            yield Unit(comparison.document.id, raters, values, ids)


def count_agreed(units: Sequence[Unit]) -> dict[str, float]:
    """How many pairs of people say the same, and how many pairs there are."""
    found = {"both": 0.0, "all": 0.0, "units": float(len(units))}
    for unit in units:
        size = len(unit.values)
        for i in range(size):
            found["all"] += size - i - 1
            found["both"] += sum(unit.values[i] == each for each in unit.values[i + 1 :])
    return found


def agreed(counts: Counts) -> Figure:
    """The share of pairs that say the same."""
    return share(counts.get("both", 0), counts.get("all", 0), counts.get("units", 0))
