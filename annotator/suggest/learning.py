"""Learns from annotated articles what to propose: one sequence model a label, so they may overlap.

Linear-chain conditional random fields (Lafferty, McCallum, Pereira 2001) by CRFsuite, which comes
with the extra `learn`. A model tags each token as the beginning, the inside or the outside of a
span; the confidence of a span is the mean marginal probability of its tokens' tags. What the rules
propose is a feature as others are: so the model learns where to believe them.
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Protocol, cast

from annotator.core.errors import UserError
from annotator.core.model import Annotation, Document
from annotator.core.span import Span
from annotator.core.tagset import Tagset
from annotator.core.tokens import sentence_firsts, tokens_of
from annotator.suggest.casualties import values_of
from annotator.suggest.lexicon import Lexicon, lexicon_of, signs_of
from annotator.suggest.numbers import read_count
from annotator.suggest.proposing import Known, Proposal, Suggester
from annotator.suggest.registry import OWN

NAME = "learned"
_BEGINS, _GOES_ON, _OUTSIDE = "B", "I", "O"
_SETTINGS = {"c1": 0.7, "c2": 0.01, "max_iterations": 40, "feature.minfreq": 2}
"""Of CRFsuite's L-BFGS: regularisation, steps, and how often a feature must have been seen."""
_SURE = 0.6
"""The least confidence of what is proposed; as the settings by cross-validation (bench_suggest)."""
_NEAR = (-2, -1, 1, 2)
_WORDS = 20_000
"""Words whose meaning is remembered."""
Example = tuple[Document, Sequence[Annotation]]
"""An article with the work on it that is learned from."""


