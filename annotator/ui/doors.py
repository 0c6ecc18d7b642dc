"""The ways from the window to files, passed in so that the window itself knows none.

What imports and the sample need is loaded when it is used, so that the window opens sooner.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.project import Project

if TYPE_CHECKING:
    from annotator.formats.base import Source
    from annotator.transfer import ImportReport, Job, Wishes


def open_project(path: Path, who: str | None) -> Project:
    """The project in a file; `who` works there, None for whom the project names."""
    return Project.open(path, who=who)


def sources(project: Project, paths: Sequence[Path]) -> "Sequence[Source]":
    """The files among paths and in the folders among them that may come into a project."""
    from annotator.transfer import sources  # noqa: PLC0415  (loaded when it is used)

    return sources(paths, but=project.path)


def import_articles(
    project: Project, paths: Sequence[Path], wishes: "Wishes | None" = None
) -> "Job[ImportReport]":
    """The job that brings files and folders into a project's file, on a project of its own."""
    from annotator.transfer import Wishes, import_sources, sources  # noqa: PLC0415  (loaded when it is used)

    wishes = wishes or Wishes()
    with Project.open(project.path, who=project.who) as own:
        return (
            yield from import_sources(
                own,
                sources(paths, but=project.path),
                given=wishes.given,
                ways=wishes.ways,
                renaming=wishes.renaming,
                attach=wishes.attach,
            )
        )


@dataclass(frozen=True, slots=True)
class Doors:
    """`open` and `create` give a project; `sample` makes the sample's file afresh and names it.

    `sources` are the files that `import_articles` would read. That gives a job; the window's own
    project doesn't hear of what it brings. All raise UserError.
    """

    sample: Callable[[], Path]
    open: Callable[[Path, str | None], Project] = open_project
    create: Callable[[Path], Project] = Project.create
    sources: Callable[[Project, Sequence[Path]], "Sequence[Source]"] = sources
    import_articles: Callable[[Project, Sequence[Path], "Wishes | None"], "Job[ImportReport]"] = (
        import_articles
    )

    @classmethod
    def usual(cls, stack: ExitStack) -> "Doors":
        """The program's own; samples last as long as `stack`."""

        def make_sample() -> Path:
            from annotator import sample  # noqa: PLC0415  (loaded when it is used)

            return stack.enter_context(sample.temporary())

        return cls(make_sample)
