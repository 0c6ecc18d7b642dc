"""Where resources and the user's folders are; nothing else knows."""

import os
import sys
from pathlib import Path
from tempfile import gettempdir

PASSING = "annotator-"
"""How a temporary folder begins that goes with the program."""
_PACKAGE = Path(__file__).resolve().parent


def resources() -> Path:
    """The folder of fonts, themes, tag sets and the sample, in a wheel or in a checkout."""
    installed = _PACKAGE / "_resources"
    return installed if installed.is_dir() else _PACKAGE.parent / "resources"


def config() -> Path:
    """The folder for this user's settings; `ANNOTATOR_CONFIG` names another."""
    named = os.environ.get("ANNOTATOR_CONFIG")
    if named:
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "Annotator"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Annotator"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "annotator"


def keeping(path: Path) -> Path:
    """The folder to keep in what is made of a file: its own, or home if that goes with the program.

    The sample's folder goes with the program, and all in it.
    """
    temporary, folder = Path(gettempdir()).resolve(), path.resolve().parent
    inside = folder.relative_to(temporary).parts if folder.is_relative_to(temporary) else ()
    return Path.home() if inside and inside[0].startswith(PASSING) else path.parent