class _Tagger(Protocol):
    """As much of pycrfsuite.Tagger as is used here; the library has no types."""

    def open_inmemory(self, model: bytes) -> object: ...
    def tag(self, items: Sequence[Sequence[str]]) -> list[str]: ...
    def marginal(self, tag: str, at: int) -> float: ...


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence as a model sees it: the span and the features of each token."""

    spans: tuple[Span, ...]
    features: tuple[tuple[str, ...], ...]


class NothingToLearnError(UserError):
    """There is nothing that could be learned from."""


def learn(examples: Iterable[Example], tagset: Tagset) -> Suggester:
    """A suggester that proposes what is like these examples, in other articles than these.

    `tagset` is what the rules propose by. Raises NothingToLearnError where there are no examples,
    UserError where the library isn't installed.
    """
    crf = _library()
    sentences: list[tuple[_Sentence, list[Annotation]]] = []
    labels: dict[str, None] = {}
    seen: set[str] = set()
    for document, annotations in examples:
        seen.add(document.id)
        labels |= dict.fromkeys(each.label for each in annotations)
        found = list(annotations)
        sentences += [(each, _within(each, found)) for each in _sentences(document, tagset)]
    if not labels:
        raise NothingToLearnError("There is nothing to learn from: set articles to done first.")
    models = {label: _model(crf, label, sentences) for label in labels}

    def propose(document: Document, known: Known) -> Iterator[Proposal]:
        taggers = {
            label: _tagger(crf, model)
            for label, model in models.items()
            if known.tagset.label(label)
        }
        for sentence in _sentences(document, tagset) if document.id not in seen else ():
            for label, tagger in taggers.items():
                for span, confidence in _spans(sentence, tagger):
                    if confidence >= _SURE:
                        values = _values(known, label, span.of(document.text), document.language)
                        yield Proposal(label, span, values, confidence=round(confidence, 3))

    return Suggester(NAME, "what is like the articles that are done", propose)


def _library() -> ModuleType:
    try:
        import pycrfsuite  # type: ignore[import-untyped]  # noqa: PLC0415 - an extra, and untyped
    except ImportError as error:
        raise UserError(
            "Learning needs pycrfsuite, which is not installed; "
            'install it with: pip install "event-annotator[learn]"'
        ) from error
    return cast(ModuleType, pycrfsuite)


def _model(
    crf: ModuleType, label: str, sentences: Iterable[tuple[_Sentence, Sequence[Annotation]]]
) -> bytes:
    """What is learned of one label."""
    trainer = crf.Trainer(verbose=False)
    trainer.set_params(_SETTINGS)
    for sentence, annotations in sentences:
        spans = [span for each in annotations if each.label == label for span in each.spans]
        trainer.append(sentence.features, _tags(sentence, spans))
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        path = Path(folder) / "model"
        trainer.train(str(path))
        return path.read_bytes()


def _tagger(crf: ModuleType, model: bytes) -> _Tagger:
    tagger = cast(_Tagger, crf.Tagger())
    tagger.open_inmemory(model)
    return tagger


def _within(sentence: _Sentence, annotations: Iterable[Annotation]) -> list[Annotation]:
    """The annotations that lie in a sentence, at least in part."""
    whole = Span(sentence.spans[0].start, sentence.spans[-1].end)
    return [each for each in annotations if each.envelope.overlaps(whole)]


def _tags(sentence: _Sentence, spans: Sequence[Span]) -> list[str]:
    """The tag of each token; of nested spans of one label the outer one counts."""
    tags = [_OUTSIDE] * len(sentence.spans)
    for span in sorted(spans, key=len, reverse=True):
        touched = [at for at, each in enumerate(sentence.spans) if each.overlaps(span)]
        if touched and all(tags[at] == _OUTSIDE for at in touched):
            tags[touched[0]] = _BEGINS
            for at in touched[1:]:
                tags[at] = _GOES_ON
    return tags


def _spans(sentence: _Sentence, tagger: _Tagger) -> Iterator[tuple[Span, float]]:
    """The spans that a model finds in a sentence, and how sure it is of each."""
    tags = tagger.tag(sentence.features)
    starts = [
        at
        for at, tag in enumerate(tags)
        if tag == _BEGINS or (tag == _GOES_ON and (at == 0 or tags[at - 1] == _OUTSIDE))
    ]
    for first in starts:
        end = first + 1
        while end < len(tags) and tags[end] == _GOES_ON:
            end += 1
        sure = [tagger.marginal(tags[at], at) for at in range(first, end)]
        yield Span(sentence.spans[first].start, sentence.spans[end - 1].end), sum(sure) / len(sure)


def _values(known: Known, label: str, words: str, language: str) -> Mapping[str, object]:
    """What the words of a count say of it."""
    owner = known.tagset.label(label)
    count = read_count(words, language) if owner and owner.counts else None
    return values_of(owner, count, count.outcome) if owner and count else {}


def _sentences(document: Document, tagset: Tagset) -> Iterator[_Sentence]:
    """The sentences of an article; none is empty."""
    tokens = tokens_of(document.text)
    firsts = [*sentence_firsts(document.text, tokens), len(tokens)] if len(tokens) else []
    lexicon = lexicon_of(document.language, document.text)
    meant = lru_cache(_WORDS)(lambda word: _meaning(word, lexicon))
    ruled = _ruled(document, tagset)
    for first, end in pairwise(firsts):
        spans = tuple(tokens.span(at, at + 1) for at in range(first, end))
        alone = [_features(each.of(document.text), meant(each.of(document.text))) for each in spans]
        whole = Span(spans[0].start, spans[-1].end)
        near = [each for each in ruled if each[0].overlaps(whole)]
        features = (
            (*_with_near(alone, at), *_by_rules(spans[at], near)) for at in range(len(alone))
        )
        yield _Sentence(spans, tuple(features))


def _ruled(document: Document, tagset: Tagset) -> list[tuple[Span, str]]:
    """What rules propose that know the tag set alone, and not the work that is learned from."""
    known = Known(tagset)
    return [
        (each.span, each.label) for one in OWN.values() for each in one.propose(document, known)
    ]


def _by_rules(token: Span, ruled: Iterable[tuple[Span, str]]) -> Iterator[str]:
    """Which labels rules propose for a token, and whether it is the first or the last of these."""
    for span, label in ruled:
        if token.overlaps(span):
            yield f"r={label}"
            if span.start >= token.start:
                yield f"r[={label}"
            if span.end <= token.end:
                yield f"r]={label}"


def _meaning(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """What a word means in the language's lexicon: its roles, victims, outcome, and cues."""
    signs = list(signs_of(word, lexicon))
    roles = {role for each in signs for role in each.roles}
    told = {each.outcome or each.victims for each in signs} - {""}
    cues = {name for name, words in lexicon.words.items() if word.casefold() in words}
    return tuple(sorted(roles | told | cues))


def _features(word: str, meaning: tuple[str, ...]) -> tuple[str, ...]:
    """What a token is told by."""
    lower = word.lower()
    shape = "".join(
        "X" if sign.isupper() else "x" if sign.isalpha() else "9" if sign.isdecimal() else sign
        for sign in word[:4]
    )
    return (f"w={lower}", f"s={shape}", f"e={lower[-3:]}", *(f"m={each}" for each in meaning))


def _with_near(alone: Sequence[tuple[str, ...]], at: int) -> tuple[str, ...]:
    """A token's features with those of its neighbours, and where the sentence begins and ends."""
    found = list(alone[at])
    for step in _NEAR:
        if 0 <= at + step < len(alone):
            # Of what stands further off the word alone, which is enough and twice as fast.
            near = alone[at + step] if abs(step) == 1 else alone[at + step][:1]
            found += [f"{step}:{each}" for each in near]
        else:
            found.append(f"{step}:none")
    return tuple(found)
