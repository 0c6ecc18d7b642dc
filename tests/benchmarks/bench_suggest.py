"""How good suggestions are, by rules and learned: recall, precision and F1 with intervals.

python tests/benchmarks/bench_suggest.py [CORPUS...]

A CORPUS is a file or folder of any format that can be read, with layers of people or gold, or the
folder of wikievents, whose killings and injuries name their victims by one word each (no other
outcome is compared there). Without one it is the sample. Of wikievents the articles of
suggest_articles.toml are told apart: `held out` was never looked at while rules were written,
`seen` was. Intervals are bootstraps over articles (1,000 samples, 95 %); one article has none.

Of a corpus of ten articles or more each half is learned from to propose in the other one, of
wikievents the part `seen` to propose in `held out`, and in `seen` itself nine tenths of it for the
last one; `both` are the rules, and what is learned where no rule proposes. How long learning from
50 articles takes is told of wikievents.

A span is found where the shared characters are half of all of both. Right are a casualty with the
outcome, the numbers and the bound that people gave it, and a claim with a source that lies on a
mention of one of its sources.
"""

import argparse
import json
import random
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import cycle, islice
from pathlib import Path
from time import process_time
from typing import Any

from annotator import paths
from annotator.core.article import Work
from annotator.core.clusters import shared
from annotator.core.model import Annotation, Document
from annotator.core.span import Span
from annotator.core.tagset import Tagset
from annotator.core.tagset_toml import loads
from annotator.core.text import canonical, counted, sha256
from annotator.project import Project
from annotator.suggest.learning import learn
from annotator.suggest.proposing import Known, Proposal, Suggester
from annotator.suggest.registry import OWN
from annotator.transfer import finish, import_sources, sources

HALF = 0.5
FIFTY = 50
FOLDS = 10
HALVES = 10
"""Articles of the smallest corpus of which one half is learned from."""
FIGURES = ("recall", "right", "precision", "f1")
GOALS = "casualties right 80 %, claims with right source 50 %, precision over 60 %"
PARTS = Path(__file__).with_name("suggest_articles.toml")


@dataclass
class Tally:
    """What was wanted, found, right and proposed in an article, of one kind."""

    wanted: int = 0
    found: int = 0
    right: int = 0
    proposed: int = 0
    hits: int = 0


@dataclass
class Scores:
    """The tallies of the articles of a set, by kind."""

    kinds: dict[str, list[Tally]] = field(default_factory=dict)

    def add(self, kind: str, tally: Tally) -> None:
        self.kinds.setdefault(kind, []).append(tally)

    def rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        for kind, tallies in self.kinds.items():
            yield (
                kind,
                {
                    "articles": len(tallies),
                    "wanted": sum(each.wanted for each in tallies),
                    "proposed": sum(each.proposed for each in tallies),
                    "recall": ratio(tallies, lambda each: (each.found, each.wanted)),
                    "right": ratio(tallies, lambda each: (each.right, each.wanted)),
                    "precision": ratio(tallies, lambda each: (each.hits, each.proposed)),
                    # Exactly F1 where each span that is found is one proposal's.
                    "f1": ratio(
                        tallies,
                        lambda each: (each.found + each.hits, each.wanted + each.proposed),
                    ),
                },
            )


