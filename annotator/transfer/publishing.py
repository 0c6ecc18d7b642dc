"""What is left out of a corpus that others may read: the texts, and who the annotators are.

Both are transformations of what goes out, so that every format has them.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid5

from annotator.core import citation
from annotator.core.article import Article, Work
from annotator.core.ids import named_id
from annotator.core.model import (
    RESERVED_NAMES,
    Annotation,
    Annotator,
    Attributes,
    Decision,
    Document,
    Layer,
    Relation,
    Setting,
)
from annotator.core.people import RENAMED
from annotator.formats.base import KEPT_LINES, Item
from annotator.store.reader import Reader

PATHS = ("file", "path")
"""The keys in an article's `meta` that say where it lay."""
_BYTES = "bytes"
_QUOTE = "quote"
_LONGEST = 50
"""Code points: a longer piece of an article is one of its passages, wherever it stands."""
_NAMESPACE = UUID("6f1c26e2-93c2-5f0e-8a52-1a7c0f7d2b11")


@dataclass(frozen=True, slots=True)
class Publishing:
    """What is left out: the texts with all that is taken from them, and annotators' names.

    Another `seed` gives the same annotators other pseudonyms.
    """

    without_text: bool = False
    pseudonyms: bool = False
    seed: int = 0


ALL = Publishing()
"""Nothing is left out."""


@dataclass(frozen=True, slots=True)
class Published:
    """Items as they may go out."""

    without_text: bool = False
    pseudonyms: "Pseudonyms | None" = None

    @classmethod
    def of(cls, what: Publishing, read: Reader) -> "Published":
        """What leaves these things out of what a project holds."""
        if not what.pseudonyms:
            return cls(what.without_text)
        # Only who has the project knows its id, which goes into no export.
        secret = f"{read.setting('id')}\n{what.seed}"
        return cls(what.without_text, Pseudonyms(read.annotators(), secret))

    def items(self, out: Iterable[Item]) -> Iterator[Item]:
        """The items, each without what is left out."""
        if self.without_text:
            out = (_textless(item) if isinstance(item, Article) else item for item in out)
        return iter(out) if self.pseudonyms is None else self.pseudonyms.items(out)

    def name(self, annotator: str) -> str:
        """What an annotator is called outside."""
        return annotator if self.pseudonyms is None else self.pseudonyms.name(annotator)

    @property
    def key(self) -> Mapping[str, str]:
        """Who is behind the pseudonyms: pseudonym by name."""
        return {} if self.pseudonyms is None else self.pseudonyms.names

    def key_file(self) -> bytes:
        """The same as a file: JSON, name by pseudonym."""
        table = {pseudonym: name for name, pseudonym in self.key.items()}
        return json.dumps(table, indent=2, ensure_ascii=False).encode() + b"\n"


# Without the texts


def _textless(article: Article) -> Article:
    """An article as offsets and hashes; a title that stands in the text goes too."""
    document = article.document
    text = document.text

    def bare(value: Any) -> Any:
        return _bare(value, text)

    kept = {key: value for key, value in document.meta.items() if key != _BYTES}
    title = "" if document.title in text else document.title
    return Article(
        replace(document, text="", title=title, note=bare(document.note), meta=bare(kept)),
        tuple(_textless_work(work, bare) for work in article.works),
        tuple(
            replace(
                each,
                seen=bare(each.seen),
                outcome=bare(each.outcome),
                reason=bare(each.reason),
                comment=bare(each.comment),
            )
            for each in article.decisions
        ),
    )


def _textless_work(work: Work, bare: Callable[[Any], Any]) -> Work:
    meta = {key: value for key, value in work.layer.meta.items() if key != KEPT_LINES}

    def annotation(each: Annotation) -> Annotation:
        attributes = _undated(bare(each.attributes))
        return replace(each, attributes=attributes, note=bare(each.note), meta=bare(each.meta))

    def relation(each: Relation) -> Relation:
        return replace(each, attributes=_undated(bare(each.attributes)))

    return work.mapped(replace(work.layer, meta=bare(meta)), annotation, relation)


def _undated(attributes: Attributes) -> Attributes:
    """Attributes in which dates are days only, without the words that say them."""
    return {key: _wordless(value) for key, value in attributes.items()}


def _wordless(value: Any) -> Any:
    if isinstance(value, list):
        return [_wordless(each) for each in value]
    return {**value, "text": ""} if isinstance(value, Mapping) and "text" in value else value


def _bare(value: Any, text: str) -> Any:
    """A JSON value in which no passage of a text stands by itself."""
    match value:
        case str():
            return "" if len(value) > _LONGEST and value in text else value
        case list():
            return [_bare(each, text) for each in value]
        case Mapping():
            return {key: _bare(each, text) for key, each in value.items() if key != _QUOTE}
        case _:
            return value


# Without names


