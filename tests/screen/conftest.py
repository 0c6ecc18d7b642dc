"""A person at the program in a real window on a virtual screen, by key and mouse alone.

A process of its own looks at the file, as the program's own word does not count here.
"""

import json
import os
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

PATIENCE = 30.0
"""Seconds that a step may take on a slow machine."""


@pytest.fixture
def display(tmp_path: Path) -> Iterator[str]:
    """A virtual screen of 1440x900, as a DISPLAY."""
    read, write = os.pipe()
    words = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24", "-nolisten", "tcp"]
    words.append("-noreset")  # or the keyboard's layout goes with the first client that leaves
    server = subprocess.Popen(words, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


class Desk:
    """A person at the program: keys, mouse, and a look at the file with another program."""

    def __init__(self, project: Path, display: str, folder: Path) -> None:
        self.project = project
        self._config = folder / "config"
        keep = ("PATH", "HOME", "LANG", "SYSTEMROOT")
        self._environment = {name: os.environ[name] for name in keep if name in os.environ}
        self._environment |= {"DISPLAY": display, "ANNOTATOR_CONFIG": str(self._config)}
        self._program: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the program and wait until its window has the keyboard."""
        words = [sys.executable, "-m", "annotator", str(self.project), "--as", "tester"]
        self._program = subprocess.Popen(words, env=self._environment)
        window = self.wait_for(self._window)
        # No window manager runs here, so nobody else gives the window the keyboard.
        self.xdotool("windowsize", "--sync", window, "1440", "900")
        self.xdotool("windowmove", window, "0", "0")
        self.xdotool("windowfocus", "--sync", window)
        time.sleep(1.0)

    def kill(self) -> None:
        """Kill the program as a power cut would."""
        assert self._program is not None
        self._program.send_signal(signal.SIGKILL)
        self._program.wait()

    def close(self) -> None:
        """End the program if it runs."""
        if self._program is not None and self._program.poll() is None:
            self.kill()

    def _window(self) -> str:
        assert self._program is not None
        assert self._program.poll() is None, "the program ended by itself"
        return self.shows(self.project.stem)

    def xdotool(self, *words: str) -> None:
        """One command of xdotool."""
        subprocess.run(["xdotool", *words], env=self._environment, check=True, timeout=PATIENCE)

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.xdotool("key", "--clearmodifiers", key)
            time.sleep(0.1)

    def strike(self, *codes: int) -> None:
        """Press the keys of these X11 codes (10 and more) together: by place, not by sign."""
        *held, last = map(str, codes)
        downs = [word for code in held for word in ("keydown", code)]
        ups = [word for code in reversed(held) for word in ("keyup", code)]
        self.xdotool(*downs, "key", last, *ups)
        time.sleep(0.15)

    def set_layout(self, layout: str) -> None:
        """Let the keyboard have this layout and no other."""
        subprocess.run(["setxkbmap", layout], env=self._environment, check=True, timeout=PATIENCE)

    def set_settings(self, toml: str) -> None:
        """Let the program find these settings when it starts."""
        self._config.mkdir(parents=True, exist_ok=True)
        (self._config / "settings.toml").write_text(toml, "utf-8")

    def settings(self) -> dict[str, Any]:
        """The settings as the program stored them."""
        return tomllib.loads((self._config / "settings.toml").read_text("utf-8"))

    def shows(self, name: str) -> str:
        """The X11 id of a visible window of this name, "" for none."""
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", name],
            env=self._environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return found.stdout.split()[0] if found.stdout.split() else ""

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Drag with the left button."""
        self.xdotool("mousemove", "--sync", *map(str, start))
        self.xdotool("mousedown", "1")
        middle = [(a + b) // 2 for a, b in zip(start, end, strict=True)]
        self.xdotool("mousemove", "--sync", *map(str, middle))
        self.xdotool("mousemove", "--sync", *map(str, end))
        self.xdotool("mouseup", "1")
        time.sleep(0.3)

    def command(self, name: str, *words: str, project: Path | None = None) -> Any:
        """The JSON that a sub-command of the program answers with, in a process of its own.

        It is about the project that is open, if no other is given.
        """
        path = str(project or self.project)
        done = subprocess.run(
            [sys.executable, "-m", "annotator", name, path, *words, "--json"],
            env=self._environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)

    def layer(self) -> dict[str, Any] | None:
        """The tester's layer, from an export."""
        out = self.project.with_suffix(".jsonl")
        layers = self.command("info", "--layers")["layers"]
        if not any(layer["annotator"] == "tester" for layer in layers):
            return None
        words = ("--format", "jsonl", "--layer", "tester", "--out", str(out), "--force")
        self.command("export", *words)
        records = [json.loads(line) for line in out.read_text(encoding="utf-8").split("\n") if line]
        (document,) = (record for record in records if record["record"] == "document")
        (layer,) = document["layers"]
        return dict(layer)

    def work(self) -> tuple[list[tuple[str, str]], list[str]]:
        """Label and words of each span, and type of each link, of the tester."""
        layer = self.layer()
        if layer is None:
            return [], []
        spans = [(each["label"], " … ".join(each["quote"])) for each in layer["annotations"]]
        return spans, [each["type"] for each in layer["relations"]]

    def wait_for(self, answer: Callable[[], Any]) -> Any:
        """What `answer` says as soon as it is something."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if found := answer():
                return found
            time.sleep(0.2)
        pytest.fail(f"nothing came of it within {PATIENCE:.0f} s")


@pytest.fixture
def desk(tmp_path: Path, display: str) -> Iterator[Desk]:
    project = tmp_path / "sample.db"
    words = [sys.executable, "-m", "annotator", "demo", "--into", str(project)]
    subprocess.run(words, check=True, capture_output=True)
    desk = Desk(project, display, tmp_path)
    yield desk
    desk.close()
