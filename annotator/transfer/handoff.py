"""The hand-off: articles for one annotator in a fresh file, with nobody else's work in it."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from annotator.core import rules
from annotator.core.citation import BACKGROUND
from annotator.core.edits import Edit, inserted
from annotator.core.errors import UserError
from annotator.core.ids import new_id
from annotator.core.model import RESERVED_NAMES, Annotator, Layer, Setting
from annotator.core.people import RENAMED
from annotator.core.text import counted
from annotator.project import Project
from annotator.store import file
from annotator.store.reader import Reader
from annotator.transfer.incoming import HANDED, is_own
from annotator.transfer.report import Job, Progress

_TEAM = ("review",)
"""Settings that are for who reviews."""


@dataclass(frozen=True, slots=True)
class HandoffReport:
    """What was handed out to whom: the articles, and of the person's own work the annotations.

    `remarks` are what a person who mistyped a name would want to know.
    """

    id: str
    annotator: str
    path: Path
    documents: int
    annotations: int
    remarks: tuple[str, ...] = ()

    def sentence(self) -> str:
        """What was handed out, in one sentence."""
        own = (
            f" with {counted(self.annotations, 'annotation')} of theirs" if self.annotations else ""
        )
        articles = counted(self.documents, "article")
        return f"Handed {articles}{own} out to {self.annotator}, in {self.path}."

    def as_json(self) -> dict[str, Any]:
        """The report as the command line gives it to scripts."""
        return {
            "handoff": self.id,
            "annotator": self.annotator,
            "path": str(self.path),
            "documents": self.documents,
            "annotations": self.annotations,
            "remarks": list(self.remarks),
        }


def hand_off(
    project: Project,
    name: str,
    path: Path,
    *,
    documents: Sequence[str] = (),
    force: bool = False,
) -> Job[HandoffReport]:
    """Write articles (ids; none for those that the person has, or else all) into a new file.

    With them go the tag set, the guidelines, the register and what this person has done. The file
    opens as this person. In the project the person has these articles from then on, which is one
    edit. Raises UserError where the name, an article or the file is no good; then nothing is made.
    """
    if problem := rules.name_problem(name):
        raise UserError(problem)
    if path.exists() and path.samefile(project.path):
        raise UserError(f"{path} is the project itself; choose another name.")
    name = project.read.present_name(name)
    remarks = tuple(doubts(project.read, name, chosen=bool(documents)))
    chosen, handoff = _chosen(project.read, name, documents), new_id()
    edit = Edit("", ())
    try:
        with file.making(path, force=force) as draft:
            # First the edit, because what is handed out has its stamps.
            edit = project.apply(_assignment(project, name, chosen, handoff))
            with project.snapshot() as read:
                annotations = yield from _write(read, draft, name, chosen, handoff)
    except BaseException:
        last = project.read.journal.undoable(project.who)
        if last and last.id == edit.id:  # what somebody has done meanwhile is never taken back
            project.undo()
        raise
    return HandoffReport(handoff, name, path, len(chosen), annotations, remarks)


def doubts(read: Reader, name: str, *, chosen: bool) -> Iterator[str]:
    """Why this may not be whom somebody means, a sentence each; `chosen` if the articles are."""
    known = [each.name for each in read.annotators() if each.name not in RESERVED_NAMES]
    having = {annotator for _, annotator, _ in read.holders()}
    if known and name not in known:
        near = get_close_matches(name.casefold(), [each.casefold() for each in known], 1)
        meant = next((each for each in known if near and each.casefold() == near[0]), "")
        asked = f" Did you mean {meant}?" if meant else ""
        yield f"{name} is new in this project; known are: {', '.join(known)}.{asked}"
    if not chosen and name not in having and having - {*RESERVED_NAMES}:
        yield f"Nobody has given {name} an article yet, so all of them go."


def handed_out(read: Reader) -> dict[str, str]:
    """When something was last handed out to each person, by name: ISO 8601, UTC."""
    found: dict[str, str] = {}
    for each in read.settings():
        if each.key.startswith(HANDED):
            told = json.loads(each.value)
            name, time = str(told["to"]), str(told["time"])
            found[name] = max(time, found.get(name, ""))
    return found


def _chosen(read: Reader, name: str, documents: Sequence[str]) -> dict[str, None]:
    """The ids of the articles that are handed out, in their order."""
    for id_ in documents:
        if read.document(id_) is None:
            raise UserError(f"The project has no article with the id {id_}.")
    theirs = (document for document, annotator, _ in read.holders() if annotator == name)
    found = dict.fromkeys(documents or theirs) or dict.fromkeys(
        each.id for each in read.documents()
    )
    if not found:
        raise UserError("There is no article to hand out.")
    return found


def _assignment(project: Project, name: str, chosen: Collection[str], handoff: str) -> Edit:
    """The person has these articles, and the hand-off is noted."""
    read, number = project.read, project.tagset.version
    has = {document for document, annotator, _ in read.holders() if annotator == name}
    layers = [Layer.of(each, name, tagset=number) for each in chosen if each not in has]
    people = [] if read.annotator(name) else [Annotator(name)]
    told = {"to": name, "articles": len(chosen), "time": datetime.now(UTC).isoformat()}
    note = Setting(HANDED + handoff, json.dumps(told, ensure_ascii=False))
    return Edit(f"hand out to {name}", inserted([note, *people, *layers]))


def _write(read: Reader, path: Path, name: str, chosen: Collection[str], handoff: str) -> Job[int]:
    """Write the file; how many annotations of the person are in it."""
    layers = [
        each.id
        for each in read.layers()
        if each.annotator == name and each.role == "annotator" and each.document in chosen
    ]
    annotations = sum(sum(read.label_counts(each).values()) for each in layers)
    total = len(chosen) + len(layers) + annotations
    first = next(read.tagsets()).toml
    with Project.create(path, who=name, tagset=first) as fresh:
        records = _records(read, name, chosen, layers)
        for done in fresh.take_over(read, records, handoff=handoff):
            yield Progress(min(done, total), total, f"For {name}")
        with fresh.bring_in(f"hand-off to {name}", nobodys=True) as intake:
            intake.add(inserted([Setting("annotator", name), Setting("handoff", handoff)]))
    return annotations


def _records(
    read: Reader, name: str, chosen: Collection[str], layers: Sequence[str]
) -> Iterator[tuple[str, Sequence[str]]]:
    """Kind and ids of all that goes, parents before children."""
    keys = [each.key for each in read.settings() if _goes(each, name)]
    yield "setting", keys
    yield "tagset", [each.id for each in read.tagsets()]
    yield "annotator", [name]
    yield "entity", [each.id for each in read.entities()]
    yield "document", list(chosen)
    yield "first_pass", layers
    yield "layer", layers
    # All of a kind at once, because that is written in the fewest steps.
    yield "annotation", [each.id for one in layers for each in read.annotations(layer=one)]
    yield "relation", [each.id for one in layers for each in read.relations(layer=one)]
    yield "work", layers


def _goes(setting: Setting, name: str) -> bool:
    """Whether a fact about the project is for this annotator too."""
    if setting.key.startswith(BACKGROUND):
        return setting.key == BACKGROUND + name
    if setting.key.startswith(RENAMED):
        return setting.value == name
    return not is_own(setting.key) and setting.key not in _TEAM
