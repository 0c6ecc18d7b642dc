"""Whether a window can be shown is asked, and answered in a sentence, before Qt is started."""

import subprocess
import sys
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.ui.screen import loads, require_libraries, require_screen


def test_without_a_screen_one_sentence_says_so() -> None:
    with pytest.raises(UserError, match="no screen"):
        require_screen(environment={}, platform="linux")
    require_screen(environment={}, platform="win32")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        require_screen(environment={name: "x:0"}, platform="linux")


def test_missing_libraries_are_named_by_their_packages() -> None:
    def lacking(library: str) -> bool:
        return library not in ("libxcb-cursor.so.0", "libEGL.so.1")

    with pytest.raises(UserError, match=r"apt-get install libegl1 libxcb-cursor0$"):
        require_libraries(environment={"DISPLAY": ":0"}, platform="linux", loads=lacking)
    with pytest.raises(UserError, match=r"apt-get install libegl1$"):
        require_libraries(
            offscreen=True, environment={"DISPLAY": ":0"}, platform="linux", loads=lacking
        )
    wayland = {"WAYLAND_DISPLAY": "w", "XDG_SESSION_TYPE": "wayland", "DISPLAY": ":0"}
    with pytest.raises(UserError, match=r"apt-get install libegl1$"):
        require_libraries(environment=wayland, platform="linux", loads=lacking)
    require_libraries(environment={}, platform="darwin", loads=lacking)


def test_a_library_loads_or_not() -> None:
    assert not loads("libof-nothing.so.99")


def test_asking_does_not_load_qt() -> None:
    words = (
        "import sys, annotator.ui.app; assert not any('PySide6' in each for each in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", words], check=True, cwd=Path(__file__).parents[2])
