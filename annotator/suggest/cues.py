"""Proposes claims and denials, with the nearest actor as their source."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from annotator.core.model import Document
from annotator.suggest.actors import mentions
from annotator.suggest.cue_patterns import patterns_of
from annotator.suggest.proposing import Aim, Known, Proposal, Suggester
from annotator.suggest.sayings import Saying, SayingReader
from annotator.suggest.sheet import Sheet

if TYPE_CHECKING:
    from annotator.core.roles import Link
    from annotator.core.span import Span


def propose(document: Document, known: Known) -> Iterator[Proposal]:
    """What an article says that somebody claims or denies."""
    sheet = Sheet(document)
    words = sheet.lexicon.words
    if not known.label("claim") or not words.get("say"):
        return
    actors = [span for span, _, _ in mentions(sheet, known)]
    reader = SayingReader(sheet.text, actors, patterns_of(words))
    for sentence in sheet.sentences():
        for saying in reader.read(sentence):
            yield from _proposed(sheet, known, saying)


def _proposed(sheet: Sheet, known: Known, saying: Saying) -> Iterator[Proposal]:
    """A saying as the tag set has it."""
    label = known.label("denial" if saying.denial else "claim")
    owner = known.tagset.label(label)
    if owner is None:
        return
    where: dict[Link, tuple[str, Span | None]] = {
        "source": (known.actor, saying.speaker),
        "against": (known.actor, saying.accused),
        "denies": (known.label("claim"), saying.denies),
    }
    aims = []
    for part, (target, place) in where.items():
        type_ = known.tagset.relation(known.link(part))
        if type_ and place and label in type_.sources and target in type_.targets:
            aims.append(Aim(type_.name, target, sheet.source(place)))
    form = owner.attribute("form")
    values = {"form": saying.form} if form and saying.form in form.values else {}
    yield Proposal(label, sheet.source(saying.span), values, tuple(aims), saying.confidence)


CUES = Suggester(
    "cues", "claims and denials: what verbs of saying, denying and blaming tell", propose
)
