"""Another name for a person: what of a project follows."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from annotator.core.citation import BACKGROUND
from annotator.core.edits import Change, change
from annotator.core.model import Decision, Layer, Setting

RENAMED = "renamed."
"""Before the first name of a person in the key of the setting that tells the present one.

By the first name people are known again wherever they are called otherwise: in files that were
handed out before, through any number of names, and where two have changed theirs.
"""

_NAMING = ("trusted", "to")
"""The fields of settings in JSON that name a person."""


def names_since(settings: Iterable[Setting]) -> dict[str, str]:
    """What people are called now, by their first names, as far as they had others."""
    return {
        each.key.removeprefix(RENAMED): each.value
        for each in settings
        if each.key.startswith(RENAMED)
    }


def first_name(names: Mapping[str, str], name: str) -> str:
    """The first name of who is called so now; `names` are those of `names_since`."""
    return next((first for first, now in names.items() if now == name), name)


def present_name(names: Mapping[str, str], name: str) -> str:
    """What who was called so first is called now, unless that is somebody's name now."""
    return name if name in names.values() else names.get(name, name)


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


def names_noted(settings: Sequence[Setting], names: Mapping[str, str]) -> list[Change]:
    """The changes that note what people are called now, by their first names."""
    known = names_since(settings)
    before = {each.key: each for each in settings}
    noted = [Setting(RENAMED + first_name(known, old), new) for old, new in names.items()]
    return [one for each in noted for one in change(before.get(each.key), each)]


def settings_renamed(settings: Iterable[Setting], names: Mapping[str, str]) -> list[Change]:
    """The changes to the facts about a project that tell of people who have other names.

    RENAMED is not among them.
    """
    before = {each.key: each for each in settings if not each.key.startswith(RENAMED)}
    after = {each.key: each for each in (_setting_renamed(one, names) for one in before.values())}
    keys = dict.fromkeys((*before, *after))
    return [one for key in keys for one in change(before.get(key), after.get(key))]


def _setting_renamed(setting: Setting, names: Mapping[str, str]) -> Setting:
    """A fact about the project as it is when people are called otherwise."""
    person = setting.key.removeprefix(BACKGROUND)
    if setting.key == BACKGROUND + person and person in names:
        return replace(setting, key=BACKGROUND + names[person])
    if setting.key == "annotator":
        return replace(setting, value=names.get(setting.value, setting.value))
    try:
        value = json.loads(setting.value)
    except ValueError:
        return setting
    if not isinstance(value, dict) or names.keys().isdisjoint(map(value.get, _NAMING)):
        return setting
    fields = {key: names.get(each, each) if key in _NAMING else each for key, each in value.items()}
    return replace(setting, value=json.dumps(fields, ensure_ascii=False, sort_keys=True))
