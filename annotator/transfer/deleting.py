"""The deletion of articles with all work on them, as one edit that undo takes back."""

from collections.abc import Sequence

from annotator.core import verbs
from annotator.core.edits import Edit
from annotator.core.text import counted
from annotator.project import Project
from annotator.store.reader import Reader
from annotator.transfer.report import Job, Progress


def delete_documents(project: Project, documents: Sequence[str]) -> Job[int]:
    """Delete the articles of these ids; what is gone already is passed by. The job tells how many.

    Raises UserError when the file can't be written, and Conflict when somebody changed an article
    meanwhile; then, and when the job is closed, nothing is deleted.
    """
    gone = 0
    with project.bring_in(f"delete {counted(len(documents), 'article')}") as intake:
        for number, document in enumerate(documents):
            edit = _deletion(intake.read, document)
            intake.add(edit.changes)
            gone += bool(edit)
            yield Progress(number + 1, len(documents), "Deleting articles")
    return gone


def _deletion(read: Reader, id_: str) -> Edit:
    document = read.document(id_)
    if document is None:
        return Edit("", ())
    layers = list(read.layers(document=id_))
    return verbs.delete_document(
        document,
        layers,
        (each for layer in layers for each in read.annotations(layer=layer.id)),
        (each for layer in layers for each in read.relations(layer=layer.id)),
        read.decisions(document=id_),
    )
