"""The rows of a Parquet file as records of the own JSON Lines, which are strict about them."""

from collections.abc import Mapping
from typing import Any

from annotator.core.text import canonical
from annotator.formats.fields import Bad
from annotator.formats.jsonl_reader import LIMIT, parsed
from annotator.formats.parquet.columns import DETAILS

_OURS = frozenset({*DETAILS, "meta", "layers", "decisions"})


def record_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as a record; what is null there isn't there, columns of others become its `meta`.

    Raises Bad for a row without a text, one that is too large, and for JSON that is none.
    """
    row = {key: value for key, value in row.items() if value is not None}
    text = row.get("text")
    if not isinstance(text, str):
        raise Bad('it has no "text"')
    if len(text) > LIMIT:
        raise Bad(f"its text is longer than {LIMIT // 1_000_000} million characters")
    record: dict[str, Any] = {key: str(row[key]) for key in DETAILS if key in row}
    if "sha256" not in row:
        record["text"] = canonical(text).text
    meta = _value(row, "meta", {})
    record["meta"] = {**_strangers(row), **meta} if isinstance(meta, Mapping) else meta
    record["layers"] = [_layer(each, record["text"]) for each in _rows(row, "layers")]
    record["decisions"] = _value(row, "decisions", [])
    return record


def _strangers(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """What stands in columns that are none of ours, as far as it is plain."""
    return {
        key: value
        for key, value in row.items()
        if key not in _OURS and isinstance(value, str | int) and value != ""
    }


def _layer(row: Mapping[str, Any], text: str) -> dict[str, Any]:
    found = _present(row, "meta")
    found["annotations"] = [_annotation(each, text) for each in _rows(row, "annotations")]
    found["relations"] = [_present(each, "attributes") for each in _rows(row, "relations")]
    return found


def _annotation(row: Mapping[str, Any], text: str) -> dict[str, Any]:
    """An annotation; one without fragments is a span from its start to its end."""
    found = _present(row, "attributes", "meta")
    ends = {"start": found.pop("start", None), "end": found.pop("end", None)}
    spans = [[each.get("start"), each.get("end")] for each in _rows(row, "spans") or (ends,)]
    found["spans"] = spans
    quote = found.pop("quote", None)
    if isinstance(quote, str) and quote != _joined(text, spans):
        found["quote"] = [quote]  # which says that the text has other words there
    return found


def _joined(text: str, spans: list[list[Any]]) -> str | None:
    """The words at some spans, as Annotation.quote has them; None where these are no spans."""
    try:
        return " … ".join([text[start:end] for start, end in spans])
    except TypeError:
        return None


def _present(row: Mapping[str, Any], *json: str) -> dict[str, Any]:
    """What isn't null in a row; what is `json` as the value that it tells."""
    found = {key: value for key, value in row.items() if value is not None}
    for key in json:
        if key in found:
            found[key] = _value(found, key, {})
    return found


def _rows(row: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = row.get(key)
    if found is None:
        return []
    if not isinstance(found, list) or not {dict}.issuperset(map(type, found)):
        raise Bad(f'its "{key}" is no list of structs')
    return found


def _value(row: Mapping[str, Any], key: str, default: Any) -> Any:
    """The JSON in a column."""
    found = row.get(key)
    if isinstance(found, str) and found:
        return parsed(found.encode())
    return default if found in (None, "") else found
