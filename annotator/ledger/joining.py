"""Pages joined to a ledger: what is the same statement, and who answers it."""

from collections import defaultdict
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence

from annotator.core.apart import NONE, Apart
from annotator.core.find import fold
from annotator.core.roles import KINDS
from annotator.core.similar import ALIKE, Index, Signature, signature, similarity
from annotator.ledger.values import Entry, Ledger, Page, Pair, Parties, Statement


def ledger(pages: Iterable[Page], *, alike: float = ALIKE, apart: Apart = NONE) -> Ledger:
    """The ledger of some pages, in whatever order they come.

    A claim or denial that several pages have is one statement: of the same sources, against the
    same, about the same days, and in words whose likeness (similar.py) is at least `alike`, from 0
    to 1. So is a count of the same victims, days, numbers and sources. What is linked as repeated
    is one as well. Of annotations that are kept `apart` none is the same as another, unless links
    say so. Nothing of that is written anywhere.
    """
    pages = sorted(pages, key=_order)
    repeats = [pair for page in pages for pair in page.repeats]
    entries = {kind: [one for page in pages for one in page.entries[kind]] for kind in KINDS}
    claims, denials = (_told(entries[kind], alike) for kind in KINDS[:2])
    counts = _counted(entries["casualty"])
    return Ledger(
        _statements(entries["claim"], _parted(claims, apart), repeats),
        _statements(entries["denial"], _parted(denials, apart), repeats),
        _statements(entries["casualty"], _parted(counts, apart), repeats),
        tuple(sorted(pair for page in pages for pair in page.denies)),
        tuple(sorted({_undirected(pair) for page in pages for pair in page.disputes})),
        {each.source.document: each.source for each in pages},
        sum(each.loose for each in pages),
    )


def _order(page: Page) -> tuple[bool, str, str, str]:
    """By the date of the article, what has none last."""
    source = page.source
    return not source.published, source.published, source.document, page.layer


def keys(parties: Parties) -> tuple[str, ...]:
    """Who they are, whatever the mentions, in an order of its own."""
    return tuple(sorted(each.key for each in parties))


def _undirected(pair: Pair) -> Pair:
    return min(pair), max(pair)


def _words(entry: Entry) -> str:
    return " ".join(fold(entry.text).split())


def _told(entries: Iterable[Entry], alike: float) -> Iterator[list[Entry]]:
    """The claims or denials of the same sources and days, by their words."""
    groups: defaultdict[Hashable, dict[str, list[Entry]]] = defaultdict(dict)
    for each in entries:
        meant = (keys(each.sources), keys(each.against), each.when)
        groups[meant].setdefault(_words(each), []).append(each)
    for by_words in groups.values():
        yield from _near(by_words, alike)


def _near(by_words: Mapping[str, list[Entry]], alike: float) -> Iterator[list[Entry]]:
    """What is said in several ways, those together that are much alike."""
    layers = {each.layer for several in by_words.values() for each in several}
    if len(by_words) == 1 or len(layers) == 1 or alike >= 1:
        yield from by_words.values()
        return
    index = Index()
    firsts: list[tuple[str, Signature]] = []
    found: dict[str, list[Entry]] = {}
    for words in sorted(by_words):
        sketch = signature(words)
        close = []
        for number in index.near(sketch):
            first, other = firsts[number]
            how = similarity(sketch, other)
            if how >= alike:
                close.append((-how, first))
            else:  # a phrase that a source always uses
                index.lead_astray(sketch, number)
        if not close:
            index.add(sketch)
            firsts.append((words, sketch))
        found.setdefault(min(close)[1] if close else words, []).extend(by_words[words])
    yield from found.values()


def _counted(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """The counts that say the same of the same people; what isn't dated, or whose, is apart."""
    groups: defaultdict[Hashable, list[Entry]] = defaultdict(list)
    for each in entries:
        count = each.count
        assert count is not None
        known = each.when and count.whose
        number = known and (count.low is not None or count.high is not None)
        said = (count.account, "" if number else _words(each), "" if known else each.annotation)
        groups[(each.when, keys(count.whose), count.outcome, keys(each.sources), said)].append(each)
    yield from groups.values()


def _parted(same: Iterable[Sequence[Entry]], apart: Apart) -> Iterator[Sequence[Entry]]:
    """What is the same on several pages; of two on one page, or kept apart, each is another one."""
    for several in same:
        taken: dict[str, int] = {}
        groups: list[list[Entry]] = []
        for each in several:
            others = apart.get(each.annotation, ())
            at = taken.get(each.layer, 0)
            while at < len(groups) and others and _has(groups[at], others):
                at += 1
            if at == len(groups):
                groups.append([])
            groups[at].append(each)
            taken[each.layer] = at + 1
        yield from groups


def _has(group: Iterable[Entry], annotations: Container[str]) -> bool:
    return any(each.annotation in annotations for each in group)


def _statements(
    entries: Sequence[Entry], same: Iterable[Sequence[Entry]], repeats: Iterable[Pair]
) -> tuple[Statement, ...]:
    """The entries as statements, each in one of them, in the order of their first places."""
    first = {each.annotation: each.annotation for each in entries}

    def first_of(annotation: str) -> str:
        while first[annotation] != annotation:
            first[annotation] = first[first[annotation]]
            annotation = first[annotation]
        return annotation

    linked = (pair for pair in repeats if pair[0] in first and pair[1] in first)
    alike = ((several[0].annotation, each.annotation) for several in same for each in several[1:])
    for one, other in (*alike, *linked):
        first[first_of(other)] = first_of(one)
    found: dict[str, list[Entry]] = {}
    for each in entries:
        found.setdefault(first_of(each.annotation), []).append(each)
    return tuple(Statement(tuple(several)) for several in found.values())