class Pseudonyms:
    """Other names for annotators, the same for the same `secret`; gold and machine keep theirs.

    Ids that are made of names are made anew, notes lose the names that stand in them, and of an
    article goes where it lay.
    """

    def __init__(self, annotators: Iterable[Annotator], secret: str) -> None:
        people = [each for each in annotators if each.name not in RESERVED_NAMES]
        people.sort(key=lambda each: hashlib.sha256(f"{secret}\n{each.name}".encode()).digest())
        width = len(str(len(people)))
        self.names = {
            each.name: f"annotator-{number:0{width}}" for number, each in enumerate(people, 1)
        }
        """Pseudonym by name."""
        self._names_id = uuid5(_NAMESPACE, secret)
        words = {
            each.display: self.names[each.name] for each in people if each.display
        } | self.names
        spelled = sorted(words, key=len, reverse=True)
        self._words = [words[each] for each in spelled]
        listed = "|".join(f"({re.escape(each)})" for each in spelled)
        self._pattern = re.compile(rf"(?<!\w)(?:{listed})(?!\w)", re.IGNORECASE) if words else None

    def name(self, annotator: str) -> str:
        """The pseudonym of an annotator; "" for one whom nobody knows any more."""
        return annotator if annotator in RESERVED_NAMES else self.names.get(annotator, "")

    def items(self, out: Iterable[Item]) -> Iterator[Item]:
        """The items under pseudonyms, in an order that tells nothing of the names."""
        waiting: list[Annotator] = []
        for item in out:
            if isinstance(item, Annotator):
                waiting.append(Annotator(self.name(item.name), color=item.color))
                continue
            yield from sorted(waiting, key=lambda each: each.name)
            waiting.clear()
            match item:
                case Setting() if item.key.startswith(RENAMED):
                    pass
                case Setting():
                    yield self._setting(item)
                case Article():
                    yield self._article(item)
                case _:
                    yield item
        yield from sorted(waiting, key=lambda each: each.name)

    def _setting(self, setting: Setting) -> Setting:
        """A fact about the project; who is cited as an author of the corpus stays."""
        if setting.key.startswith(citation.PREFIX):
            return setting
        key = setting.key
        if key.startswith(citation.BACKGROUND):
            key = citation.BACKGROUND + self.name(key.removeprefix(citation.BACKGROUND))
        return Setting(key, self._words_of(setting.value))

    def _article(self, article: Article) -> Article:
        layers = {work.layer.id: self._layer(work.layer) for work in article.works}
        ids = {old: layer.id for old, layer in layers.items()}
        works = [self._work(work, layers[work.layer.id], ids) for work in article.works]
        works.sort(key=lambda each: (each.layer.annotator, each.layer.role, each.layer.round))
        decisions = (self._decision(each, ids) for each in article.decisions)
        return Article(self._document(article.document), tuple(works), tuple(decisions))

    def _document(self, document: Document) -> Document:
        meta = {key: value for key, value in document.meta.items() if key not in PATHS}
        return replace(document, note=self._words_of(document.note), meta=self._anew(meta, {}))

    def _layer(self, layer: Layer) -> Layer:
        return Layer.of(
            layer.document,
            self.name(layer.annotator),
            role=layer.role,
            round_=layer.round,
            state=layer.state,
            tagset=layer.tagset,
            meta=self._anew(layer.meta, {}),
        )

    def _work(self, work: Work, layer: Layer, ids: Mapping[str, str]) -> Work:
        return work.mapped(
            layer,
            lambda each: self._annotation(each, layer, ids),
            lambda each: self._relation(each, layer),
        )

    def _annotation(self, each: Annotation, layer: Layer, ids: Mapping[str, str]) -> Annotation:
        return replace(
            each,
            id=self._id(each.id),
            layer=layer.id,
            note=self._words_of(each.note),
            meta=self._anew(each.meta, ids),
        )

    def _relation(self, each: Relation, layer: Layer) -> Relation:
        source, target = self._id(each.source), self._id(each.target)
        return replace(each, id=self._id(each.id), layer=layer.id, source=source, target=target)

    def _decision(self, each: Decision, ids: Mapping[str, str]) -> Decision:
        return replace(
            each,
            seen=self._anew(each.seen, ids),
            outcome=self._anew(each.outcome, ids),
            by=self.name(each.by),
            reason=self._words_of(each.reason),
            comment=self._words_of(each.comment),
        )

    def _id(self, id_: str) -> str:
        """An id; one that was made of a name (UUIDv5), and so can be guessed at, is made anew."""
        return named_id(self._names_id, id_) if id_[14:15] == "5" and len(id_) == 36 else id_

    def _anew(self, value: Any, ids: Mapping[str, str]) -> Any:
        """A JSON value with the pseudonyms, and the ids as they are now."""
        match value:
            case str():
                known = ids.get(value, value)
                return known if known != value else self._words_of(self._id(value))
            case list():
                return [self._anew(each, ids) for each in value]
            case Mapping():
                return {ids.get(key, key): self._anew(each, ids) for key, each in value.items()}
            case _:
                return value

    def _words_of(self, text: str) -> str:
        """Text in which the names, standing as words by themselves, are pseudonyms."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda match: self._words[(match.lastindex or 0) - 1], text)
