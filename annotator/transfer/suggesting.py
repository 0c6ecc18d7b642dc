"""Fills the machine's layer of a project's articles with what suggesters propose."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from annotator.core.edits import Change, change, inserted
from annotator.core.errors import UserError
from annotator.core.ids import inner_id
from annotator.core.model import Annotation, Annotator, Document, Layer, Relation
from annotator.core.span import Span
from annotator.core.suggestions import is_judged, suggestion_id
from annotator.core.tagged import Tagged
from annotator.core.tagset import Tagset
from annotator.core.text import counted
from annotator.project import Project
from annotator.store.reader import Reader
from annotator.suggest.learning import NAME, Example, learn
from annotator.suggest.proposing import Aim, Known, Proposal, Suggester, folded
from annotator.suggest.registry import OWN
from annotator.transfer.report import Job, Progress

_AT_ONCE = 50
"""Proposals between two pauses within a long article."""
_WRITTEN = 1_000
"""Changes that are written between two pauses."""
MACHINE = "machine"
"""The name of the annotator whose layer holds suggestions."""


@dataclass(frozen=True, slots=True)
class SuggestReport:
    """What was suggested: how many by label and by suggester, what is new, and what is gone."""

    documents: int = 0
    labels: Counter[str] = field(default_factory=Counter)
    by: Counter[str] = field(default_factory=Counter)
    new: int = 0
    gone: int = 0

    def plus(self, drafts: dict[str, "_Draft"], changes: Iterable[Change]) -> "SuggestReport":
        """The report with one more article."""
        made = [each.annotation for each in drafts.values()]
        touched = [each for each in changes if each.kind == "annotation"]
        return SuggestReport(
            self.documents + 1,
            self.labels + Counter(each.label for each in made),
            self.by + Counter(each.meta["by"] for each in made),
            self.new + sum(each.before is None for each in touched),
            self.gone + sum(each.after is None for each in touched),
        )

    def sentence(self) -> str:
        """What was suggested, in one sentence."""
        parts = ", ".join(f"{number:,} {name}" for name, number in sorted(self.labels.items()))
        end = f"{self.new:,} of them new, {self.gone:,} earlier ones taken away"
        return f"Suggested {parts or 'nothing'} in {counted(self.documents, 'article')}; {end}."

    def as_json(self) -> dict[str, Any]:
        """The report as the command line gives it to scripts."""
        return {
            "documents": self.documents,
            "labels": dict(sorted(self.labels.items())),
            "by": dict(sorted(self.by.items())),
            "new": self.new,
            "gone": self.gone,
        }


def suggest(
    project: Project,
    suggesters: Sequence[Suggester] = tuple(OWN.values()),
    *,
    documents: Sequence[str] = (),
) -> Job[SuggestReport]:
    """Suggest annotations of these articles, or of all, in the machine's layers; all is one edit.

    What these suggesters proposed before and no longer do goes, unless somebody has accepted or
    rejected it. Raises UserError where there is no such article.
    """
    chosen, report = tuple(dict.fromkeys(documents)), SuggestReport()
    with project.bring_in("suggest") as intake:
        read = intake.read
        for id_ in chosen:
            if read.document(id_) is None:
                raise UserError(f"The project has no article with the id {id_}.")
        known = known_of(read, project.tagset)
        total = len(chosen) or read.count_documents()
        if read.annotator(MACHINE) is None:
            intake.add(inserted([Annotator(MACHINE)]))
        for done, document in enumerate(read.documents(ids=chosen)):
            progress = Progress(done, total, "Suggesting")
            yield progress
            proposed: list[tuple[str, Proposal]] = []
            for suggester in suggesters:
                for each in _proposals(suggester, document, known):
                    proposed.append((suggester.name, each))
                    if len(proposed) % _AT_ONCE == 0:
                        yield progress
            before = _before(read, document, {each.name for each in suggesters})
            drafts = _without_repeats(_drafts(document, known.tagset, proposed), before)
            changes = list(_changes(document, known.tagset, drafts, before))
            for at in range(0, len(changes), _WRITTEN):
                intake.add(changes[at : at + _WRITTEN])
                yield progress
            report = report.plus(drafts, changes)
    return report


def bring(project: Project, by: str, proposals: Mapping[str, Iterable[Proposal]]) -> SuggestReport:
    """Put what a suggester has proposed elsewhere, by article, in the machine's layers.

    Articles that are gone are left out, and labels that the tag set lacks. It is nobody's edit, so
    that undo passes by what nobody asked for just then.
    """
    report = SuggestReport()
    with project.bring_in("suggest", nobodys=True) as intake:
        tagset, read = project.tagset, intake.read
        if read.annotator(MACHINE) is None:
            intake.add(inserted([Annotator(MACHINE)]))
        for document in read.documents(ids=tuple(proposals)) if proposals else ():
            found = ((by, each) for each in proposals[document.id] if tagset.label(each.label))
            before = _before(read, document, {by})
            drafts = _without_repeats(_drafts(document, tagset, found), before)
            changes = list(_changes(document, tagset, drafts, before))
            intake.add(changes)
            report = report.plus(drafts, changes)
    return report


def learned(
    read: Reader, tagset: Tagset, tell: Callable[[Progress], object] = lambda _: None
) -> Suggester:
    """A suggester that has learned from the articles that are done, from gold where there is some.

    `tell` hears how far it is.
    Raises UserError where nothing is done, or what learns isn't installed.
    """
    done = [each for each in read.layers() if each.state == "done" and each.role != "machine"]
    done.sort(key=lambda each: each.role == "gold")
    best = {each.document: each for each in done}
    documents = cast(dict[str, Document], read.values("document", list(best)))
    works = read.works(list(best.values()))

    def examples() -> Iterator[Example]:
        for number, each in enumerate(works):
            tell(Progress(number, len(best), "Reading what is done"))
            yield documents[each.layer.document], each.annotations
        tell(Progress(len(best), len(best), "Learning from it"))

    return learn(examples(), tagset)


def known_of(read: Reader, tagset: Tagset) -> Known:
    """What a project tells suggesters: its register, and whom the words of mentions meant."""
    entities = {each.id: each for each in read.entities()}
    mentions: dict[str, str] = {}
    for label in tagset.labels:
        for words, attributes in read.mentioned(label.name) if label.naming else ():
            value = attributes.get(label.naming)
            ids = value if isinstance(value, list) else [value]
            id_ = ids[0] if len(ids) == 1 and ids[0] in entities else ""
            mentions[folded(words)] = id_ or mentions.get(folded(words), "")
    return Known(tagset, entities, mentions)


def _proposals(suggester: Suggester, document: Document, known: Known) -> Iterator[Proposal]:
    """What a suggester proposes under labels of the tag set; a plug-in that is ill is named.

    Raises UserError where it fails, or proposes what isn't in the text.
    """
    name, whole = suggester.name, Span(0, len(document.text))
    for each in _guarded(suggester, document, known):
        if not all(whole.covers(span) for span in (each.span, *(one.span for one in each.links))):
            raise UserError(f"The suggester “{name}” proposes more than {document.title} holds.")
        if known.tagset.label(each.label):
            yield each


def _guarded(suggester: Suggester, document: Document, known: Known) -> Iterator[Proposal]:
    """What a suggester proposes, one by one as it finds it; what fails in it is the user's news."""
    try:
        yield from suggester.propose(document, known)
    except UserError:
        raise
    except Exception as error:
        name, title = suggester.name, document.title
        raise UserError(f"The suggester “{name}” failed in {title}: {error!r}.") from error


