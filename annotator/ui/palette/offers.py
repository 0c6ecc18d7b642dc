"""What the command palette offers, and in which order it fits what is typed."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Literal

from annotator.core.query import parse
from annotator.core.tagset import Tagset
from annotator.ui.actions.action import Action, article_open, span_focused, writable
from annotator.ui.actions.table import ACTIONS

if TYPE_CHECKING:
    from annotator.project import Project
    from annotator.store.shelf import Listing
    from annotator.ui.bench import Bench
    from annotator.ui.gestures.desk import Desk
    from annotator.ui.window import Window

Kind = Literal["command", "article", "label", "link"]
SIGNS: dict[str, tuple[Kind, ...]] = {
    "": ("command", "label", "link", "article"),
    ">": ("command",),
    "@": ("article",),
    "#": ("label", "link"),
}
"""What each sign at the beginning narrows the palette to; "" stands for none."""
ARTICLES = 20
"""Articles offered at most."""
_LOOKED = 500
"""Articles whose titles are compared with what is typed, where no words begin so."""
_WORD = re.compile(r"\w+")
_LEAST = 62
"""Of 100, how like what is typed a text must be, where its words don't begin so."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A row of the palette. `run` does it; it is told whether Shift was held.

    `about` is where it belongs, `key` what does it without the palette, `label` the label whose
    sign it shows.
    """

    kind: Kind
    id: str
    text: str
    run: Callable[[bool], object]
    about: str = ""
    key: str = ""
    enabled: bool = True
    label: str = ""

    @property
    def name(self) -> str:
        """By which it is remembered as used."""
        return f"{self.kind} {self.id}"


def split(typed: str) -> tuple[str, str]:
    """The sign that begins what is typed, "" for none, and the rest."""
    typed = typed.strip()
    sign = typed[:1] if typed[:1] in SIGNS else ""
    return sign, typed[len(sign) :].strip()


def commands(window: "Window") -> Iterator[Offer]:
    """The actions; not those that stand for a row of keys, nor the palette itself."""
    for each in ACTIONS:
        if (each.menu is None and len(each.keys) > 1) or each.id in ("commands", "by name"):
            continue
        yield Offer(
            "command",
            each.id,
            each.text,
            partial(_run, each, window),
            each.menu or "",
            each.keys[0] if each.keys else "",
            each.possible(window),
        )


def labels(window: "Window") -> Iterator[Offer]:
    """The labels, which tag what is selected or focused, and the types of links."""
    if window.bench is None:
        return
    tagset, desk = window.bench.hub.tagset, window.bench.desk
    can = article_open(window) and writable(window)
    for label in tagset.labels:
        yield Offer(
            "label",
            label.name,
            tagset.label_title(label.name),
            partial(_tag, desk, label.name),
            "Label",
            label.key,
            can,
            label.name,
        )
    for relation in tagset.relations:
        yield Offer(
            "link",
            relation.name,
            tagset.relation_title(relation.name),
            partial(_link, desk, relation.name),
            "Link",
            relation.key,
            can and _ends_in(tagset, relation.name, window),
        )


def articles(window: "Window", words: str) -> Iterator[Offer]:
    """The first articles that a search of titles and texts finds."""
    if window.bench is None:
        return
    bench, project = window.bench, window.bench.hub.project
    for each in _found(project, words) or _alike(project, words):
        yield Offer(
            "article",
            each.id,
            each.title,
            partial(_open, bench, each.id),
            each.state,
        )


def _found(project: "Project", words: str, most: int = ARTICLES) -> "list[Listing]":
    """The first articles whose titles or texts have these words, or have words that begin so."""
    numbers = chain.from_iterable(project.read.found(project.who, parse(words)))
    return project.read.listing(project.who, list(islice(numbers, most)))


def _alike(project: "Project", words: str) -> "list[Listing]":
    """Those of the project's first articles whose titles are like what is typed, the best first."""
    found = [(likeness(words, each.title), each) for each in _found(project, "", _LOOKED)]
    fitting = [(score, each) for score, each in found if score]
    best = sorted(fitting, key=lambda row: -row[0])
    return [each for _, each in best[:ARTICLES]]


def _run(action: Action, window: "Window", _shift: object) -> None:
    action.run(window, "")


def _tag(desk: "Desk", label: str, shift: object) -> None:
    desk.tag(label, second=bool(shift))


def _link(desk: "Desk", relation: str, _shift: object) -> None:
    desk.start_link(relation)


def _open(bench: "Bench", document: str, _shift: object) -> None:
    bench.open_document(document)


def ranked(
    offers: Iterable[Offer], words: str, used: Sequence[str], *, placed: str = ""
) -> list[Offer]:
    """The offers that fit what is typed, the best first.

    `placed` is what the same keys type on a Latin keyboard, where that is something else.
    Words that begin as typed come before likenesses, what was used last before the rest; without
    words all is offered, what was used last first.
    """
    known = {name: place for place, name in enumerate(used)}
    if not words:
        return sorted(offers, key=lambda each: known.get(each.name, len(known)))
    found = []
    for each in offers:
        texts = each.text, f"{each.about} {each.text}"
        score = max(likeness(words, *texts), likeness(placed, *texts) if placed else 0)
        if score:
            found.append((-score, known.get(each.name, len(known)), each))
    return [each for _, _, each in sorted(found, key=lambda row: row[:2])]


def likeness(words: str, *texts: str) -> float:
    """How well what is typed fits the best of some texts: 0 not at all; over 100 where words begin.

    Each word typed must begin a word of the text, in any order; else its letters must come in this
    order, or be alike.
    """
    # It is loaded when something is typed.
    from rapidfuzz import fuzz  # noqa: PLC0415

    typed = _WORD.findall(words.casefold())
    best = 0.0
    for loss, text in enumerate(texts):
        folded = text.casefold()
        parts = _WORD.findall(folded)
        if typed and all(any(part.startswith(word) for part in parts) for word in typed):
            first = parts[0].startswith(typed[0])
            best = max(best, 200 + 50 * first - len(text) / 10 - 100 * loss)
        elif len(words) > 2:
            alike = fuzz.WRatio(words.casefold(), folded)
            best = max(best, alike - loss if alike >= _LEAST else 0)
            best = max(best, 110 - len(text) / 10 - loss if in_order("".join(typed), parts) else 0)
    return best


def in_order(letters: str, parts: Sequence[str]) -> bool:
    """Whether these words have the letters in this order, the first one at a word's beginning."""
    for place, part in enumerate(parts):
        if letters and part.startswith(letters[0]):
            rest = iter("".join(parts[place:]))
            return all(letter in rest for letter in letters)
    return False


def _ends_in(tagset: Tagset, relation: str, window: "Window") -> bool:
    """Whether the focused span can be an end of this type of link."""
    if not span_focused(window) or window.bench is None:
        return False
    focused, type_ = window.bench.hub.focused, tagset.relation(relation)
    return (
        focused is not None
        and type_ is not None
        and focused.label in (*type_.sources, *type_.targets)
    )
