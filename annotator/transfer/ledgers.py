"""The ledger of a project's layers, read article by article, and written for others to read."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from annotator.core.apart import apart
from annotator.core.model import Document, Layer
from annotator.core.similar import ALIKE
from annotator.core.tagset_toml import loads
from annotator.ledger.filters import Filter, shown
from annotator.ledger.html import page
from annotator.ledger.joining import ledger
from annotator.ledger.pages import Pages
from annotator.ledger.plain import lines
from annotator.ledger.records import table
from annotator.ledger.register import Register
from annotator.ledger.values import Ledger, Page
from annotator.project import Project
from annotator.store.reader import Reader
from annotator.transfer.collecting import uncollected
from annotator.transfer.outgoing import Selection
from annotator.transfer.report import Job, Progress
from annotator.transfer.targets import file_at

_PART = 64


def ledger_of(
    project: Project, *, layer: str = "", documents: Sequence[str] = (), alike: float = ALIKE
) -> Job[Ledger]:
    """The ledger of a layer of some articles, or of all, as the file is now.

    `layer` is a role, an annotator's name or `all`, "" for gold; of rounds the newest counts.
    `alike` as for `ledger`. Raises UserError where there is no such layer or article.
    """
    found: list[Page] = []
    with project.snapshot() as read, uncollected():
        layers, known = layers_of(read, layer, documents), apart(read.settings())
        for page in pages(read, layers):
            if len(found) % _PART == 0:
                yield Progress(len(found), len(layers), "Reading the ledger")
            found.append(page)
        return ledger(found, alike=alike, apart=known)


def layers_of(read: Reader, layer: str = "", documents: Sequence[str] = ()) -> list[Layer]:
    """The layers that a ledger is of, of each annotator the newest round; as for `ledger_of`."""
    selection = Selection.of(read, layer, tuple(documents), layered=True)
    newest: dict[tuple[str, str, str], Layer] = {}
    for each in read.layers():
        if selection.has(each) and (not documents or each.document in documents):
            key = each.document, each.annotator, each.role
            if key not in newest or newest[key].round < each.round:
                newest[key] = each
    return list(newest.values())


def pages(read: Reader, layers: Sequence[Layer], *, at_once: int = _PART) -> Iterator[Page]:
    """The pages of these layers, in this order; so many of them are read at a time."""
    makes = Pages(loads(read.tagset().toml), Register(read.entities(), apart(read.settings())))
    for at in range(0, len(layers), at_once):
        part = layers[at : at + at_once]
        texts = read.values("document", [each.document for each in part])
        for work in read.works(part, unlinked=tuple(makes.roles.naming)):
            document = texts[work.layer.document]
            assert isinstance(document, Document)
            yield makes.page(document, work)


def written(found: Ledger, kind: str, *, own_voice: bool = False) -> Iterator[str]:
    """A ledger as text, piece by piece; what only articles themselves say is left out unless asked.

    `kind` is "table" (plain text), "csv" or "html" (one page that needs nothing else).
    """
    kept = found if own_voice else shown(found, Filter())
    statements = sum(len(each) for each in (found.claims, found.casualties))
    hidden = statements - sum(len(each) for each in (kept.claims, kept.casualties))
    told = f"The articles' own voice is hidden: {hidden:,}." if hidden else ""
    if kind == "csv":
        yield from table(kept)
    elif kind == "html":
        yield from page(kept, hidden=told)
    else:
        yield from (f"{line}\n" for line in lines(kept, hidden=told))


def write(
    found: Ledger,
    kind: str,
    path: Path,
    *,
    own: Path,
    own_voice: bool = False,
    force: bool = False,
) -> None:
    """Write a ledger into a file, whole or not at all; `own` is the project's, which is no target.

    Raises UserError when the file exists (unless `force`) or can't be written.
    """
    with file_at(path, own=own, force=force) as stream:
        for each in written(found, kind, own_voice=own_voice):
            stream.write(each.encode())