def ratio(tallies: Sequence[Tally], ends: Callable[[Tally], tuple[int, int]]) -> list[float | None]:
    """A ratio over all articles, and the ends of its interval."""

    def of(chosen: Sequence[Tally]) -> float | None:
        tops, bottoms = zip(*map(ends, chosen), strict=True)
        return sum(tops) / sum(bottoms) if sum(bottoms) else None

    dice = random.Random(1)
    drawn = (of(dice.choices(tallies, k=len(tallies))) for _ in range(1_000))
    samples = sorted(each for each in drawn if each is not None)
    if len(tallies) < 2 or not samples:
        return [of(tallies), None, None]
    return [of(tallies), samples[len(samples) // 40], samples[-1 - len(samples) // 40]]


def near(one: Sequence[Span], other: Sequence[Span]) -> bool:
    common = shared(one, other)
    return common >= HALF * (sum(map(len, one)) + sum(map(len, other)) - common)


Ways = dict[str, Callable[[Document], list[Proposal]]]
"""How proposals come about, by name."""


def ways_of(known: Known, learned: Suggester | None) -> Ways:
    """By rules; where something was learned, also by that alone, and by both."""

    def rules(document: Document) -> list[Proposal]:
        return [one for each in OWN.values() for one in each.propose(document, known)]

    def by_learning(document: Document) -> list[Proposal]:
        return list(learned.propose(document, known)) if learned else []

    def both(document: Document) -> list[Proposal]:
        found = rules(document)
        return found + [
            each
            for each in by_learning(document)
            if not any(one.label == each.label and one.span.overlaps(each.span) for one in found)
        ]

    return (
        {"rules": rules}
        if learned is None
        else {"rules": rules, "learned": by_learning, "both": both}
    )


Example = tuple[Document, Sequence[Annotation]]


def timed(examples: Iterable[Example], tagset: Tagset) -> Suggester:
    """Learn, and say how much of one core's time it took."""
    found = list(examples)
    start = process_time()
    learned = learn(found, tagset)
    length, labels = (
        sum(len(each.text) for each, _ in found),
        {one.label for _, all_ in found for one in all_},
    )
    print(
        f"learned {counted(len(labels), 'label')} from {len(found)} articles of {length:,} "
        f"characters in {process_time() - start:.1f} s of CPU time"
    )
    return learned


# Corpora with layers


def score_article(scores: Scores, document: Document, work: Work, known: Known, ways: Ways) -> None:
    """Compare what is proposed for an article, knowing its tag set alone, with a layer."""
    for way, propose in ways.items():
        proposals = propose(document)
        for label, kind in {**known.roles.kinds, known.actor: "actor"}.items():
            mine = [each for each in work.annotations if each.label == label]
            theirs = [each for each in proposals if each.label == label]
            tally = Tally(len(mine), proposed=len(theirs))
            for each in mine:
                there = [one for one in theirs if near(each.spans, (one.span,))]
                tally.found += bool(there)
                right = (is_right(each, one, kind=kind, work=work, known=known) for one in there)
                tally.right += any(right)
            tally.hits = sum(any(near(each.spans, (one.span,)) for each in mine) for one in theirs)
            scores.add(f"{kind}, {way}", tally)


def is_right(mine: Annotation, proposal: Proposal, *, kind: str, work: Work, known: Known) -> bool:
    if kind == "casualty":
        names = ("outcome", "low", "high", "bound")
        return all(mine.attributes.get(each) == proposal.attributes.get(each) for each in names)
    if kind == "actor":
        return mine.spans == (proposal.span,)
    source = known.link("source")
    by_id = {each.id: each for each in work.annotations}
    linked = [
        by_id[each.target]
        for each in work.relations
        if (each.type, each.source) == (source, mine.id)
    ]
    aims = [each.span for each in proposal.links if each.type == source]
    if not linked:
        return not aims
    naming = known.roles.naming[known.actor]
    wanted = [each.attributes.get(naming) or each.id for each in linked]
    mentions = [
        each
        for each in work.annotations
        if each.label == known.actor and (each.attributes.get(naming) or each.id) in wanted
    ]
    return any(near(each.spans, (aim,)) for each in mentions for aim in aims)


def score_corpus(path: Path) -> dict[str, Scores]:
    """The scores of a corpus of any format, of gold where there is gold."""
    scores = Scores()
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "corpus.db"
        with Project.create(own, who="bench") as project:
            finish(import_sources(project, sources([path], but=own)))
            read, known = project.read, Known(project.tagset)
            layers = [each for each in read.layers() if each.role != "machine"]
            gold = [each for each in layers if each.role == "gold"] or layers
            found = []
            for work in read.works(gold):
                document = read.document(work.layer.document)
                assert document is not None
                found.append((document, work))
            found.sort(key=lambda each: each[0].sha256)
            halves = [found[::2], found[1::2]] if len(found) >= HALVES else [found, []]
            for half, other in (halves, halves[::-1]):
                examples = ((one, work.annotations) for one, work in other)
                learned = timed(examples, project.tagset) if half and other else None
                for document, work in half:
                    score_article(scores, document, work, known, ways_of(known, learned))
    return {path.name: scores}


# wikievents


def score_events(folder: Path, tagset: Tagset) -> dict[str, Scores]:
    """Casualties of wikievents: is the victim's word in one with the right outcome?"""
    parts = tomllib.loads(PARTS.read_text("utf-8"))
    lines = [line for path in folder.rglob("*.jsonl") for line in path.open(encoding="utf-8")]
    records = {
        sha256(each["text"]): each
        for each in map(json.loads, lines)
        if "tokens" in each and "text" in each
    }
    known = Known(tagset)
    seen, held_out = ([records[each] for each in parts[name]] for name in ("seen", "held_out"))
    timed(fifty([*seen, *held_out]), tagset)
    found = {"wikievents, seen, cross-validated": Scores(), "wikievents, held out": Scores()}
    crossed, final = found.values()
    for fold in range(FOLDS):
        rest = [each for at, each in enumerate(seen) if at % FOLDS != fold]
        learned = learn(map(example, rest), tagset)
        score_part(crossed, seen[fold::FOLDS], ways_of(known, learned))
    score_part(final, held_out, ways_of(known, timed(map(example, seen), tagset)))
    return found


def score_part(scores: Scores, records: Iterable[dict[str, Any]], ways: Ways) -> None:
    """Take in how well each way finds the victims of some articles."""
    for record in records:
        for way, propose in ways.items():
            scores.add(f"casualty, {way}", score_victims(record, propose))


def fifty(records: Sequence[dict[str, Any]]) -> list[Example]:
    """So many articles to time learning by; where there are fewer, the first ones come twice.

    Beside the victims all that is told of is tagged, by sort: people, organisations, places.
    """
    chosen = list(islice(cycle(records), FIFTY))
    return [
        (replace(document_of(each), id=str(at)), tagged(each)) for at, each in enumerate(chosen)
    ]


def tagged(record: dict[str, Any]) -> list[Annotation]:
    """The victims of an article, and what else is mentioned there."""
    document, found = example(record)
    places = places_of(record, document.text)
    for each in record["entity_mentions"]:
        ends = places[each["start"]], places[min(each["end"], len(places)) - 1]
        if ends[0] and ends[1] and each["entity_type"] in ("PER", "ORG", "GPE"):
            span = Span(ends[0].start, ends[1].end)
            found.append(Annotation(each["id"], "", (span,), each["entity_type"].lower()))
    return found


def document_of(record: dict[str, Any]) -> Document:
    text = canonical(record["text"]).text
    return Document(record["doc_id"], "", text, sha256(text), language="en")


def example(record: dict[str, Any]) -> tuple[Document, list[Annotation]]:
    """An article with its victims' words as casualties, to learn from."""
    document = document_of(record)
    spans = sorted({span for span, _ in victims_of(record, document.text)})
    return document, [Annotation(str(span.start), "", (span,), "casualty") for span in spans]


def score_victims(record: dict[str, Any], propose: Callable[[Document], list[Proposal]]) -> Tally:
    document = document_of(record)
    proposals = [
        each
        for each in propose(document)
        if each.label == "casualty"
        and each.attributes.get("outcome", "killed") in ("killed", "wounded")
    ]
    victims = set(victims_of(record, document.text))
    tally = Tally(len(victims), proposed=len(proposals))
    for span, outcome in victims:
        there = [each for each in proposals if each.span.covers(span)]
        tally.found += bool(there)
        tally.right += any(each.attributes.get("outcome") == outcome for each in there)
    tally.hits = sum(any(each.span.covers(span) for span, _ in victims) for each in proposals)
    return tally


def places_of(record: dict[str, Any], text: str) -> list[Span | None]:
    """Where the tokens of an article stand in its text."""
    places: list[Span | None] = []
    at = 0
    for token in record["tokens"]:
        start = text.find(token, at)
        places.append(Span(start, start + len(token)) if start >= 0 and token else None)
        at = start + len(token) if start >= 0 else at
    return places


def victims_of(record: dict[str, Any], text: str) -> Iterator[tuple[Span, str]]:
    """The words for victims that are no names and no pronouns, each with what became of them."""
    places = places_of(record, text)
    mentions = {each["id"]: each for each in record["entity_mentions"]}
    for event in record["event_mentions"]:
        kind = event["event_type"].split(".")[1]
        outcome = {"Die": "killed", "Injure": "wounded"}.get(kind)
        for argument in event["arguments"] if outcome else ():
            mention = mentions.get(argument["entity_id"])
            if argument["role"] == "Victim" and mention is not None:
                span = places[mention["end"] - 1] if mention["end"] <= len(places) else None
                words = span.of(text) if span else ""
                if (
                    span
                    and outcome
                    and words[0].islower() | words[0].isdigit()
                    and words not in PRONOUNS
                ):
                    yield span, outcome


PRONOUNS = {
    *("he", "she", "it", "they", "them", "him", "her", "his", "their", "who", "whom", "whose"),
    *("those", "that", "which", "i", "we", "us", "you", "themselves", "himself"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="*", type=Path)
    given = parser.parse_args()
    tagset = loads((paths.resources() / "tagsets" / "default.toml").read_text("utf-8"))
    found: dict[str, Scores] = {}
    for each in given.corpora or [paths.resources() / "sample" / "gold.jsonl"]:
        is_events = each.is_dir() and any(
            "event_mentions" in one.open().readline() for one in each.rglob("*.jsonl")
        )
        found |= score_events(each, tagset) if is_events else score_corpus(each)
    answer: dict[str, Any] = {}
    for name, scores in found.items():
        head = f"{'articles':>9}{'wanted':>8}{'proposed':>9}  "
        print(f"\n{name}\n  {'':<18}{head}{''.join(f'{each:<18}' for each in FIGURES)}")
        for kind, row in scores.rows():
            shown = "  ".join(f"{told(row[each]):<16}" for each in FIGURES)
            print(
                f"  {kind:<18}{row['articles']:>9}{row['wanted']:>8}{row['proposed']:>9}  {shown}"
            )
            answer.setdefault(name, {})[kind] = row
    print(f"\ngoals on the sample: {GOALS}")
    print(json.dumps(answer))


def told(figure: list[float | None]) -> str:
    value, low, high = figure
    if value is None:
        return "-"
    return f"{value:.2f}" if low is None or high is None else f"{value:.2f} ({low:.2f}-{high:.2f})"


if __name__ == "__main__":
    main()
