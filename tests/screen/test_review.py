"""A team's round, end to end: files handed out, merged, decided by keys in a window, exported."""

import json
import shutil
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from annotator.project import Project
from annotator.review.queue import Case, cases, next_pending
from tests.adjudication import SAMPLE, article, expected, gold, meaning, named, play
from tests.transfer.teams import copy, merged, values

pytestmark = [
    pytest.mark.screen,
    pytest.mark.skipif(
        not all(map(shutil.which, ("Xvfb", "xdotool"))),
        reason="needs Xvfb and xdotool; on Debian and Ubuntu the README installs them",
    ),
]
SETTINGS = 'theme = "light"\nchecks = false\n'
_NAMES = {"Enter": "Return", "Esc": "Escape", "Space": "space"}
GOAL = 2
"""Key presses for a conflict, at the median."""
TEAM = ("mira", "noor", "jonas")


def keysym(key: str) -> str:
    """A key of the plan as xdotool names it."""
    *held, last = key.split("+")
    name = last.lower() if len(last) == 1 else _NAMES.get(last, last)
    return "+".join((*(each.lower() for each in held), name))


class Follower:
    """Tells from the file alone, as another program sees it, which conflict is to be decided."""

    def __init__(self, desk: Any) -> None:
        self._desk = desk
        self._last: Case | None = None
        self._pending = -1

    def agreed_taken(self) -> bool:
        """Whether what all agree on is in gold."""
        with Project.open(self._desk.project, who="watcher") as project:
            found = article(project)
        return bool(found.gold.annotations) and all(
            each.status != "agreed" for each in found.places
        )

    def now(self) -> tuple[str, str]:
        """The next conflict, as soon as the one before is decided."""
        return self._desk.wait_for(self._next)  # type: ignore[no-any-return]  # a fixture's answer

    def _next(self) -> tuple[str, str] | None:
        with Project.open(self._desk.project, who="watcher") as project:
            found = article(project)
        keys = {each.key: each for each in found.places}
        if self._last is not None and keys[self._last.key].status != "decided":
            return None
        following = next_pending(cases(found), self._last)
        if following is None:
            return ("", "")
        self._last = following
        return named(keys[following.key], found.document.text)


def write_without(source: Path, target: Path) -> None:
    """Write an exported article with its register and tag set, and nobody's work on it."""
    records = [json.loads(line) for line in source.read_text("utf-8").split("\n") if line]
    for each in records:
        if each["record"] == "document":
            each["layers"] = []
    kept = (json.dumps(each) for each in records if each["record"] != "annotator")
    target.write_text("\n".join(kept), "utf-8")


def hand_out_and_merge(desk: Any, folder: Path) -> None:
    """Let each of the team have the sample's article in a file of their own, and work there.

    The project on the desk is then one that all of them were merged into.
    """
    team = folder / "team.db"
    jsonl = ("--format", "jsonl", "--out")
    for name in TEAM:
        desk.command("export", *jsonl, str(folder / f"{name}.jsonl"), "--layer", name)
    write_without(folder / "mira.jsonl", folder / "article.jsonl")
    desk.project = team
    desk.command("new")
    desk.command("import", str(folder / "article.jsonl"), "--as", "tester")
    files = [folder / f"{name}.db" for name in TEAM]
    for name, own in zip(TEAM, files, strict=True):
        assert desk.command("handoff", "--to", name, "--out", str(own))["documents"] == 1
        desk.command("import", str(folder / f"{name}.jsonl"), "--strict", project=own)
    other = copy(team, "other.db")
    desk.command("merge", *map(str, files), "--as", "tester")
    for own in (files[2], files[0], files[1], files[2]):
        merged(other, own, who="tester")
    assert values(team) == values(other)
    states = {
        each["annotator"]: each["state"] for each in desk.command("info", "--layers")["layers"]
    }
    assert states == dict.fromkeys(TEAM, "done")


def test_a_teams_work_comes_back_and_is_decided_by_keys_alone(
    desk: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hand_out_and_merge(desk, tmp_path)
    desk.set_settings(SETTINGS)
    desk.start()
    follower = Follower(desk)
    desk.press("ctrl+2")
    desk.press("Return")  # what all agree on
    desk.wait_for(follower.agreed_taken)
    pressed = play(SAMPLE, lambda key: desk.press(keysym(key)), follower.now)
    assert follower.now() == ("", "")
    out = desk.project.with_suffix(".jsonl")
    desk.command("export", "--format", "jsonl", "--layer", "gold", "--out", str(out))
    assert meaning(gold(out)) == meaning(expected())
    with capsys.disabled():
        for step, count in zip(SAMPLE, pressed, strict=True):
            print(f"{count:3} {' '.join(step.keys):44} {step.kind:10} {step.words}")
        print(f"{len(pressed)} conflicts, {sum(pressed)} presses, median {median(pressed):g}")
    assert median(pressed) <= GOAL
    assert desk.command("check")["ok"]
