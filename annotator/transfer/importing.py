"""The import: sources into a project, in one transaction under one edit."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from annotator.core.errors import UserError
from annotator.core.text import counted
from annotator.formats.base import NO_OPTIONS, Format, Found, Options, Problem, Reading, Source
from annotator.project import Project
from annotator.transfer.attaching import Texts, parted
from annotator.transfer.incoming import Imported, Incoming
from annotator.transfer.renaming import AS_NAMED, Renamer, Renaming
from annotator.transfer.report import ImportReport, Job, Progress
from annotator.transfer.sources import format_of, named
from annotator.transfer.wishes import Way

_EVERY = 100
_SMALL = 1_000_000


def import_sources(
    project: Project,
    sources: Sequence[Source],
    *,
    given: Imported | None = None,
    format_: str = "",
    options: Options = NO_OPTIONS,
    ways: Mapping[str, Way] = {},
    renaming: Renaming = AS_NAMED,
    strict: bool = False,
    nobodys: bool = False,
    attach: bool = False,
) -> Job[ImportReport]:
    """Bring articles and annotated corpora in; all of it is one edit, or nothing of it is.

    Records and files that can't be taken stay out and are named in the report; `strict` refuses
    all for one of them, or for a label that the tag set lacks. `options` are those of the format
    that each source has, as far as it has them; `ways` say otherwise for the sources of these
    names. Items come in as `renaming` calls what is in them. `nobodys` as in Project.bring_in.
    With `attach`, articles without texts are joined to texts that the project has, or that sources
    of articles alone have, which are not imported for themselves then.
    Until the job ends, the project takes no other edit: run it on a Project of its own. Raises
    UserError when nothing could be taken at all.
    """
    if format_:
        named(format_, reads=True)
    name = sources[0].name if len(sources) == 1 else counted(len(sources), "file")
    # From several files, not of them: some may have nothing that can be taken.
    edit = f"import {'from ' if len(sources) > 1 else ''}{Path(name).name}"
    with project.bring_in(edit, nobodys=nobodys) as intake:
        incoming = Incoming(intake, given or Imported(), who=project.who)
        if attach:
            incoming.texts = Texts(incoming.batch, options)
            sources = parted(incoming.texts, sources)
        sizes = array("Q", (each.size for each in sources))
        total, done, renamer = sum(sizes), 0, Renamer(renaming)
        for source, size in zip(sources, sizes, strict=True):
            yield Progress(done, total, Path(source.name).name, in_bytes=True)
            at = 0
            way = ways.get(source.name, Way(format_, options))
            found = read_source(source, way.format, way.options, incoming.begin_file)
            for number, each in enumerate(found, 1):
                match each:
                    case Found():
                        incoming.take(replace(each, item=renamer.item(each.item)))
                        at = max(at, each.at)
                    case Problem():
                        incoming.batch.problems.append(each)
                    case _:
                        incoming.batch.notes.append(each)
                if number % _EVERY == 0:
                    yield Progress(done + at, total, Path(source.name).name, in_bytes=True)
            done += size
        incoming.flush()
        incoming.end()
        incoming.batch.notes += renamer.notes()
        report = incoming.report()
        _require_fruit(report, fruitful=incoming.fruitful, strict=strict)
        yield Progress(total, total, name, in_bytes=True)
    return report


def read_source(
    source: Source, format_: str, options: Options, begin: Callable[[Format], object]
) -> Reading:
    """What a source holds; one that can't be read, or trusted as a whole, is a problem.

    `format_` as in format_of; `begin` is told which it is.
    """
    try:
        source = _at_hand(source)
        found = format_of(source, format_)
        begin(found)
        assert found.read is not None
        yield from found.read(source, options)
    except UserError as error:
        yield Problem(source.name, _bare(str(error), source.name))
    except OSError as error:
        yield Problem(source.name, f"it cannot be read: {error.strerror}")


def _at_hand(source: Source) -> Source:
    """A small file in memory, because its format is told by a look before it is read."""
    if source.unpack is not None and source.size <= _SMALL:
        return replace(source, stream=source.unpack())
    if source.path is None:
        return source
    with source.path.open("rb", buffering=0) as file:
        data = file.read(_SMALL + 1)
    return source if len(data) > _SMALL else replace(source, stream=BytesIO(data))


def _bare(sentence: str, name: str) -> str:
    """The sentence as a phrase, without the name of the file, which stands beside it."""
    for start in (name, Path(name).name):
        sentence = sentence.removeprefix(f"{start}: ")
        if sentence.startswith(f"{start} "):
            sentence = f"it{sentence.removeprefix(start)}"
    return sentence.removesuffix(".")


def _require_fruit(report: ImportReport, *, fruitful: bool, strict: bool) -> None:
    if report.problems and (strict or not fruitful):
        first = report.problems[0]
        said = f"{first.where}: {first.what}"
        more = len(report.problems) - 1
        rest = f" (and {counted(more, 'other problem')})" if more else ""
        raise UserError(f"Nothing was imported. {said}{rest}.")
    if report.added and strict:
        raise UserError(f"Nothing was imported. The tag set lacks {', '.join(report.added)}.")
