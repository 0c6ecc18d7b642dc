"""The main job in a real window on a virtual screen, by key and mouse alone.

A process of its own looks at the file afterwards, as the program's own word does not count here.
"""

import shutil
from typing import Any

import pytest

pytestmark = [
    pytest.mark.screen,
    pytest.mark.skipif(
        not (shutil.which("Xvfb") and shutil.which("xdotool")),
        reason="needs Xvfb and xdotool; on Debian and Ubuntu the README's command installs them",
    ),
]


def test_main_job_survives_sigkill(desk: Any) -> None:
    ministry = ("actor", "The Ministry of Defense of Azerbaijan")
    desk.start()

    # A phrase by keyboard: six words from the article's beginning.
    desk.press("ctrl+Home", *["ctrl+shift+Right"] * 6, "4")
    desk.wait_for(lambda: desk.work()[0] == [ministry])

    # Another by mouse, in the article's second line, then tagged by key.
    desk.press("Escape")
    desk.drag((460, 183), (700, 183))
    desk.press("1")
    spans = desk.wait_for(lambda: len(desk.work()[0]) == 2 and desk.work()[0])
    assert spans[0] == ministry
    assert spans[1] == ("claim", "the armed forces of Armenia")

    # The claim has the focus; R shows a letter on the only actor, and the letter links.
    desk.press("r", "a")
    desk.wait_for(lambda: desk.work()[1] == ["source"])
    desk.press("ctrl+z")
    desk.wait_for(lambda: desk.work()[1] == [])
    desk.press("ctrl+shift+z")
    desk.wait_for(lambda: desk.work()[1] == ["source"])

    desk.kill()
    assert desk.work() == (spans, ["source"])
    assert desk.command("check") == {"ok": True, "problems": []}

    desk.start()
    desk.press("ctrl+z")
    desk.wait_for(lambda: desk.work() == (spans, []))
    desk.press("ctrl+z")
    desk.wait_for(lambda: desk.work() == ([ministry], []))
    assert desk.command("check") == {"ok": True, "problems": []}