@dataclass(frozen=True, slots=True)
class _Draft:
    """What is to stand in the machine's layer of an article: an annotation, and links from it."""

    annotation: Annotation
    aims: tuple[Aim, ...] = ()


def _drafts(
    document: Document, tagset: Tagset, proposed: Iterable[tuple[str, Proposal]]
) -> dict[str, _Draft]:
    """What suggesters (by name) propose for an article, by id; what several propose is one."""
    layer = _layer(document, tagset)
    found: dict[str, _Draft] = {}
    for by, proposal in proposed:
        _add(found, layer, by, proposal)
        for aim in proposal.links:
            bare = Proposal(aim.label, aim.span, confidence=proposal.confidence)
            _add(found, layer, by, bare)
    return found


def _layer(document: Document, tagset: Tagset) -> Layer:
    return Layer.of(document.id, MACHINE, role="machine", state="done", tagset=tagset.version)


def _add(found: dict[str, _Draft], layer: Layer, by: str, proposal: Proposal) -> None:
    """Take a proposal in; to one that is there it adds what that doesn't say."""
    id_ = suggestion_id(layer.id, proposal.label, (proposal.span,))
    meta = {"by": by, "confidence": proposal.confidence}
    made = Annotation(
        id_, layer.id, (proposal.span,), proposal.label, dict(proposal.attributes), meta=meta
    )
    there = found.get(id_)
    if there is not None:
        first = there.annotation
        made = replace(first, attributes={**made.attributes, **first.attributes})
    aims = (*(there.aims if there else ()), *proposal.links)
    found[id_] = _Draft(made, tuple(dict.fromkeys(aims)))


