"""Every key with one foreign layout alone: in the text, in lines, in the list and the inspector."""

import shutil
from typing import Any

import pytest

TOOLS = ("Xvfb", "xdotool", "setxkbmap", "xkbcomp")

pytestmark = [
    pytest.mark.screen,
    pytest.mark.skipif(
        not all(map(shutil.which, TOOLS)),
        reason="needs Xvfb, xdotool and setxkbmap; on Debian and Ubuntu the README installs them",
    ),
]
CTRL, SHIFT, ALT = 37, 50, 64
ENTER, HOME, DOWN, RIGHT, F1, F6 = 36, 110, 116, 114, 67, 72
C, F, K, L, N, V, FOUR, SLASH = 54, 41, 45, 46, 57, 55, 13, 61
"""X11 codes of the places where a US keyboard has these."""

SETTINGS = 'theme = "light"\nchecks = false\nused = ["command larger"]\n'
"""The palette's first row makes the text larger."""


def text_size(desk: Any) -> int:
    return int(desk.settings().get("text_size", 18))


@pytest.mark.parametrize(
    ("layout", "a", "z"), [("ru", 38, 52), ("am", 38, 52), ("ara", 38, 52), ("fr", 24, 25)]
)
def test_all_keys_act_with_one_foreign_layout_alone(desk: Any, layout: str, a: int, z: int) -> None:
    """`a` and `z` are the codes of these letters: French types them, at other places."""
    desk.set_settings(SETTINGS)
    desk.set_layout(layout)
    desk.start()
    first = [("actor", "The Ministry of Defense of Azerbaijan")]

    # In the text: a digit, undo and redo.
    desk.strike(CTRL, HOME)
    for _ in range(6):
        desk.strike(CTRL, SHIFT, RIGHT)
    desk.strike(FOUR)
    desk.wait_for(lambda: desk.work()[0] == first)
    desk.strike(CTRL, z)
    desk.wait_for(lambda: desk.work()[0] == [])
    desk.strike(CTRL, SHIFT, z)
    desk.wait_for(lambda: desk.work()[0] == first)

    # The palette from the text, the list and the inspector, each time one size more.
    for size in (19, 20, 21):
        desk.strike(CTRL, K)
        desk.strike(ENTER)
        desk.wait_for(lambda size=size: text_size(desk) == size)
        desk.strike(F6)
    desk.strike(CTRL, L)
    desk.wait_for(lambda: desk.settings()["layout"] == "raw")
    desk.strike(CTRL, L)
    desk.wait_for(lambda: desk.settings()["layout"] == "reading")

    # A line has copy, paste and undo for itself: the note gets what is typed, once.
    desk.strike(CTRL, HOME)
    desk.strike(ALT, DOWN)
    desk.strike(N)
    for codes in ((a,), (F,), (CTRL, a), (CTRL, C), (CTRL, V), (CTRL, V), (CTRL, z)):
        desk.strike(*codes)
    desk.press("Escape")
    layer = desk.wait_for(lambda: (found := desk.layer()) and found["annotations"][0]["note"])
    assert len(layer) == 2
    assert desk.work()[0] == first

    # Dialogs.
    main = desk.shows("sample")
    for codes, name in (((CTRL, SLASH), "^Keys$"), ((F1,), "^Help$")):
        desk.strike(*codes)
        dialog = desk.wait_for(lambda name=name: desk.shows(name))
        desk.xdotool("windowfocus", "--sync", dialog)
        desk.press("Escape")
        desk.wait_for(lambda name=name: not desk.shows(name))
        desk.xdotool("windowfocus", "--sync", main)
    desk.strike(CTRL, ENTER)
    desk.wait_for(lambda: desk.layer()["state"] == "done")
