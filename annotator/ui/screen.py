"""Whether a window can be shown here, asked before Qt is started: Qt itself would just abort."""

import ctypes
import os
import sys
from collections.abc import Callable, Mapping

from annotator.core.errors import UserError

LIBRARIES: Mapping[str, str] = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
"""What Qt's window library needs, and the Debian or Ubuntu package that has it."""
X11_LIBRARIES: Mapping[str, str] = {
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
"""The same for windows on X11."""


def loads(library: str) -> bool:
    """Whether a shared library can be loaded."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def require_libraries(
    *,
    offscreen: bool = False,
    environment: Mapping[str, str] = os.environ,
    platform: str = sys.platform,
    loads: Callable[[str], bool] = loads,
) -> None:
    """Raise UserError, naming the packages, where system libraries that Qt needs are missing.

    Call it before anything of Qt is imported.
    """
    if not platform.startswith("linux"):
        return
    wanted = dict(LIBRARIES)
    if not offscreen and _plug_in(environment) == "xcb":
        wanted |= X11_LIBRARIES
    missing = [package for library, package in wanted.items() if not loads(library)]
    if missing:
        names = " ".join(missing)
        raise UserError(
            "The window can't open because system libraries are missing; "
            f"on Debian or Ubuntu, install them with: sudo apt-get install {names}"
        )


def require_screen(
    *, environment: Mapping[str, str] = os.environ, platform: str = sys.platform
) -> None:
    """Raise UserError where there is no screen to show a window on."""
    if platform.startswith("linux") and not _plug_in(environment):
        raise UserError(
            "There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set); "
            "use the commands (annotator --help), or --screenshot to draw the window into a file."
        )


def _plug_in(environment: Mapping[str, str]) -> str:
    """The name of the plug-in that Qt will draw with, "" where none could."""
    named = environment.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    if named:
        return named
    if environment.get("WAYLAND_DISPLAY") and environment.get("XDG_SESSION_TYPE") == "wayland":
        return "wayland"
    if environment.get("DISPLAY"):
        return "xcb"
    return "wayland" if environment.get("WAYLAND_DISPLAY") else ""
