"""What is said of a suggestion: its label, who suggests it and how sure that is, what it says."""

from collections.abc import Iterable, Mapping

from annotator.core.describe import quoted
from annotator.core.model import Annotation, Entity, Relation
from annotator.core.tagset import Tagset
from annotator.core.text import counted

_QUOTE = 60
"""Code points of the words of a linked span that are told."""


def heading(suggestion: Annotation, place: tuple[int, int], tagset: Tagset) -> str:
    """The first line: "Claim? · by cues · 72 % sure · 3 of 17"."""
    confidence, by = suggestion.meta.get("confidence"), suggestion.meta.get("by")
    number, total = place
    parts = [
        f"{tagset.label_title(suggestion.label)}?",
        f"by {by}" if by else "",
        f"{confidence:.0%} sure".replace("%", " %") if isinstance(confidence, float) else "",
        f"{number:,} of {total:,}",
    ]
    return " · ".join(each for each in parts if each)


def waiting(number: int) -> str:
    """The first line while none is looked at."""
    verb = "waits" if number == 1 else "wait"
    return f"{counted(number, 'suggestion')} {verb}"


def details(
    suggestion: Annotation,
    links: Iterable[Relation],
    others: Mapping[str, Annotation],
    *,
    tagset: Tagset,
    entities: Mapping[str, Entity],
    text: str,
) -> str:
    """The second line: the attributes that come with it, and where its links lead."""
    label = tagset.label(suggestion.label)
    parts = []
    order = [each.name for each in label.attributes] if label else []
    named = sorted(
        suggestion.attributes.items(),
        key=lambda each: order.index(each[0]) if each[0] in order else len(order),
    )
    for name, value in named:
        attribute = label.attribute(name) if label else None
        title = attribute.name if attribute else name
        values = value if isinstance(value, list) else [value]
        told = (entities[each].name if each in entities else str(each) for each in values)
        parts.append(f"{title}: {', '.join(told)}")
    for each in links:
        target = others.get(each.target)
        if target is not None:
            title = tagset.relation_title(each.type).lower()
            parts.append(f"{title}: {quoted(target.quote(text), _QUOTE)}")
    return " · ".join(parts)
