"""Reads sentences for what somebody says, denies or blames others for, and who does."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from annotator.core.clauses import Cut, bare, cuts
from annotator.core.span import Span
from annotator.core.words import trimmed
from annotator.suggest.cue_patterns import QUOTATION, Patterns

SURE, LIKELY, WEAK = 0.8, 0.65, 0.5
"""How sure: a verb with "that"; a quotation or "according to"; a noun, or a verb of blame."""
_SUBJECT = 80
"""Code points of the longest words that are taken for somebody who speaks."""
_QUOTED = 20
"""Code points of the shortest quotation that is taken for what somebody says."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A claim or a denial in a shown text (code points): who says it, of whom, what it denies."""

    span: Span
    speaker: Span | None = None
    accused: Span | None = None
    denies: Span | None = None
    denial: bool = False
    confidence: float = LIKELY
    form: str = "paraphrase"


class SayingReader:
    """Reads sentence after sentence; who spoke last goes on where nobody else is named.

    `actors` are the mentions in the text, in order.
    """

    def __init__(self, text: str, actors: Sequence[Span], patterns: Patterns) -> None:
        self._text = text
        self._every = actors
        self._actors: Sequence[Span] = ()
        self._is = patterns
        self._last: Span | None = None
        self._here: Span | None = None

    def read(self, sentence: Span) -> list[Saying]:
        """What is said in a sentence; a denial comes behind what it denies."""
        rules = (
            *(self._quoted, self._with_that, self._according, self._nouns, self._denied),
            self._accused,
        )
        found: list[Saying] = []
        self._here = None
        ends = (bisect_left(self._every, at, key=_start) for at in _ends(sentence))
        self._actors = self._every[slice(*ends)]
        for rule in rules:
            new = [
                each
                for each in rule(sentence)
                if not any(each.span.overlaps(other.span) for other in found)
            ]
            found += new
        return found or list(self._said(sentence))

    # The rules: each yields what it finds in a sentence

    def _quoted(self, sentence: Span) -> Iterator[Saying]:
        """A quotation in a sentence with a verb of saying outside it."""
        verbs = [each.span() for each in self._is.said.finditer(self._text, *_ends(sentence))]
        for found in QUOTATION.finditer(self._text, *_ends(sentence)):
            start, end = found.span()
            outside = [each for each in verbs if each[0] >= end or each[1] <= start]
            if end - start >= _QUOTED and outside and self._is_speech(start, end, sentence):
                first, last = outside[0]
                speaker = self._before(end if first >= end else sentence.start, first)
                speaker = speaker or self._after(last, sentence.end)
                yield Saying(Span(start, end), self._goes_on(speaker), form="direct")

    def _is_speech(self, start: int, end: int, sentence: Span) -> bool:
        """Whether a quotation is a clause of its own, and no words within another one."""
        before = self._text[sentence.start : start].rstrip()
        return not before or before[-1] in ",:" or self._text[end - 2] in ",.!?…"

    def _with_that(self, sentence: Span) -> Iterator[Saying]:
        """A verb with "that", each clause behind it for itself."""
        for verb in self._is.that.finditer(self._text, *_ends(sentence)):
            named = self._before(sentence.start, verb.start())
            apart = self._text[sentence.start : verb.start()].rstrip().endswith(",")
            # "…, saying that": whoever speaks in the same sentence.
            speaker = self._here if apart and named is None else self._goes_on(named)
            for clause in self._clauses(verb.end(), sentence.end):
                if verb["deny"]:
                    yield Saying(clause, confidence=SURE)
                    whole = Span(verb.start(), clause.end)
                    yield Saying(whole, speaker, denies=clause, denial=True, confidence=SURE)
                else:
                    yield from self._clause(clause, speaker)

    def _clause(self, clause: Span, speaker: Span | None) -> Iterator[Saying]:
        """A clause as a claim; as a denial where it says that something isn't true."""
        untrue = self._is.untrue.search(self._text, *_ends(clause))
        if untrue is None:
            yield Saying(clause, speaker, confidence=SURE)
            return
        message = self._is.message.search(self._text, clause.start, untrue.start())
        denied = bare(self._text, message.end(), untrue.start()) if message else None
        if message is not None and denied is not None:
            whose = self._mention(Span(*message.span("of"))) if message["of"] else None
            yield Saying(denied, whose, confidence=LIKELY)
        yield Saying(clause, speaker, denies=denied, denial=True, confidence=SURE)

    def _according(self, sentence: Span) -> Iterator[Saying]:
        """What stands before or behind "according to …"."""
        front = self._is.according.match(self._text, *_ends(sentence))
        if front is not None:
            speaker = self._teller(Span(*front.span("who")))
            clauses = self._clauses(front.end(), sentence.end)
            yield from (Saying(each, speaker) for each in clauses)
            return
        behind = self._is.behind.search(self._text, *_ends(sentence))
        clause = bare(self._text, sentence.start, behind.start()) if behind else None
        if behind is not None and clause is not None:
            yield Saying(clause, self._teller(Span(*behind.span("who"))))

    def _nouns(self, sentence: Span) -> Iterator[Saying]:
        """A verb with nouns: "reported the death of … and the wounding of …"."""
        for verb in self._is.noun.finditer(self._text, *_ends(sentence)):
            speaker = self._goes_on(self._before(sentence.start, verb.start()))
            for clause in islice(self._clauses(verb.start("event"), sentence.end), 1):
                joints = self._is.joint.finditer(self._text, *_ends(clause))
                ends = [clause.start, *(end for each in joints for end in each.span()), clause.end]
                pieces = map(partial(bare, self._text), ends[::2], ends[1::2])
                yield from (Saying(each, speaker) for each in filter(None, pieces))

    def _denied(self, sentence: Span) -> Iterator[Saying]:
        """A verb of denying with a noun or a gerund: "denied shelling the village"."""
        for verb in self._is.deny.finditer(self._text, *_ends(sentence)):
            for clause in islice(self._clauses(verb.end(), sentence.end), 1):
                speaker = self._goes_on(self._before(sentence.start, verb.start()))
                whole = Span(verb.start(), clause.end)
                yield Saying(whole, speaker, denial=True, confidence=LIKELY)
                break
            else:
                for subject, span in self._verb_last(sentence, Span(*verb.span())):
                    yield Saying(span, self._goes_on(subject), denial=True, confidence=WEAK)

    def _accused(self, sentence: Span) -> Iterator[Saying]:
        """A verb of blame with whom and for what; the verb is all there is of the assertion."""
        passive = self._is.blamed.search(self._text, *_ends(sentence))
        found = passive or self._is.accuse.search(self._text, *_ends(sentence))
        if found is None:
            yield from self._blamed(sentence) if self._is.free else ()
            return
        whom = self._mention(Span(*found.span("whom")))
        for clause in islice(self._clauses(found.end(), sentence.end), 1):
            start = found.start("whom") if passive else found.start()
            speaker = None if passive else self._goes_on(self._before(sentence.start, start))
            span = bare(self._text, start, clause.end)
            yield from (
                Saying(each, speaker, whom, confidence=WEAK) for each in filter(None, [span])
            )

    def _blamed(self, sentence: Span) -> Iterator[Saying]:
        """A verb of blame where no word tells whom from for what: all behind it, or before it."""
        for verb in islice(self._is.accusing.finditer(self._text, *_ends(sentence)), 1):
            for clause in islice(self._clauses(verb.end(), sentence.end), 1):
                speaker = self._goes_on(self._before(sentence.start, verb.start()))
                whom = self._after(verb.end(), clause.end)
                yield Saying(Span(verb.start(), clause.end), speaker, whom, confidence=WEAK)
                break
            else:
                for subject, span in self._verb_last(sentence, Span(*verb.span())):
                    whom = self._after(span.start, span.end)
                    yield Saying(span, self._goes_on(subject), whom, confidence=WEAK)

    def _verb_last(self, sentence: Span, verb: Span) -> Iterator[tuple[Span, Span]]:
        """Whoever begins a sentence that ends with this verb, and all behind them."""
        subject = self._after(sentence.start, verb.start)
        if (
            self._is.free
            and subject
            and not self._is.tail.fullmatch(self._text, subject.end, verb.start)
        ):
            span = bare(self._text, subject.end, verb.end)
            yield from [(subject, span)] if span else []

    def _said(self, sentence: Span) -> Iterator[Saying]:
        """What stands before a comma and "somebody said" at the end of a sentence."""
        for verb in self._is.said.finditer(self._text, *_ends(sentence)):
            comma = self._text.rfind(",", sentence.start, verb.start())
            rest = self._text[verb.end() : sentence.end]
            if comma > sentence.start and len(rest) <= _SUBJECT and "," not in rest:
                speaker = self._before(comma + 1, verb.start())
                speaker = speaker or self._after(verb.end(), sentence.end)
                span = bare(self._text, sentence.start, comma)
                if speaker is not None and span is not None and " " in span.of(self._text):
                    yield Saying(span, self._goes_on(speaker), confidence=WEAK)
                    return

    # Clauses

    def _clauses(self, start: int, end: int) -> Iterator[Span]:
        """What is said from a place on: up to "but" and the like, at ", and" in several clauses."""
        if start >= end:
            return
        found = [*cuts(self._text, Span(start, end)), Cut(end, end)]
        ends = (at for at, each in enumerate(found) if self._is.ending.match(self._text, each.end))
        last = found[next(ends, len(found) - 1)]
        for cut in found[: found.index(last) + 1]:
            joint = self._text[cut.end : cut.start]
            if cut is last or (joint.startswith(",") and len(joint.split()) > 1):
                clause = bare(self._text, start, cut.end) if start < cut.end else None
                start = cut.start
                yield from filter(None, [clause])

    # Who

    def _goes_on(self, speaker: Span | None) -> Span | None:
        """Whoever speaks now, or spoke last."""
        self._here = speaker or self._here
        self._last = speaker or self._last
        return self._last

    def _before(self, start: int, verb: int) -> Span | None:
        """Whoever is named between a place and a verb, as its subject; None for a pronoun."""
        for each in reversed(self._actors):
            inside = start <= each.start and each.end <= verb
            if inside and self._is.tail.fullmatch(self._text, each.end, verb):
                return each
        return self._words(start, verb)

    def _words(self, start: int, verb: int) -> Span | None:
        """The words right before a verb as somebody, where they look like a name or a group."""
        begin = (
            max([start, *(each.start for each in cuts(self._text, Span(start, verb)))])
            if start < verb
            else verb
        )
        lead = self._is.lead.match(self._text, begin, verb)
        begin = lead.end() if lead else begin
        words = self._text[begin:verb].rstrip()
        while (parts := words.rsplit(" ", 1))[1:] and self._is.tail.fullmatch(f" {parts[1]}"):
            words = parts[0]
        named = words[:1].isupper() and len(words) <= _SUBJECT
        if not named or self._is.pronoun.match(words):
            return None
        return Span(begin, begin + len(words))

    def _after(self, verb: int, end: int) -> Span | None:
        """The first who is named behind a verb: "said the minister"."""
        return next((each for each in self._actors if verb <= each.start and each.end <= end), None)

    def _teller(self, words: Span) -> Span | None:
        """Whoever something is told according to; None where it is an agreement or the like."""
        inside = any(words.covers(each) for each in self._actors)
        record = None if inside else self._is.record.search(self._text, *_ends(words))
        return None if record else self._goes_on(self._mention(words))

    def _mention(self, words: Span) -> Span | None:
        """The last actor in some words, else the words."""
        inside = [each for each in self._actors if words.covers(each)]
        return inside[-1] if inside else trimmed(self._text, words)


def _start(span: Span) -> int:
    return span.start


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end
