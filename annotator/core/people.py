"""Another name for a person: what of a project follows."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from operator import attrgetter
from typing import Any

from annotator.core.article import Work
from annotator.core.citation import BACKGROUND
from annotator.core.edits import Change, change
from annotator.core.model import Decision, FirstPass, Layer, Setting, TimeSpent

RENAMED = "renamed."
"""Before a former name in the key of the setting that tells the name since."""


def names_since(settings: Iterable[Setting]) -> dict[str, str]:
    """What people of former names are called now, by former name.

    Files that were handed out before somebody was renamed still have the former name.
    """
    told = {
        each.key.removeprefix(RENAMED): each.value
        for each in settings
        if each.key.startswith(RENAMED)
    }
    found = {}
    for former in told:
        name, seen = former, {former}
        while told.get(name, former) not in seen:
            name = told[name]
            seen.add(name)
        found[former] = name
    return {former: name for former, name in found.items() if former != name}


def layer_renamed(layer: Layer, name: str) -> Layer:
    """A layer as that of a person of this name; its id is another one."""
    return Layer.of(
        layer.document,
        name,
        role=layer.role,
        round_=layer.round,
        state=layer.state,
        tagset=layer.tagset,
        meta=layer.meta,
    )


def works_renamed(works: Iterable[Work], names: Mapping[str, str]) -> list[Change]:
    """The changes that make layers, with all that is in them, those of people of other names."""
    pairs = [(each, _work_renamed(each, names[each.layer.annotator])) for each in works]
    inside = (
        one
        for part in (attrgetter("annotations"), attrgetter("relations"))
        for before, now in pairs
        for old, new in zip(part(before), part(now), strict=True)
        for one in change(old, new)
    )
    # One kind after the other, because that is written in the fewest steps.
    return [
        *(Change(None, now.layer) for _, now in pairs),
        *inside,
        *(Change(each, None) for before, _ in pairs for each in _beside(before)),
        *(Change(None, each) for _, now in pairs for each in _beside(now)),
        *(Change(before.layer, None) for before, _ in pairs),
    ]


def _work_renamed(work: Work, name: str) -> Work:
    layer = layer_renamed(work.layer, name)
    return work.mapped(
        layer,
        lambda each: replace(each, layer=layer.id),
        lambda each: replace(each, layer=layer.id),
    )


def _beside(work: Work) -> Iterator[FirstPass | TimeSpent]:
    """What is kept of a layer under its id."""
    if work.first_pass:
        yield work.first_pass
    if work.seconds:
        yield TimeSpent(work.layer.id, work.seconds)


def decision_renamed(
    decision: Decision, names: Mapping[str, str], layers: Mapping[str, str]
) -> Decision:
    """A decision in which people have other names; `layers` are new ids by old ones."""
    by = names.get(decision.by, decision.by)
    return replace(decision, by=by, seen=_keys_renamed(decision.seen, layers))


def _keys_renamed(value: Any, layers: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        return {layers.get(key, key): _keys_renamed(each, layers) for key, each in value.items()}
    return value


def settings_renamed(settings: Iterable[Setting], names: Mapping[str, str]) -> list[Change]:
    """The changes to the facts about a project that tell of people who have other names."""
    before = {each.key: each for each in settings}
    after = dict(before)
    for former, name in names.items():
        # A name that somebody had before is a person's own again.
        kept = (each for each in after.values() if each.key != RENAMED + name)
        told = (_setting_renamed(each, former, name) for each in kept)
        after = {each.key: each for each in (*told, Setting(RENAMED + former, name))}
    keys = dict.fromkeys((*before, *after))
    return [one for key in keys for one in change(before.get(key), after.get(key))]


def _setting_renamed(setting: Setting, former: str, name: str) -> Setting:
    """A fact about the project as it is when a person is called otherwise."""
    if setting.key == BACKGROUND + former:
        return replace(setting, key=BACKGROUND + name)
    if setting.key == "annotator" and setting.value == former:
        return replace(setting, value=name)
    try:
        value = json.loads(setting.value)
    except ValueError:
        return setting
    if isinstance(value, dict) and former in (value.get("trusted"), value.get("to")):
        fields = {
            key: name if key in ("trusted", "to") and each == former else each
            for key, each in value.items()
        }
        return replace(setting, value=json.dumps(fields, ensure_ascii=False, sort_keys=True))
    return setting
