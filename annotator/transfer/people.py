"""Another name for a person, as one edit."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from annotator.core import rules
from annotator.core.errors import UserError
from annotator.core.model import RESERVED_NAMES
from annotator.core.people import names_noted, settings_renamed
from annotator.project import Project
from annotator.transfer.report import Job, Progress


def rename_person(project: Project, former: str, name: str) -> Job[int]:
    """Give a person another name; how many layers were theirs.

    All that tells of the person follows: layers and what is in them, first passes, time of work,
    decisions. The journal still says the former name, and with the new one nobody takes back what
    the person did before; undo of the renaming brings the former name back. Raises UserError where
    there is no such person, or the name is none or somebody else's.
    """
    if project.read.annotator(former) is None or former in RESERVED_NAMES:
        people = (each.name for each in project.read.annotators())
        known = ", ".join(each for each in people if each not in RESERVED_NAMES)
        raise UserError(f'There is nobody called "{former}"; there are: {known or "none"}.')
    if problem := rules.name_problem(name):
        raise UserError(problem)
    if project.read.annotator(name) is not None:
        raise UserError(f'There is somebody called "{name}" already; choose another name.')
    names = {former: name}
    with called(project, names), project.bring_in(f"rename {former} to {name}") as intake:
        layers = [each for each in intake.read.layers() if each.annotator == former]
        total = sum(sum(intake.read.label_counts(each.id).values()) for each in layers)
        settings = list(intake.read.settings())
        intake.add([*names_noted(settings, names), *settings_renamed(settings, names)])
        for done in intake.rename(names):
            yield Progress(min(done, total), total, f"Renaming {former}")
    return len(layers)


@contextmanager
def called(project: Project, names: Mapping[str, str]) -> Iterator[None]:
    """Let the current person be called as `names` say, unless the block fails."""
    who = project.who
    project.who = names.get(who, who)  # by no switch, which a former name would lead back
    try:
        yield
    except BaseException:
        project.who = who
        raise