@dataclass(frozen=True, slots=True)
class _Before:
    """What the machine's layer of an article holds; `ours` is what may change or go."""

    layer: Layer | None
    annotations: dict[str, Annotation]
    ours: frozenset[str]
    links: dict[str, Relation]


def _before(read: Reader, document: Document, names: Collection[str]) -> _Before:
    name = Layer.of(document.id, MACHINE, role="machine").id
    annotations = {each.id: each for each in read.annotations(layer=name)}
    ours = {
        each.id
        for each in annotations.values()
        if each.meta.get("by") in names and not is_judged(each)
    }
    links = {each.id: each for each in read.relations(layer=name)}
    return _Before(read.layer(name), annotations, frozenset(ours), links)


def _without_repeats(drafts: dict[str, _Draft], before: _Before) -> dict[str, _Draft]:
    """`drafts` without what was learned of words that others propose for the same label, too.

    Nor does it come back a little longer or shorter where somebody has judged it.
    """
    known = (*before.annotations.values(), *(each.annotation for each in drafts.values()))
    said = Tagged(each for each in known if each.meta.get("by") != NAME or is_judged(each))
    return {
        id_: draft
        for id_, draft in drafts.items()
        if draft.annotation.meta["by"] != NAME
        or all(each.id == id_ for each, _ in said.overlapping(draft.annotation))
    }


def _changes(
    document: Document, tagset: Tagset, drafts: dict[str, _Draft], before: _Before
) -> Iterator[Change]:
    """What makes of the machine's layer what it should be."""
    if before.layer is None and drafts:
        yield Change(None, _layer(document, tagset))
    links = {each.id: each for draft in drafts.values() for each in _links(draft)}
    gone = before.ours - drafts.keys()
    for each in before.links.values():
        lost = {each.source, each.target} & gone
        if lost or (each.source in before.ours and each.id not in links):
            yield Change(each, None)
    for id_ in sorted(gone):
        yield Change(before.annotations[id_], None)
    for id_, draft in drafts.items():
        if id_ not in before.annotations:
            yield Change(None, draft.annotation)
        elif id_ in before.ours:
            there = before.annotations[id_]
            # Another suggester may have said more of it before.
            more = {**there.attributes, **draft.annotation.attributes}
            yield from change(there, replace(there, attributes=more))
    yield from (Change(None, each) for id_, each in links.items() if id_ not in before.links)


def _links(draft: _Draft) -> Iterator[Relation]:
    """The links from a suggestion; their ids follow from what they are."""
    source = draft.annotation
    for aim in draft.aims:
        target = suggestion_id(source.layer, aim.label, (aim.span,))
        if target != source.id:
            id_ = inner_id(source.layer, f"{aim.type} {source.id} {target}")
            yield Relation(id_, source.layer, aim.type, source.id, target)
