"""How far people agree in a project, computed from its layers bit by bit."""

import hashlib
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from annotator.agreement.comparison import HALF, Basis, Comparison
from annotator.agreement.gamma import SAMPLES
from annotator.agreement.measures import Measure, measures
from annotator.agreement.parts import BY
from annotator.agreement.report import Report, Tally, report, tables_of, tally
from annotator.agreement.resampling import DEFAULT, Sampling, is_fast
from annotator.core.apart import apart
from annotator.core.article import Work
from annotator.core.errors import UserError
from annotator.core.model import ROLES, Document, Layer
from annotator.core.steps import Made, Steps
from annotator.core.tagset import Tagset
from annotator.core.tagset_toml import loads
from annotator.project import Project
from annotator.store.reader import Reader
from annotator.transfer.collecting import uncollected
from annotator.transfer.report import Job, Progress

FEW_FOR_GAMMA = 20
"""Up to so many articles of a project gamma is computed without being asked for."""
_WHAT, _DRAWING = "Comparing the articles", "Drawing samples"
_SLOWLY = "without numpy, which takes minutes"
_MANY = 200
"""Articles from which on it is told that samples take long without numpy."""
_WHEN = 13
"""The letters of an id of version 7 that are its time."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which work is compared, and how.

    `layers` are names of annotators, or roles; none: all annotators'. `labels`, `documents` (ids)
    and days (ISO, of publication) narrow it; `round` is one of them, 0 each one's newest. With
    `retest`, an annotator's rounds are compared with each other. First passes are compared, unless
    `present` asks for what is there now. Precision and recall are against `reference`.
    """

    layers: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    round: int = 0
    retest: str = ""
    present: bool = False
    reference: str = ""
    by: tuple[str, ...] = ()
    gamma: bool = False
    threshold: float = HALF
    ordinal: tuple[str, ...] = ()
    sampling: Sampling = DEFAULT
    samples: int = SAMPLES


EVERYBODY = Chosen()


@dataclass(slots=True)
class Cache:
    """The tallies of articles by what was in their layers; only what has changed is counted anew.

    Of parts only those are counted that were not asked for before. Give the same one to several
    reports on a project.
    """

    tallies: dict[str, Tally] = field(default_factory=dict)


def agreement(
    project: Project, chosen: Chosen = EVERYBODY, cache: Cache | None = None
) -> Job[Report]:
    """The report on how far people agree.

    Raises UserError where a layer, label or part is asked for that there isn't.
    """
    with uncollected(), project.snapshot() as read:
        found = yield from agreement_of(read, chosen, cache)
    return found


def agreement_of(
    read: Reader,
    chosen: Chosen = EVERYBODY,
    cache: Cache | None = None,
    *,
    called: Callable[[str], str] = str,
) -> Job[Report]:
    """The same of what a reader sees; `called` gives annotators the names that are shown."""
    _require(read, chosen)
    comparing = _Comparing(read, chosen, called, cache or Cache())
    total = len(chosen.documents) or read.count_documents()
    tallies = []
    for number, document in enumerate(read.documents(ids=chosen.documents)):
        progress = Progress(number, total, _WHAT)
        yield progress
        found = yield from _telling(partial(_same, progress), comparing.tally(number, document))
        if found is not None:
            tallies.append(found)
    steps = report(tallies, comparing.measures, by=chosen.by, sampling=chosen.sampling)
    tables = tables_of(tallies, chosen.by)
    what = _DRAWING if is_fast() or len(tallies) < _MANY else f"{_DRAWING} {_SLOWLY}"
    return (yield from _telling(lambda done: Progress(done, tables, what), steps))


def _same(progress: Progress, _step: None) -> Progress:
    return progress


def _telling(told: Callable[[Any], Progress], steps: Generator[Any, None, Made]) -> Job[Made]:
    """The same work, which tells at each pause how far it is."""
    while True:
        try:
            progress = told(next(steps))
        except StopIteration as end:
            made: Made = end.value
            return made
        yield progress


def comparisons(
    read: Reader, chosen: Chosen = EVERYBODY, *, called: Callable[[str], str] = str
) -> Iterator[Comparison]:
    """The articles as they are compared: whoever has a figure gets the spans behind it of these."""
    _require(read, chosen)
    comparing = _Comparing(read, chosen, called, Cache())
    for document in read.documents(ids=chosen.documents):
        works = comparing.works(document)
        if len(works) > 1:
            yield Comparison.of(document, works, comparing.basis)


def _require(read: Reader, chosen: Chosen) -> None:
    names = {each.annotator for each in read.layers()}
    for name in (*chosen.layers, *filter(None, (chosen.retest, chosen.reference))):
        if name not in names and name not in ROLES:
            known = ", ".join(sorted(names)) or "none"
            raise UserError(f'The project has no layers of "{name}"; it has those of {known}.')
    for id_ in chosen.documents:
        if read.document(id_) is None:
            raise UserError(f"The project has no article with the id {id_}.")
    for what in chosen.by:
        if what not in BY:
            raise UserError(f'Figures can\'t be taken apart by "{what}"; choose {", ".join(BY)}.')
    _require_names(loads(read.tagset().toml), chosen)


