"""A REFI-QDA project on its way out: texts at once, the rest when all is known."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import IO, Any, BinaryIO
from zipfile import ZipFile

from annotator.core.article import Article, Work
from annotator.core.model import Annotation, Document, Layer, Relation, TagsetVersion
from annotator.core.tagset import Label, Tagset
from annotator.core.tagset_toml import loads
from annotator.formats import carried
from annotator.formats.base import Head
from annotator.formats.jsonl import line, line_of
from annotator.formats.refi.qde import (
    INTERNAL,
    OWN,
    PROJECT,
    SOURCES,
    SPACE,
    described,
    element,
    entry,
    guid,
)
from annotator.formats.tree import writable

_IN_MEMORY = 8_000_000
_QUOTE = 200
"""Characters of a selection's words that its name has."""


class Draft:
    """A project that is being written; sources, links and what is ours wait in their own files."""

    def __init__(self, stream: BinaryIO, stack: ExitStack) -> None:
        self._zip = stack.enter_context(ZipFile(stream, "w"))
        self._sources, self._links, self._own = (
            stack.enter_context(SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115  (the stack does)
            for _ in range(3)
        )
        self._users: dict[str, str] = {}
        self._tagset = Tagset("")
        self._labels: dict[str, Label] = {}

    def head(self, item: Head) -> None:
        """Keep what comes before the articles; the newest tag set describes the codes."""
        if isinstance(item, TagsetVersion):
            self._tagset = loads(item.toml)
            self._labels.update((each.name, each) for each in self._tagset.labels)
        self._own.write(line_of(item))

    def article(self, article: Article) -> None:
        """Write an article's text, and let its codings wait."""
        document = article.document
        source = guid("source", document.id)
        path = f"{source}.txt"
        self._zip.writestr(entry(f"{SOURCES}{path}"), document.text.encode())
        layers = [
            {**carried.of_layer(work.layer), "user": self._user(work.layer)}
            for work in article.works
        ]
        self._keep(source, {**carried.of_article(article), "layers": layers})
        selections = [each for work in article.works for each in self._selections(document, work)]
        named = {"guid": source, "name": document.title, "plainTextPath": f"{INTERNAL}{path}"}
        text = element("TextSource", named, described(document.note), *selections)
        self._sources.write(text.encode())
        for work in article.works:
            self._links.writelines(self._link(work.layer, each).encode() for each in work.relations)

    def _keep(self, id_: str, own: dict[str, Any]) -> None:
        self._own.write(line({"record": "own", "guid": id_, **own}))

    def _user(self, layer: Layer) -> str:
        """The guid of the user who stands for an annotator in this role and round."""
        found = guid("user", layer.annotator, layer.role, layer.round)
        role = "" if layer.role in ("annotator", layer.annotator) else f" ({layer.role})"
        round_ = f" (round {layer.round})" if layer.round > 1 else ""
        self._users[found] = f"{layer.annotator}{role}{round_}"
        return found

    def _selections(self, document: Document, work: Work) -> Iterator[str]:
        user = self._user(work.layer)
        for each in work.annotations:
            ids = _selection_ids(work.layer, each)
            own = carried.of_annotation(each) | ({"parts": ids} if len(ids) > 1 else {})
            if writable(each.note):  # it stands as the description
                own.pop("note", None)
            self._keep(ids[0], own)
            self._labels.setdefault(each.label, Label(each.label, color=""))
            for id_, span in zip(ids, each.spans, strict=True):
                words = span.of(document.text)
                ends = {"startPosition": str(span.start), "endPosition": str(span.end)}
                name = words if len(words) <= _QUOTE else f"{words[:_QUOTE]}…"
                yield element(
                    "PlainTextSelection",
                    {"guid": id_, "name": name, **ends, "creatingUser": user},
                    described(each.note if id_ == ids[0] else ""),
                    element(
                        "Coding",
                        {"guid": guid("coding", id_), "creatingUser": user},
                        element("CodeRef", {"targetGUID": guid("code", each.label)}),
                    ),
                )

    def _link(self, layer: Layer, each: Relation) -> str:
        id_ = guid("link", layer.id, each.id)
        type_ = {} if writable(each.type) else {"type": each.type}
        self._keep(id_, {**carried.of_relation(each), **type_})
        known = self._tagset.relation(each.type)
        ends = (guid("selection", layer.id, end, 0) for end in (each.source, each.target))
        source, target = ends
        named = {"guid": id_, "name": each.type, "originGUID": source, "targetGUID": target}
        both = known is not None and known.symmetric
        return element("Link", {**named, "direction": "Bidirectional" if both else "OneWay"})

    def finish(self) -> None:
        """Write what waits."""
        for label in self._labels.values():
            if not writable(label.name):
                self._keep(guid("code", label.name), {"label": label.name})
        users = [element("User", {"guid": id_, "name": name}) for id_, name in self._users.items()]
        codes = [code(each) for each in self._labels.values()]
        with self._zip.open(entry(PROJECT), "w", force_zip64=True) as file:
            file.write(
                b'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n'
                b'<Project xmlns="%s" name="Annotator" origin="Annotator">\n' % SPACE.encode()
            )
            _part(file, "Users", "".join(users))
            _part(file, "CodeBook", element("Codes", {}, *codes) if codes else "")
            for tag, waiting in (("Sources", self._sources), ("Links", self._links)):
                if waiting.tell():
                    file.write(f"<{tag}>\n".encode())
                    _poured(waiting, file)
                    file.write(f"</{tag}>\n".encode())
            file.write(b"</Project>\n")
        with self._zip.open(entry(OWN), "w", force_zip64=True) as file:
            _poured(self._own, file)


def _selection_ids(layer: Layer, each: Annotation) -> list[str]:
    return [guid("selection", layer.id, each.id, number) for number in range(len(each.spans))]


def code(label: Label) -> str:
    """The code that stands for a label."""
    named = {"guid": guid("code", label.name), "name": label.name or "-", "isCodable": "true"}
    return element("Code", {**named, "color": label.color}, described(label.guideline))


def _part(file: IO[bytes], tag: str, inside: str) -> None:
    if inside:
        file.write(element(tag, {}, inside).encode())


def _poured(waiting: IO[bytes], file: IO[bytes]) -> None:
    waiting.seek(0)
    shutil.copyfileobj(waiting, file)
