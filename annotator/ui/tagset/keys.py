"""Which keys a label or a relation type can have: those that mean nothing else in the text."""

import re
from string import ascii_uppercase

from annotator.core.revision.draft import Kind, owners
from annotator.core.tagset import Tagset
from annotator.ui.actions.table import by_key

_KEY = re.compile("[0-9A-Za-z]")
_KINDS: tuple[Kind, ...] = ("label", "relation")
_FAMILIES = {"label": "tag", "relation": "link"}
"""The action of the table that all keys of labels, or of relations, belong to."""


def key_problem(key: str, kind: Kind, name: str, tagset: Tagset) -> str:
    """Why the label or relation type of this name can't have a key, telling who has it; or ""."""
    if not key:
        return ""
    if not _KEY.fullmatch(key):
        return "A key is one digit or one letter from A to Z."
    taken = by_key(in_text=True, when="annotate").get(key.upper())
    if taken is not None and taken.id != _FAMILIES[kind]:
        return f"{key.upper()} means “{taken.text.rstrip('…')}” already; choose another key."
    for other in _KINDS:
        for each in owners(tagset, other):
            if (other, each.name) != (kind, name) and each.key.upper() == key.upper():
                title = each.title or each.name
                return f"{key.upper()} is the key of “{title}”; choose another key."
    return ""


def free_keys(kind: Kind, name: str, tagset: Tagset) -> list[str]:
    """The keys that it can have, digits first."""
    keys = (*"1234567890", *ascii_uppercase) if kind == "label" else ascii_uppercase
    return [key for key in keys if not key_problem(key, kind, name, tagset)]
