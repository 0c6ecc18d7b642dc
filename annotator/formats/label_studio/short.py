"""Label Studio's short export, JSON-MIN: a record an annotation, its results by their fields."""

from collections.abc import Iterator, Mapping
from typing import Any

from annotator.formats.label_studio.results import ANSWERS, REGIONS

MARK = "annotation_id"
_OF_THE_TASK = (MARK, "id", "annotator", "created_at", "updated_at", "lead_time", "agreement")


def task_of(value: Any) -> Any:
    """The task that a short record stands for; whatever is none stays as it is."""
    if not isinstance(value, dict) or MARK not in value or "data" in value:
        return value
    results = {key: each for key, each in value.items() if _is_result(each)}
    left_out = {*results, *_OF_THE_TASK}
    annotation = {
        "id": value[MARK],
        "completed_by": value.get("annotator"),
        "result": list(_items(results)),
    }
    return {
        "id": value.get("id"),
        "data": {key: each for key, each in value.items() if key not in left_out},
        "annotations": [annotation],
    }


def _is_result(value: Any) -> bool:
    """Whether a field holds regions, or what is said of them."""
    return isinstance(value, list) and bool(value) and all(map(_type_of, value))


def _type_of(region: Any) -> str:
    """The type of an item of a result, by what it holds; "" for what is none."""
    if not isinstance(region, dict) or "start" not in region or "end" not in region:
        return ""
    return next((each for each in (*REGIONS, *ANSWERS) if each in region), "")


def _items(results: Mapping[str, list[dict[str, Any]]]) -> Iterator[dict[str, Any]]:
    """The items of a result; what is said of a place is said of the first region there."""
    there: dict[tuple[Any, Any], str] = {}
    said: list[tuple[str, dict[str, Any]]] = []
    for field, regions in results.items():
        for number, region in enumerate(regions, 1):
            type_ = _type_of(region)
            if type_ in ANSWERS:
                said.append((field, region))
                continue
            id_ = f"{field} {number}"
            there.setdefault((region["start"], region["end"]), id_)
            yield {"id": id_, "from_name": field, "type": type_, "value": region}
    for field, region in said:
        id_ = there.get((region["start"], region["end"]), "")
        yield {"id": id_, "from_name": field, "type": _type_of(region), "value": region}
