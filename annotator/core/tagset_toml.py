"""The tag set as one TOML document: reading, with a sentence on what is wrong, and writing."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any, get_args

import tomli_w

from annotator.core.errors import UserError
from annotator.core.tagset import (
    PATTERNS,
    SPARE_COLORS,
    Attribute,
    AttributeType,
    Label,
    RelationType,
    Tagset,
)

_LABEL_KEYS = ("name", "title", "key", "color", "pattern", "guideline", "example", "attribute")
_RELATION_KEYS = ("name", "title", "key", "from", "to", "symmetric", "guideline", "attribute")


def loads(toml: str) -> Tagset:
    """The tag set that a TOML document describes.

    Raises UserError, naming the place, when the document is no TOML or no tag set.
    """
    try:
        table = tomllib.loads(toml)
    except (ValueError, RecursionError) as error:  # a number too long is another ValueError
        raise UserError(f"The tag set is not valid TOML: {error}.") from error
    return _tagset(table)


def dumps(tagset: Tagset) -> str:
    """The TOML document of a tag set; `loads(dumps(tagset)) == tagset`."""
    return tomli_w.dumps(
        {
            "name": tagset.name,
            "version": tagset.version,
            "label": [_label_table(label) for label in tagset.labels],
            "relation": [_relation_table(relation) for relation in tagset.relations],
        }
    )


def _attribute_tables(attributes: tuple[Attribute, ...]) -> list[dict[str, Any]]:
    tables = []
    for each in attributes:
        table: dict[str, Any] = {"name": each.name, "type": each.type}
        if each.values:
            table["values"] = list(each.values)
        if each.several:
            table["several"] = True
        tables.append(table)
    return tables


def _label_table(label: Label) -> dict[str, Any]:
    table = {
        "name": label.name,
        "title": label.title,
        "key": label.key,
        "color": label.color,
        "pattern": label.pattern,
        "guideline": label.guideline,
        "example": label.examples[0] if len(label.examples) == 1 else list(label.examples),
        "attribute": _attribute_tables(label.attributes),
    }
    return {key: value for key, value in table.items() if value not in ("", [])}


def _relation_table(relation: RelationType) -> dict[str, Any]:
    table = {
        "name": relation.name,
        "title": relation.title,
        "key": relation.key,
        "from": list(relation.sources),
        "to": list(relation.targets),
        "symmetric": relation.symmetric,
        "guideline": relation.guideline,
        "attribute": _attribute_tables(relation.attributes),
    }
    return {key: value for key, value in table.items() if value not in ("", [], False)}


def _tagset(table: Mapping[str, Any]) -> Tagset:
    _require_known(table, ("name", "version", "label", "relation"), "the tag set")
    labels = tuple(_label(each) for each in _tables(table, "label", "the tag set"))
    relations = tuple(_relation(each) for each in _tables(table, "relation", "the tag set"))
    _require_distinct([label.name for label in labels], "label")
    _require_distinct([relation.name for relation in relations], "relation")
    _require_distinct([label.key for label in labels if label.key], "key of a label")
    _require_distinct([each.key for each in relations if each.key], "key of a relation")
    known = {label.name for label in labels}
    for relation in relations:
        for name in (*relation.sources, *relation.targets):
            if name not in known:
                raise UserError(
                    f'The tag set\'s relation "{relation.name}" names the label "{name}", which '
                    "it lacks."
                )
    version = table.get("version", 1)
    if not isinstance(version, int) or isinstance(version, bool) or not 0 < version < 1 << 63:
        raise UserError("The tag set's version is not a whole number from 1.")
    return Tagset(_text(table, "name", "the tag set"), version, labels, relations)


def _label(table: Mapping[str, Any]) -> Label:
    where = f'the label "{table.get("name", "?")}"'
    _require_known(table, _LABEL_KEYS, where)
    color = table.get("color", SPARE_COLORS[0])
    if not isinstance(color, str) or not re.fullmatch("#[0-9a-fA-F]{6}", color):
        raise UserError(f"In the tag set, the colour of {where} is not of the form #0072b2.")
    return Label(
        _name(table, where),
        _text(table, "title", where),
        _text(table, "key", where),
        color,
        _one_of(table, "pattern", PATTERNS, where),
        _text(table, "guideline", where),
        _examples(table, where),
        _attributes(table, where),
    )


def _relation(table: Mapping[str, Any]) -> RelationType:
    where = f'the relation "{table.get("name", "?")}"'
    _require_known(table, _RELATION_KEYS, where)
    return RelationType(
        _name(table, where),
        _text(table, "title", where),
        _text(table, "key", where),
        _texts(table, "from", where),
        _texts(table, "to", where),
        _flag(table, "symmetric", where),
        _text(table, "guideline", where),
        _attributes(table, where),
    )


def _attributes(table: Mapping[str, Any], owner: str) -> tuple[Attribute, ...]:
    attributes = []
    for each in _tables(table, "attribute", owner):
        where = f'the attribute "{each.get("name", "?")}" of {owner}'
        _require_known(each, ("name", "type", "values", "several"), where)
        kind = _one_of(each, "type", get_args(AttributeType), where, default="text")
        values = _texts(each, "values", where)
        if kind == "choice" and not values:
            raise UserError(f"In the tag set, {where} is a choice without values.")
        _require_distinct(list(values), f"value of {where}")
        attributes.append(
            Attribute(_name(each, where), kind, values, _flag(each, "several", where))
        )
    _require_distinct([each.name for each in attributes], f"attribute of {owner}")
    return tuple(attributes)


def _examples(table: Mapping[str, Any], where: str) -> tuple[str, ...]:
    """One text, or a list of them; empty ones say nothing."""
    several = isinstance(table.get("example"), list)
    found = _texts(table, "example", where) if several else (_text(table, "example", where),)
    return tuple(filter(None, found))


def _tables(table: Mapping[str, Any], key: str, where: str) -> list[Mapping[str, Any]]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise UserError(f'In the tag set, "{key}" of {where} must be written as [[{key}]] tables.')
    return value


def _name(table: Mapping[str, Any], where: str) -> str:
    name = _text(table, "name", where)
    if not name or name != name.strip():
        raise UserError(f"In the tag set, {where} needs a name without spaces around it.")
    return name


def _text(table: Mapping[str, Any], key: str, where: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise UserError(f'In the tag set, "{key}" of {where} must be text.')
    return value


def _flag(table: Mapping[str, Any], key: str, where: str) -> bool:
    value = table.get(key, False)
    if not isinstance(value, bool):
        raise UserError(f'In the tag set, "{key}" of {where} must be true or false.')
    return value


def _texts(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise UserError(f'In the tag set, "{key}" of {where} must be a list of texts.')
    return tuple(value)


def _one_of(
    table: Mapping[str, Any], key: str, choices: tuple[Any, ...], where: str, default: str = ""
) -> Any:
    value = table.get(key, default or choices[0])
    if value not in choices:
        raise UserError(
            f'In the tag set, "{key}" of {where} must be one of {", ".join(choices)}, '
            f'not "{value}".'
        )
    return value


def _require_known(table: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    """A key that is not understood would be lost when the tag set is written again."""
    for key in table:
        if key not in known:
            raise UserError(f'In the tag set, {where} has a key "{key}", which means nothing.')


def _require_distinct(names: list[str], what: str) -> None:
    for name in names:
        if names.count(name) > 1:
            raise UserError(f'The tag set has the {what} "{name}" twice.')
