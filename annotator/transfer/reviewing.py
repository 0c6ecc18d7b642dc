"""Articles in review, read one after the other, and what rules take of them in one edit."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace

from annotator.core.apart import apart
from annotator.core.edits import Change, Edit
from annotator.core.errors import UserError
from annotator.core.model import RESERVED_NAMES, Annotation, Layer, Relation
from annotator.core.tagset import Tagset
from annotator.core.text import counted
from annotator.project import Project
from annotator.review import granting, phrases, places, queue
from annotator.review.examples import Gap, gaps
from annotator.review.following import carried
from annotator.review.ground import Ground
from annotator.review.rules import KEY, Rules
from annotator.review.values import Place, Reviewed, Status, Version
from annotator.store.reader import Reader
from annotator.transfer.collecting import uncollected
from annotator.transfer.reading import articles
from annotator.transfer.report import Job, Progress

_EVERY = 16
_BATCH = 2_000
_VERY_MANY = 256
"""Articles from which on helpers are worth their start."""


@dataclass(frozen=True, slots=True)
class ReviewReport:
    """How far a review is: `agreed` is what rules took, or would take where nothing was taken.

    Of these, `links` are places of relations.
    What stands beside it is how it is then: `open` are the conflicts that nobody has decided, those
    put off (`later`) among them, `stale` those to be decided anew; `waiting` are links whose ends
    are pending.
    """

    documents: int = 0
    agreed: int = 0
    open: int = 0
    stale: int = 0
    later: int = 0
    waiting: int = 0
    decided: int = 0
    links: int = 0
    applied: bool = False

    def sentence(self) -> str:
        """How far the review is, in words."""
        taken = "Taken" if self.applied else "Agreed, not taken yet"
        said = (
            f"{counted(self.documents, 'article')} in review. {taken}: {self.agreed:,}. "
            f"Open conflicts: {self.open:,}; to be decided anew: {self.stale:,}."
        )
        if self.waiting:
            said += f" Links that wait until their spans are decided: {self.waiting:,}."
        if self.applied and not self.agreed:
            said += " No gold was made or changed."
        return said

    def as_json(self) -> dict[str, int | bool]:
        """The report as the command line gives it to scripts."""
        return asdict(self)


def rules_of(read: Reader) -> Rules:
    """The rules that the project has for its reviews."""
    return Rules.loads(read.setting(KEY))


def ground_of(read: Reader, tagset: Tagset, rules: Rules | None = None) -> Ground:
    """The ground of a project's reviews; `rules` are its own where none are given.

    Raises UserError where they trust somebody whom the project doesn't know.
    """
    rules = rules or rules_of(read)
    if rules.trusted and read.annotator(rules.trusted) is None:
        people = (each.name for each in read.annotators())
        names = ", ".join(each for each in people if each not in RESERVED_NAMES)
        raise UserError(f'Nobody here is called "{rules.trusted}"; there are: {names}.')
    entities = {each.id: each for each in read.entities()}
    return Ground.of(tagset, entities, rules, apart(read.settings()))


def reviewable(read: Reader, rules: Rules) -> dict[str, list[Layer]]:
    """By article the layers on it, where enough are done that there is something to compare."""
    found: dict[str, list[Layer]] = {}
    for each in read.layers():
        found.setdefault(each.document, []).append(each)
    return {document: layers for document, layers in found.items() if _is_enough(layers, rules)}


def reviewing(read: Reader, ground: Ground) -> Iterator[Reviewed]:
    """The articles in review, one after the other."""
    among = reviewable(read, ground.rules)
    return (places.on(each, ground) for each in articles(read, among))


def count_places(project: Project, rules: Rules | None = None) -> Job[ReviewReport]:
    """How far the review of a project is; nothing is written."""
    with project.snapshot() as read, uncollected():
        ground = ground_of(read, project.tagset, rules)
        among = reviewable(read, ground.rules)
        found = (granting.grants(each, ground, by=project.who) for each in articles(read, among))
        return (yield from _reported(found, len(among), lambda _: None))


def accept_agreed(
    project: Project, rules: Rules | None = None, *, helpers: int = 0
) -> Job[ReviewReport]:
    """Take into gold what rules take, in one transaction and one edit of the current person.

    Very many articles are compared by so many `helpers` (beside.py, which says who may have some).
    """
    who = project.who
    with project.bring_in(granting.NAME) as intake, uncollected():
        ground = ground_of(intake.read, project.tagset, rules)
        among = reviewable(intake.read, ground.rules)
        # Without a log a reader would be in the way of the writer.
        if helpers and len(among) >= _VERY_MANY and not project.file.shared:
            from annotator.transfer.beside import granted_beside  # noqa: PLC0415 - seldom needed

            found = granted_beside(project.path, among, ground, who, helpers=helpers)
        else:
            found = (granting.grants(each, ground, by=who) for each in articles(intake.read, among))
        with closing(found):
            report = yield from _reported(found, len(among), intake.add)
    return replace(report, applied=True)


def _reported(
    granted: Iterable[granting.Granted], count: int, add: Callable[[Sequence[Change]], None]
) -> Job[ReviewReport]:
    """Hand on what rules take of each of so many articles, and count what is left."""
    statuses: Counter[Status] = Counter()
    waiting: list[Change] = []
    agreed = links = 0
    for number, found in enumerate(granted):
        if number % _EVERY == 0:
            yield Progress(number, count, "Comparing annotators")
        agreed += found.taken
        links += found.links
        statuses.update(found.statuses)
        waiting += found.edit.changes
        if len(waiting) >= _BATCH:
            add(_in_blocks(waiting))
            waiting = []
    add(_in_blocks(waiting))
    return ReviewReport(
        *(count, agreed, statuses["open"] + statuses["later"], statuses["stale"]),
        later=statuses["later"],
        waiting=statuses["waiting"],
        decided=statuses["decided"],
        links=links,
    )


def _in_blocks(changes: Sequence[Change]) -> list[Change]:
    """The changes of many decisions, those of a kind together: they are written faster so."""
    return sorted(changes, key=lambda each: (each.kind, each.before is not None))


def find_alike(
    project: Project, reviewed: Reviewed, place: Place, version: Version
) -> Job[list[phrases.Alike]]:
    """The pending places of the corpus that are like one, this among them, for a preview."""
    found: list[phrases.Alike] = []
    with project.snapshot() as read:
        among = reviewable(read, reviewed.ground.rules)
        words = " ".join(queue.words_of(place, reviewed.document.text).split())
        having = {*read.documents_having(words), reviewed.document.id} & among.keys()
        few = {name: layers for name, layers in among.items() if name in having}
        for number, article in enumerate(articles(read, few)):
            if number % _EVERY == 0:
                yield Progress(number, len(few), "Looking for the phrase")
            one = places.on(article, reviewed.ground)
            found += phrases.alike(reviewed, place, version, [one])
    return found


def gaps_of(read: Reader) -> list[Gap]:
    """What reviewers decided where the guideline has a gap, in the whole project."""
    return gaps(read.gap_decisions(), read.last_value)


def with_decisions(read: Reader, edit: Edit) -> Edit:
    """An edit that rewrites annotations for all alike, with the decisions that follow them."""
    layers = {
        each.layer
        for change in edit.changes
        if isinstance(each := change.either, Annotation | Relation)
    }
    known = read.values("layer", list(layers)).values()
    documents = {each.document for each in known if isinstance(each, Layer)}
    decisions = (each for name in documents for each in read.decisions(document=name))
    followed = carried(decisions, edit.changes)
    return Edit(edit.name, (*edit.changes, *followed)) if followed else edit


def _is_enough(layers: Sequence[Layer], rules: Rules) -> bool:
    """Whether an article with these layers has something to compare, or had."""
    done = {each.annotator for each in layers if each.role == "annotator" and each.state == "done"}
    return len(done) >= places.ENOUGH or rules.trusted in done
