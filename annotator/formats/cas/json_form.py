"""A CAS as JSON, version 0.4 of UIMA's, which INCEpTION recommends."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from annotator.core.errors import UserError
from annotator.formats.cas.values import (
    SENTENCE,
    TOKEN,
    VIEW,
    Cas,
    Ref,
    Sheet,
    Structure,
    taken,
)
from annotator.formats.fields import Bad
from annotator.formats.jsonl_reader import parsed

_SOFA = "uima.cas.Sofa"
_SKIPPED = (_SOFA, SENTENCE, TOKEN)
_OWN = ("%", "^")
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False)
_DECODER = json.JSONDecoder(parse_constant=str)
"""Structures are many and small: this one is as fast as can be."""
_LEGACY = "_referenced_fss"
_FIRST_KEY = re.compile(
    rb'(?:\xef\xbb\xbf)?\s*\{\s*(?:"\$schema"\s*:\s*"[^"]*"\s*,\s*)?"(?:%[A-Z]|_context"|_referenced_fss")'
)
"""The first, since the others' names may be words that somebody noted in any other record."""


def sniff(head: bytes, _name: str = "") -> bool:
    """Whether a file begins like a CAS in JSON, be it in the form that INCEpTION wrote once."""
    return _FIRST_KEY.match(head) is not None


def read(data: bytes, name: str) -> Cas:
    """The CAS in a file; structures that can't be taken are its problems.

    Raises UserError for what is no CAS, or one without a text.
    """
    try:
        raw = parsed(data.removeprefix(b"\xef\xbb\xbf"), _DECODER)
    except Bad as error:
        raise UserError(f"{name} can't be read: {error}.") from error
    if isinstance(raw, dict) and ("_context" in raw or _LEGACY in raw):
        raise UserError(f"{name} is in INCEpTION's legacy JSON; export it as UIMA CAS JSON 0.4.0.")
    found = raw.get("%FEATURE_STRUCTURES") if isinstance(raw, dict) else None
    rows = list(_rows(found))
    if not rows:
        raise UserError(f"{name} is no CAS: it has no feature structures.")
    sofa = _sofa(rows)
    if sofa is None:
        raise UserError(f"{name} has no text: none of its structures is a sofa with a string.")
    inside = (
        (number, row)
        for number, row in enumerate(rows, 1)
        if row.get("%TYPE") not in _SKIPPED and row.get("@sofa", sofa["%ID"]) == sofa["%ID"]
    )
    structures, problems = taken(inside, _structure, name)
    return Cas(sofa["sofaString"], structures, problems)


def _rows(found: Any) -> Iterator[dict[str, Any]]:
    """The structures, which stand in a list, or by their ids."""
    if isinstance(found, dict):
        for id_, row in found.items():
            if isinstance(row, dict) and id_.isdecimal() and len(id_) < 12:
                yield {"%ID": int(id_), **row}
    elif isinstance(found, list):
        yield from (row if isinstance(row, dict) else {} for row in found)


def _sofa(rows: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The initial view's text, else the first there is."""
    texts = [
        row
        for row in rows
        if row.get("%TYPE") == _SOFA and isinstance(row.get("sofaString"), str) and "%ID" in row
    ]
    return next((row for row in texts if row.get("sofaID") == VIEW), texts[0] if texts else None)


def _structure(row: Mapping[str, Any]) -> Structure:
    id_, type_ = row.get("%ID"), row.get("%TYPE")
    if not _whole(id_) or not isinstance(type_, str):
        raise Bad("it has no id or no type")
    assert isinstance(id_, int)
    place = row.get("begin"), row.get("end")
    if place != (None, None) and not all(map(_whole, place)):
        raise Bad("its begin and end are not whole numbers")
    features = dict(_features(row))
    if "%ELEMENTS" in row:
        features["elements"] = _elements(row["%ELEMENTS"])
    return Structure(id_, type_, *place, features)


def _features(row: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in row.items():
        if key in ("begin", "end", "@sofa") or key.startswith(_OWN):
            continue
        if key.startswith("@"):
            if _whole(value):
                yield key[1:], Ref(value)
        else:
            yield key.removeprefix("#"), value


def _elements(found: Any) -> Any:
    if isinstance(found, list):
        return [Ref(each) if _whole(each) else each for each in found]
    return found


def _whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def rendered(sheet: Sheet) -> Iterator[bytes]:
    """The file of a CAS, in pieces; the sofa has the id 1, and must be first."""
    types = {
        each.name: {
            "%NAME": each.name,
            "%SUPER_TYPE": each.base,
            **{key: {"%NAME": key, "%RANGE": range_} for key, range_ in each.features.items()},
        }
        for each in sheet.types
    }
    sofa = {"%ID": 1, "%TYPE": _SOFA, "sofaNum": 1, "sofaID": VIEW, "mimeType": "text/plain"}
    yield b'{"%TYPES": ' + _dumped(types) + b',\n"%FEATURE_STRUCTURES": [\n'
    yield _dumped({**sofa, "sofaString": sheet.text})
    last = 1
    for each in sheet.structures:
        last = each.id
        yield b",\n" + _dumped(_row(each))
    for type_, places in ((SENTENCE, sheet.sentences), (TOKEN, sheet.tokens)):
        yield "".join(
            f',\n{{"%ID":{number},"%TYPE":"{type_}","@sofa":1,"begin":{begin},"end":{end}}}'
            for number, (begin, end) in enumerate(places, last + 1)
        ).encode()
        last += len(places)
    members = ",".join(map(str, range(2, last + 1)))
    yield f'\n],\n"%VIEWS": {{"{VIEW}": {{"%SOFA": 1, "%MEMBERS": [{members}]}}}}}}\n'.encode()


def _row(each: Structure) -> dict[str, Any]:
    found: dict[str, Any] = {"%ID": each.id, "%TYPE": each.type, "@sofa": 1}
    if each.begin is not None:
        found |= {"begin": each.begin, "end": each.end}
    for key, value in each.features.items():
        found[f"@{key}" if isinstance(value, Ref) else key] = value
    return found


def _dumped(value: Any) -> bytes:
    return _ENCODER.encode(value).encode()