def _require_names(tagset: Tagset, chosen: Chosen) -> None:
    for label in chosen.labels:
        if tagset.label(label) is None:
            known = ", ".join(each.name for each in tagset.labels)
            raise UserError(f'The tag set has no label "{label}"; it has {known}.')
    for name in chosen.ordinal:
        owner, _, attribute = name.partition(".")
        found = tagset.label(owner)
        if found is None or found.attribute(attribute) is None:
            raise UserError(f'The tag set has no attribute "{name}"; name it as label.attribute.')


class _Comparing:
    """The comparisons of a project, with what they all need."""

    def __init__(
        self, read: Reader, chosen: Chosen, called: Callable[[str], str], cache: Cache
    ) -> None:
        self._read = read
        self._chosen = chosen
        self._called = called
        self._cache = cache
        toml = read.tagset().toml
        entities = list(read.entities())
        self.basis = Basis.of(
            loads(toml),
            entities,
            threshold=chosen.threshold,
            ordinal=chosen.ordinal,
            apart=apart(read.settings()),
        )
        self.measures = measures(
            self.basis,
            reference=chosen.reference and self._name(chosen.reference),
            samples=chosen.samples,
            seed=chosen.sampling.seed,
        )
        self._counted: Sequence[Measure] = [
            each for each in self.measures if chosen.gamma or not each.slow
        ]
        settings = (
            toml,
            entities,
            self.basis.twins,
            chosen.reference,
            chosen.gamma,
            chosen.threshold,
        )
        self._settings = repr((*settings, chosen.ordinal, chosen.samples, chosen.sampling.seed))

    def tally(self, number: int, document: Document) -> Steps[Tally | None]:
        """What is counted in an article; None where fewer than two have done it."""
        works = self.works(document)
        if len(works) < 2:
            return None
        rounds = self._rounds(document)
        key = self._key(document, [works, *rounds.values()])
        found = self._cache.tallies.get(key)
        lacking = [each for each in self._chosen.by if found is None or each not in found.by]
        if found is None or lacking:
            comparison = Comparison.of(document, works, self.basis)
            again = {
                each: comparison if own == works else Comparison.of(document, own, self.basis)
                for each, own in rounds.items()
            }
            made = yield from tally(comparison, self._counted, by=lacking, rounds=again)
            found = made.beside(found) if found else made
            self._cache.tallies[key] = found
        suggested = any(each.layer.meta.get("suggestions") for each in works.values())
        return replace(found, title=document.title, when=_when(works, number), suggested=suggested)

    def _rounds(self, document: Document) -> dict[str, dict[str, Work]]:
        """The work of each round that two or more have done, where rounds are asked for."""
        if "round" not in self._chosen.by or self._chosen.retest or self._chosen.round:
            return {}
        numbers = sorted({each.round for each in self._read.layers(document=document.id)})
        found = {f"{each}": self.works(document, round_=each) for each in numbers}
        return {each: works for each, works in found.items() if works}

    def works(self, document: Document, *, round_: int = 0) -> dict[str, Work]:
        """The work on an article that is compared, by who did it; `round_` is one, 0 the newest."""
        chosen = replace(self._chosen, round=round_) if round_ else self._chosen
        if (chosen.first and document.published < chosen.first) or (
            chosen.last and document.published > chosen.last
        ):
            return {}
        layers: dict[str, Layer] = {}
        for each in self._read.layers(document=document.id):
            if each.state == "done" and _has(each, chosen):
                name = self._name(each.annotator)
                layers[f"{name}, round {each.round}" if chosen.retest else name] = each
        return {name: self._work(each) for name, each in layers.items()} if len(layers) > 1 else {}

    def _name(self, annotator: str) -> str:
        return annotator if annotator in ROLES else self._called(annotator)

    def _work(self, layer: Layer) -> Work:
        read = self._read.contents if self._chosen.present else self._read.first_pass
        found = read(layer)
        labels = self._chosen.labels
        if not labels:
            return found
        return replace(
            found, annotations=tuple(each for each in found.annotations if each.label in labels)
        )

    def _key(self, document: Document, several: Sequence[Mapping[str, Work]]) -> str:
        """The hash of all that a tally depends on."""
        content = [
            [
                (name, [_content(each) for each in (*work.annotations, *work.relations)])
                for name, work in works.items()
            ]
            for works in several
        ]
        told = repr((self._settings, document.id, document.sha256, content))
        return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def _has(layer: Layer, chosen: Chosen) -> bool:
    """Whether a layer is compared; the newest round comes last, and so counts."""
    if chosen.retest:
        return layer.annotator == chosen.retest and layer.role == "annotator"
    if chosen.round and layer.round != chosen.round:
        return False
    if not chosen.layers:
        return layer.role == "annotator" or layer.annotator == chosen.reference
    return layer.role in chosen.layers or layer.annotator in chosen.layers


def _content(value: object) -> object:
    """A value without what no figure looks at."""
    return replace(value, note="", meta={}) if hasattr(value, "note") else value  # type: ignore[type-var]  # an annotation has one


def _when(works: Mapping[str, Work], number: int) -> str:
    """When the first annotation was made, as its id tells; where none does, the article's number.

    Ids of version 7 begin with their time, so that they sort by it.
    """
    times = [
        each.id[:_WHEN]
        for work in works.values()
        for each in work.annotations
        if each.id[_WHEN + 1 : _WHEN + 2] == "7"
    ]
    return min(times, default=f"{number:08x}-0000")
