"""Decisions follow what is rewritten for all alike, so that they don't all become stale.

A merge of two actors or another tag set changes annotations mechanically; nobody has thought anew
of what was decided on them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from annotator.core.edits import Change, change
from annotator.core.model import Annotation, Attributes, Decision, Relation
from annotator.review.ground import sign

Signs = Mapping[str, tuple[str, str | None]]
"""By id, the hash before, and the hash after or None where it is gone."""


def carried(decisions: Iterable[Decision], changes: Iterable[Change]) -> list[Change]:
    """The changes to decisions that go with mechanical changes of annotations and relations.

    In what was seen and made, the hash of what was rewritten becomes the new one, and what was
    taken away is left out. What wasn't as the decision has it stays so: it was stale before.
    """
    signs = _signs(changes)
    if not signs:
        return []
    return [
        one
        for each in decisions
        for one in change(
            each,
            replace(
                each, seen=_seen(each.seen, signs), outcome=_by_part(each.outcome, signs, _table)
            ),
        )
    ]


def _signs(changes: Iterable[Change]) -> Signs:
    found: dict[str, tuple[str, str | None]] = {}
    for each in changes:
        before, after = each.before, each.after
        if isinstance(before, Annotation | Relation):
            kept = isinstance(after, Annotation | Relation)
            now = sign(after) if isinstance(after, Annotation | Relation) and kept else None
            if now != sign(before):
                found[each.id] = (sign(before), now)
    return found


def _seen(seen: Attributes, signs: Signs) -> Attributes:
    def layers(found: Mapping[str, Any], signs: Signs) -> Mapping[str, Any]:
        return {layer: _table(ids, signs) for layer, ids in found.items()}

    return _by_part(seen, signs, layers)


def _by_part(found: Attributes, signs: Signs, turned: Any) -> Attributes:
    """Each part that is a table turned, what else there is left as it is."""
    return {
        part: turned(table, signs) if isinstance(table, dict) else table
        for part, table in found.items()
    }


def _table(ids: Mapping[str, Any], signs: Signs) -> Mapping[str, Any]:
    now = {id_: _now(id_, hash_, signs) for id_, hash_ in ids.items()}
    return {id_: hash_ for id_, hash_ in now.items() if hash_ is not None}


def _now(id_: str, hash_: Any, signs: Signs) -> Any:
    before, after = signs.get(id_, ("", None))
    return after if hash_ == before else hash_
