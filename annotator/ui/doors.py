"""The ways from the window to files, passed in so that the window itself knows none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.core.errors import UserError
from annotator.project import Project


def _not_yet(*_: object) -> str:
    raise UserError("This program can't do that yet.")


def _no_sample() -> Path:
    raise UserError("This program has no sample yet.")


@dataclass(frozen=True, slots=True)
class Doors:
    """`open` and `create` give a project; `sample` makes the sample's file afresh and names it.

    `import_articles` brings files and folders into a project and answers with one sentence on what
    came in. All raise UserError.
    """

    open: Callable[[Path], Project] = Project.open
    create: Callable[[Path], Project] = Project.create
    sample: Callable[[], Path] = _no_sample
    import_articles: Callable[[Project, Sequence[Path]], str] = _not_yet
