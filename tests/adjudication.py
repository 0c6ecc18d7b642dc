"""The sample's conflicts decided by keys: a list of conflicts, each with the keys that settle it.

`play` plays any such list, whatever presses the keys and tells which conflict is looked at.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator import paths
from annotator.core.article import Article
from annotator.project import Project
from annotator.review import places
from annotator.review.queue import words_of
from annotator.review.values import Place, Reviewed
from annotator.transfer.reviewing import ground_of


@dataclass(frozen=True, slots=True)
class Step:
    """A conflict (its kind, or type of relation, and how its words begin) and the keys for it."""

    kind: str
    words: str
    keys: tuple[str, ...]


def named(place: Place, text: str) -> tuple[str, str]:
    """A place by its kind, or type of relation, and its words."""
    return place.relation or f"{place.kind}", " ".join(words_of(place, text).split())


def play(
    plan: Iterable[Step], press: Callable[[str], object], now: Callable[[], tuple[str, str]]
) -> list[int]:
    """Press the keys of each step while its conflict is the one to decide; the presses of each.

    `now` tells the conflict as `named` does.
    """
    pressed = []
    for step in plan:
        kind, words = now()
        shown = (kind, words[: len(step.words)])
        assert shown == (step.kind, step.words), shown
        for key in step.keys:
            press(key)
        pressed.append(len(step.keys))
    return pressed


def article(project: Project, document: str = "") -> Reviewed:
    """The first article of a project, or that of this id, in review."""
    read = project.read
    found = next(read.documents(ids=(document,) if document else ()))
    layers = list(read.layers(document=found.id))
    works, decisions = tuple(read.works(layers)), tuple(read.decisions(document=found.id))
    return places.on(Article(found, works, decisions), ground_of(read, project.tagset))


def expected() -> dict[str, Any]:
    """The layer that an adjudicator of the sample should arrive at."""
    return gold(paths.resources() / "sample" / "gold.jsonl")


def gold(path: Path) -> dict[str, Any]:
    """The gold layer of the one article in a file of annotator-jsonl."""
    records = [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]
    (document,) = (each for each in records if each["record"] == "document")
    (layer,) = (each for each in document["layers"] if each["role"] == "gold")
    return dict(layer)


def meaning(layer: dict[str, Any]) -> tuple[set[str], set[str]]:
    """What a layer says, whatever ids it has: its annotations, and its relations."""

    def text(*parts: Any) -> str:
        return json.dumps(parts, sort_keys=True, ensure_ascii=False)

    said = {
        each["id"]: text(each["spans"], each["label"], each["attributes"])
        for each in layer["annotations"]
    }
    linked = {
        text(said[each["source"]], each["type"], said[each["target"]], each["attributes"])
        for each in layer["relations"]
    }
    return set(said.values()), linked


def _plan(lines: Sequence[str]) -> tuple[Step, ...]:
    found = []
    for line in lines:
        kind, words, keys = (part.strip() for part in line.split("|"))
        found.append(Step(kind, words, tuple(keys.split())))
    return tuple(found)


SAMPLE = _plan(
    [
        "boundary | on the night of September 12, the armed | U",
        "entity | the sabotage groups of the opposite side | 1",
        "missing | the Azerbaijani army | 1",
        "boundary | To prevent this, the Azerbaijani army | 2",
        "attribute | a battle took place | 2",
        "boundary | that some army positions, shelters | I",
        "missing | some army positions, shelters | X",
        "split | there are losses among personnel | 2",
        "missing | losses among personnel | 1",
        "label | the information of the Armenian side | 1",
        "entity | the Azerbaijanis | 1",
        'split | the "counteraction in response to | 3',
        'missing | the "counteraction in response to | X',
        "split | Azerbaijan is blamed for the aggression | 1",
        "boundary | the Russian military base in the city | 1",
        "entity | The authorities in Yerevan | 1",
        "boundary | deny that they were the first to attack | B Alt+Up E Alt+Down F C Enter",
        "missing | Baku | X",
        "entity | Armenians | 2",
        "attribute | several Armenian soldiers were killed | 1",
        "count | several Armenian soldiers | 2",
        "missing | the details have not yet been disclosed | X",
        "split | Prime Minister of Armenia | 2",
        "missing | the Security Council of the country | 2",
        "split | President Vaughan Khachaturian | 2",
        "split | Chairman of the National Assembly | 2",
        'boundary | "In connection with the aggression | B',
        "missing | the Republic of Armenia | 1",
        "missing | Nikol Pashinyan called French President | X",
        "entity | the Armenian side | 1",
        "boundary | the Ministry of Defense of the unrecognized | E O Ctrl+Shift+Left Enter",
        "attribute | the death of two military contractors | 2",
        "attribute | two military contractors | 2",
        "attribute | the wounding of 14 soldiers | 2",
        "attribute | 14 soldiers | 2",
        "attribute | the death of an Azerbaijani soldier | 1",
        "label | an Azerbaijani soldier | 1",
        "attribute | a partial mobilization was announced | 3",
        "count | 30,000 people | 1",
        "missing | Nagorno-Karabakh and several adjacent | X",
        "boundary | hundreds of thousands of people | E F V L Ctrl+A Delete Enter Enter",
        'missing | The "Nagorno-Karabakh Republic" was not | X',
        "boundary | Armenia itself | 2",
        "missing | Armenia and Azerbaijan have fixed | 2",
        "split | Armenia and Azerbaijan | 1",
        "entity | the armies of the two countries | 1",
        "split | capture, injuries and deaths | Right E F R Alt+Down F R Alt+Down F R Enter",
        "repeats | the armed forces of Armenia committed | 2",
        "source | To prevent this, the Azerbaijani army | 2",
        "source | a battle took place | 2",
        "against | that some army positions | 1",
        "source | there are losses among personnel | 2",
        "denies | the information of the Armenian side | 2",
        "disputes | the attacks by the Azerbaijanis | 2",
        'disputes | the "counteraction in response | 1',
        "repeats | Azerbaijan is blamed for the aggression | 1",
        "against | deny that they were the first | 2",
        "denies | deny that they were the first | Right E D A Enter",
        "source | deny that they were the first | E Alt+Down R G F6 Tab Space Esc Enter",
        "against | several Armenian soldiers were killed | 1",
        "source | several Armenian soldiers | 2",
        "disputes | the death of two military contractors | 1",
        "source | a partial mobilization was announced | 1",
        "source | Armenia and Azerbaijan have fixed | 1",
    ]
)
"""In the order in which the window comes to them, what all agree on being taken before."""
