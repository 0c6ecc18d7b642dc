"""What people said is not the same: two actors of one name, two claims in almost the same words.

Each pair is a fact about the project (Setting) of its own, so that what several people say of
different pairs comes together when files are merged, and undo takes one decision back.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

from annotator.core.edits import Change, Edit, change
from annotator.core.ids import inner_id
from annotator.core.model import Setting

PREFIX = "apart."
"""Before the id of a pair in the key of its setting."""
Apart = Mapping[str, Set[str]]
"""By the id of an entity or annotation, the ids of those that it is not the same as."""
NONE: Apart = {}


def apart(settings: Iterable[Setting]) -> Apart:
    """All that isn't the same, each pair from both its ends; what can't be read is left out."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for each in settings:
        if each.key.startswith(PREFIX):
            for one, other in (_pair(each.value), _pair(each.value)[::-1]):
                if one != other:
                    found[one].add(other)
    return dict(found)


def keep_apart(settings: Iterable[Setting], one: str, others: Iterable[str]) -> Edit:
    """Note that something, by its id, is the same as none of the others."""
    known = {each.key: each for each in settings if each.key.startswith(PREFIX)}
    changes: list[Change] = []
    for other in dict.fromkeys(others):
        pair = sorted((one, other))
        made = Setting(PREFIX + inner_id(*pair), json.dumps(pair))
        if one != other:
            changes += change(known.get(made.key), made)
    return Edit("not the same", tuple(changes))


def _pair(text: str) -> tuple[str, str]:
    try:
        found = json.loads(text)
    except ValueError:
        return "", ""
    match found:
        case [str(one), str(other)]:
            return one, other
        case _:
            return "", ""
