"""Annotator: highlight and link claims, denials, casualties and actors in contested news."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from annotator.project import Project

__version__ = "0.1.0"


def open(path: "str | Path") -> "Project":  # noqa: A001  (reads as annotator.open)
    """The project in the file at `path`, for scripts; close it, or use it in a `with`.

    Raises UserError when the file is not a project that this version can read.
    """
    from annotator.project import Project  # noqa: PLC0415  (nothing is loaded until used)

    return Project.open(path)
