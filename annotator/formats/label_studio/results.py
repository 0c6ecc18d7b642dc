"""The items of a Label Studio result: attributes of a region, there and back."""

from collections.abc import Iterator, Mapping
from typing import Any

from annotator.core.model import Attributes
from annotator.core.tagset import Tagset

LABELS, TEXT = "label", "text"
"""What the tags for labels and for the text are called in the labelling configuration."""
LAYERS = "layers"
"""Under it the layers of a task's annotations are carried, by the annotations' ids."""
REGIONS = ("labels", "hypertextlabels", "paragraphlabels")
ANSWERS = ("choices", "taxonomy", "textarea", "number", "rating", "datetime")


def answers(label: str, attributes: Attributes, tagset: Tagset) -> Iterator[dict[str, Any]]:
    """The items beside a region's own that show those attributes which come back the same."""
    known = tagset.label(label)
    for name, value in attributes.items():
        attribute = known.attribute(name) if known else None
        item = _answer(value, listed=attribute is not None and attribute.type == "choice")
        if item is not None and attribute is not None and attribute.type != "entity":
            yield {"from_name": name_of(label, name), **item}


def _answer(value: Any, *, listed: bool) -> dict[str, Any] | None:
    """Type and value of the item of an attribute; None where none reads as the same value."""
    if isinstance(value, int) and not isinstance(value, bool):
        return {"type": "number", "value": {"number": value}}
    several = isinstance(value, list) and len(value) > 1
    texts = value if several else [value]
    if not all(isinstance(each, str) and each for each in texts):
        return None
    if listed:
        return {"type": "choices", "value": {"choices": texts}}
    return {"type": "textarea", "value": {"text": texts}}


def name_of(label: str, attribute: str) -> str:
    """What the tag for a label's attribute is called: names of tags are unique in a project."""
    return f"{label}.{attribute}"


def attribute_of(item: Mapping[str, Any], label: str) -> tuple[str, Any]:
    """Name and value of the attribute that an item holds; the value is None where it holds none."""
    name, kind = str(item.get("from_name", "")), item["type"]
    found = item["value"].get("text" if kind == "textarea" else kind)
    if isinstance(found, float) and found.is_integer():
        found = int(found)
    elif isinstance(found, float | dict):
        found = str(found)
    elif isinstance(found, list):
        # A taxonomy's choices are paths.
        found = [" / ".join(map(str, each)) if isinstance(each, list) else each for each in found]
        found = [each for each in found if isinstance(each, str)]
        found = found[0] if len(found) == 1 else found or None
    return name.removeprefix(f"{label}."), found
