"""How many key presses the sample article takes, all spans, links and attributes, by keys alone.

The keys go through the window system (Xvfb and xdotool); what the program draws, letters on words
among it, is read off the window as a person would read it. A process of its own compares the file
with the sample annotator's work afterwards.

Run it with `python -m tests.benchmarks.bench_hands`; `--who` names another annotator of the sample.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from annotator.ui.window import Window

from annotator import sample
from annotator.core.clauses import end_after, steps
from annotator.core.dates import read_days
from annotator.core.model import Annotation, Relation
from annotator.core.span import Span
from annotator.core.words import words_in
from annotator.project import Project
from annotator.ui.gestures.fill import letters
from annotator.ui.gestures.jump import targets
from annotator.ui.gestures.links import hint_letters
from annotator.ui.gestures.modes import LinkMode, Slot
from annotator.ui.gestures.proposals import of_focused
from annotator.ui.panels.offers import offers

WHO = "tester"
Keys = list[str]


@contextmanager
def screen() -> Iterator[str]:
    """A virtual screen of 1440x900, as a DISPLAY."""
    read, write = os.pipe()
    words = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1440x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(words, pass_fds=(write,), stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as pipe:
        number = pipe.readline().strip()
    try:
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()


@dataclass
class Counts:
    """Presses by what they were for, one number each."""

    spans: list[int] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    attributes: list[int] = field(default_factory=list)
    by_attribute: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    other: int = 0

    def attribute(self, name: str, presses: int) -> None:
        """Note what one attribute took."""
        self.attributes.append(presses)
        self.by_attribute[name].append(presses)


class Hands:
    """A person at the keyboard: presses keys, and sees what the window shows."""

    def __init__(self, window: "Window") -> None:
        self.window = window
        assert window.bench is not None
        self.bench = window.bench
        self.view = window.bench.article.view
        self.hub = window.bench.hub
        self.pressed = 0
        self._latest: dict[str, tuple[str, str]] = {}
        """The days typed last, by label."""

    def press(self, keys: Sequence[str]) -> None:
        """Press keys one after the other, and wait until the window has taken them."""
        from PySide6.QtWidgets import QApplication

        if not keys:
            return
        self.pressed += len(keys)
        done = subprocess.Popen(["xdotool", "key", "--delay", "12", *keys])
        while done.poll() is None:
            QApplication.processEvents()
            time.sleep(0.001)
        assert done.returncode == 0
        self.rest()

    def rest(self, seconds: float = 0.06) -> None:
        """Let the window work."""
        from PySide6.QtWidgets import QApplication

        end = time.monotonic() + seconds
        while time.monotonic() < end:
            QApplication.processEvents()
            time.sleep(0.001)

    def type(self, words: str) -> None:
        """Type words."""
        self.press([_KEYSYMS.get(each, each) for each in words])

    # What is on the screen

    def letters(self) -> dict[Span, str]:
        """The words in view and the letters that J puts on them."""
        text, view = self.view.reading.text, self.view
        found = targets(words_in(text, view.visible_span()), view.caret())
        return dict(zip(found, hint_letters(len(found)), strict=False))

    def ways(self, goal: Span) -> list[Keys]:
        """Ways to select a span, the shortest first."""
        hints = self.letters()
        found = [*self._from_caret(goal)]
        for word, hint in hints.items():
            if word.start == goal.start or _inside(word, goal):
                jump = ["j", *hint.lower()]
                found += [[*jump, *rest] for rest in self._onward(word, goal, hints)]
        return sorted(found, key=len)

    def _shown(self, span: Span) -> Span:
        reading = self.view.reading
        start, end = (reading.units.to_code_point(each) for each in reading.span_to_widget(span))
        return Span(start, end)

    def _from_caret(self, goal: Span) -> Iterator[Keys]:
        reading = self.view.reading
        caret = reading.units.to_code_point(self.view.textCursor().position())
        found, shown = steps(reading.shown, caret), self._shown(goal)
        if shown in found:
            yield ["s"] * (found.index(shown) + 1)

    def _onward(self, word: Span, goal: Span, hints: dict[Span, str]) -> Iterator[Keys]:
        """What to press after a word is selected."""
        if word == goal:
            yield []
        text, shown, here = self.view.reading.shown, self._shown(goal), self._shown(word)
        larger = [each for each in steps(text, here.start) if each.covers(here) and each != here]
        if shown in larger:
            yield ["s"] * (larger.index(shown) + 1)
        if word.start != goal.start:
            return
        end: int | None = here.end
        presses = 0
        while end is not None and end < shown.end and presses < 8:
            end = end_after(text, end)
            presses += 1
            if end == shown.end:
                yield ["e"] * presses
        for other, hint in hints.items():
            rest = goal.end - other.end
            if other.start > word.start and 0 <= rest <= 3:
                yield [*(f"shift+{each}" for each in hint.lower()), *["shift+Right"] * rest]

    # What is done

    def select(self, goal: Span) -> None:
        """Select a span in the shortest way that leads there."""
        for _ in range(12):
            ways = self.ways(goal)
            if ways:
                self.press(ways[0])
                assert self.view.selected_span() == goal, (ways[0], self.view.selected_span(), goal)
                return
            self.press(["Next" if goal.start >= self.view.visible_span().start else "Prior"])
        raise AssertionError(f"no way to {goal.of(self.view.reading.text)!r}")

    def tag(self, annotation: Annotation) -> str:
        """Select and tag; the id of what was made."""
        self.select(annotation.spans[0])
        label = self.hub.tagset.label(annotation.label)
        assert label is not None
        self.press([label.key])
        for passage in annotation.spans[1:]:
            self.select(passage)
            self.press(["m"])
        made = self.hub.focused
        assert made is not None
        assert (made.spans, made.label) == (annotation.spans, annotation.label), made
        return made.id

    # Attributes

    def fill(self, annotation: Annotation, counts: Counts) -> None:
        """Give the focused span the attributes of another."""
        wanted = dict(annotation.attributes)
        self._take_proposal(wanted, counts)
        now = self._now()
        missing = {name: each for name, each in wanted.items() if now.get(name) != each}
        if not missing:
            return
        before = self.pressed
        self.press(["f"])
        for name, value in missing.items():
            self._fill_one(name, value, annotation)
            if name == list(missing)[-1]:
                self.press(["Escape"])
            counts.attribute(name, self.pressed - before)
            before = self.pressed
        assert dict(self._now()) == wanted, (self._now(), wanted)

    def _now(self) -> dict[str, Any]:
        assert self.hub.focused is not None
        return dict(self.hub.focused.attributes)

    def _take_proposal(self, wanted: dict[str, Any], counts: Counts) -> None:
        """Take what the words of a count tell, where that is what is wanted."""
        found = of_focused(self.hub)
        if found is None or any(wanted.get(name) != each for name, each in found.values.items()):
            return
        self.press(["y"])
        assert of_focused(self.hub) is None
        for number, name in enumerate(found.values):
            counts.attribute(name, 0 if number else 1)

    def _fill_one(self, name: str, value: Any, annotation: Annotation) -> None:
        label = self.hub.tagset.label(annotation.label)
        attribute = label.attribute(name) if label else None
        assert attribute is not None
        hints = {slot: hint.lower() for hint, slot in letters(label)}
        if attribute.type == "choice":
            self.press([*hints[Slot(name, value)]])
            return
        for one in value if attribute.type == "entity" and isinstance(value, list) else [value]:
            self.press([*hints[Slot(name)]])
            if attribute.type == "entity":
                self._choose(one, self._now().get(name), annotation)
            elif attribute.type == "date":
                days = (value["from"], value["to"])
                if self._latest.get(annotation.label) == days:
                    self.press(["Down"])
                else:
                    self.type(_days(value))
                self._latest[annotation.label] = days
                if value.get("text"):
                    self.press(["Tab"])
                    self.type(value["text"])
                self.press(["Return"])
            else:
                self.type(str(value))
                self.press(["Return"])
            assert self.view.hasFocus(), name

    def _choose(self, entity: str, taken: Any, annotation: Annotation) -> None:
        """Choose an entity of the register by the fewest letters and steps."""
        words = annotation.quote(self.view.reading.text)
        name = self.hub.entities[entity].name
        gone = [taken] if isinstance(taken, str) else list(taken or ())
        ways = []
        for typed in ("", *(name[:size].lower() for size in range(1, 12))):
            found = offers(typed, self.hub.entities, words=words, taken=gone)
            place = next((n for n, each in enumerate(found) if each.id == entity), None)
            if place is not None:
                ways.append((len(typed) + place, typed, place))
        _, typed, place = min(ways)
        self.type(typed)
        self.press(["Down"] * (place + bool(typed)))  # before typing the first one is current
        self.press(["Return"])

    # Links

    def link(self, relation: Relation, ids: dict[str, str], counts: Counts) -> bool:
        """Link the focused span with the other end, if it can be done from here."""
        focused, tagset = self.hub.focused, self.hub.tagset
        type_ = tagset.relation(relation.type)
        assert focused is not None
        assert type_ is not None
        here = ids[relation.source] == focused.id
        if not here and focused.label in type_.sources and not type_.symmetric:
            return False  # it would become the source
        other = self.hub.annotations[ids[relation.target if here else relation.source]]
        before = self.pressed
        self.press([type_.key.lower()])
        mode = self.bench.desk.mode
        assert isinstance(mode, LinkMode), (mode, relation)
        hints = {id_: hint for hint, id_ in mode.hints}
        hint = hints.get(other.id) or next(
            (each for id_, each in hints.items() if self._same(id_, other)), None
        )
        if hint is None:
            self.press(["Escape"])
            counts.other += self.pressed - before
            return False
        number = len(self.hub.relations)
        self.press([*hint.lower()])
        assert len(self.hub.relations) == number + 1
        counts.links.append(self.pressed - before)
        return True

    def flag(self, relation: Relation, ids: dict[str, str], counts: Counts) -> None:
        """Give the focused span's link the flags of another, in the inspector."""
        from PySide6.QtWidgets import QApplication, QCheckBox

        from annotator.ui.panels.links import LinkCard

        if not relation.attributes:
            return
        source, target = ids[relation.source], self.hub.annotations[ids[relation.target]]
        made = next(
            each
            for each in self.hub.relations.values()
            if each.type == relation.type
            and each.source == source
            and (each.target == target.id or self._same(each.target, target))
        )
        for name in relation.attributes:
            before = self.pressed
            self.press(["F6"])
            for _ in range(40):
                check = QApplication.focusWidget()
                card = check
                while card is not None and not isinstance(card, LinkCard):
                    card = card.parentWidget()
                if (
                    isinstance(check, QCheckBox)
                    and card is not None
                    and shown_link(card) == made.id
                ):
                    break
                self.press(["Tab"])
            self.press(["space", "Escape"])
            assert dict(self.hub.relations[made.id].attributes) == dict(relation.attributes)
            assert self.view.hasFocus()
            counts.attribute(name, self.pressed - before)

    def _same(self, id_: str, other: Annotation) -> bool:
        """Whether a span stands for the same entity as another: links mean the entity."""
        entity = other.attributes.get("entity")
        return bool(entity) and self.hub.annotations[id_].attributes.get("entity") == entity

    def go_to(self, id_: str) -> None:
        """Focus a span by going from span to span."""
        order, focused = self.view.ordered(), self.hub.focused
        assert focused is not None
        steps_ = order.index(id_) - order.index(focused.id)
        self.press([("alt+Down" if steps_ > 0 else "alt+Up")] * abs(steps_))
        assert self.hub.focused is not None
        assert self.hub.focused.id == id_


def shown_link(card: Any) -> str:
    """The id of the link that a card of the inspector shows."""
    return card._linked[0].id if card._linked else ""


def _days(value: dict[str, Any]) -> str:
    """The shortest way to type the days of a date."""
    first, last = (date.fromisoformat(value[each]) for each in ("from", "to"))
    month = f"{last:%b}".lower()
    ways = [
        f"{first}",
        f"{first.day} {month} {last.year}",
        f"{first.day}-{last.day} {month} {last.year}",
        f"{first.year}-{last.year}",
        f"{first:%Y-%m}",
        f"{first.year}",
        f"{first} - {last}",
    ]
    return min((each for each in ways if _read(each) == (first, last)), key=len)


def _read(typed: str) -> tuple[date, date] | None:
    try:
        return read_days(typed)
    except ValueError:
        return None


_KEYSYMS = {
    " ": "space",
    "-": "minus",
    ",": "comma",
    ".": "period",
    "'": "apostrophe",
    "–": "endash",
}


def _inside(word: Span, goal: Span) -> bool:
    return goal.start <= word.start and word.end <= goal.end


def work_of(path: Path, who: str) -> tuple[list[Annotation], list[Relation]]:
    """An annotator's spans in reading order, outer ones first, and links."""
    with Project.open(path, who=who) as project:
        (document,) = project.documents()
        layer = project.layer(document.id).id
        annotations = sorted(
            project.annotations(layer=layer), key=lambda a: (a.spans[0].start, -a.envelope.end)
        )
        return annotations, list(project.relations(layer=layer))


def main() -> None:
    """Do the work, print the counts."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--who", default="mira")
    parser.add_argument("--spans-only", action="store_true")
    parser.add_argument("--compare", type=Path, help="a file to compare the work in, and no more")
    options = parser.parse_args()
    if options.compare:
        sys.exit(0 if same_work(options.compare, options.who) else 1)
    with tempfile.TemporaryDirectory() as folder, screen() as display:
        os.environ["DISPLAY"], os.environ["QT_QPA_PLATFORM"] = display, "xcb"
        os.environ["ANNOTATOR_CONFIG"] = f"{folder}/config"
        path = Path(folder) / "sample.db"
        sample.build(path)
        run(path, options.who, attributes=not options.spans_only)


def run(path: Path, who: str, *, attributes: bool) -> None:
    """Open the window, tag, count."""
    from PySide6.QtWidgets import QApplication

    from annotator.settings import Settings
    from annotator.ui.doors import Doors
    from annotator.ui.theme import load_fonts
    from annotator.ui.window import Window

    application = QApplication([])
    application.setStyle("Fusion")
    load_fonts()
    window = Window(Doors.usual(ExitStack()), Settings(theme="light"), None)
    window.resize(1440, 900)
    window.take_project(Project.open(path, who=WHO))
    window.show()
    hands = Hands(window)
    hands.rest(1.0)
    subprocess.run(["xdotool", "windowfocus", "--sync", str(int(window.winId()))], check=True)
    hands.rest(0.5)
    assert hands.view.hasFocus()
    counts = Counts()
    annotations, relations = work_of(path, who)
    made: dict[str, str] = {}
    began = time.perf_counter()
    rest = list(relations)
    for annotation in annotations:
        before = hands.pressed
        made[annotation.id] = hands.tag(annotation)
        counts.spans.append(hands.pressed - before)
        if attributes:
            hands.fill(annotation, counts)
            here = [each for each in rest if annotation.id in (each.source, each.target)]
            for each in here:
                if {each.source, each.target} <= made.keys() and hands.link(each, made, counts):
                    hands.flag(each, made, counts)
                    rest.remove(each)
    for each in rest if attributes else ():
        before = hands.pressed
        hands.go_to(made[each.source])
        counts.other += hands.pressed - before
        assert hands.link(each, made, counts), each
        hands.flag(each, made, counts)
    seconds = time.perf_counter() - began
    show("span, with its selection", counts.spans)
    show("link", counts.links)
    show("attribute", counts.attributes)
    for name, numbers in counts.by_attribute.items():
        show(f"attribute {name}", numbers)
    print(f"{counts.other} presses besides, {hands.pressed} in all, in {seconds:.0f} s")
    medians = {
        "span": statistics.median(counts.spans),
        "link": statistics.median(counts.links or [0]),
        "attribute": statistics.median(counts.attributes or [0]),
    }
    print(json.dumps({"who": who, "presses": hands.pressed, "median": medians}))
    window.close()
    command = [sys.executable, "-m", "tests.benchmarks.bench_hands", "--compare", str(path)]
    subprocess.run([*command, "--who", who], check=attributes)


def same_work(path: Path, who: str) -> bool:
    """Whether what the file has of the two is the same; links are compared by entity."""
    ours, theirs = (described(path, each) for each in (WHO, who))
    for one, other, sign in ((ours, theirs, "+"), (theirs, ours, "-")):
        for kind, texts in one.items():
            for each, count in sorted((Counter(texts) - Counter(other[kind])).items()):
                print(f"{sign} {kind}: {each} ({count})")
    with Project.open(path) as project:
        problems = project.check()
    counts = ", ".join(f"{len(each):,} {kind}" for kind, each in ours.items())
    print(f"the same work: {ours == theirs} ({counts}); problems of the file: {len(problems)}")
    return ours == theirs and not problems


def described(path: Path, who: str) -> dict[str, list[str]]:
    """The spans and links of an annotator, as sorted texts without ids."""
    annotations, relations = work_of(path, who)
    by_id = {each.id: each for each in annotations}

    def end(id_: str) -> Any:
        found = by_id[id_]
        return found.attributes.get("entity") or [found.label, str(found.spans)]

    def link(relation: Relation) -> str:
        ends = [end(relation.source), end(relation.target)]
        ends = sorted(ends, key=str) if relation.type in ("disputes", "repeats") else ends
        return json.dumps([relation.type, *ends, dict(relation.attributes)], sort_keys=True)

    spans = (
        json.dumps([str(each.spans), each.label, dict(each.attributes)], sort_keys=True)
        for each in annotations
    )
    return {"spans": sorted(spans), "links": sorted(map(link, relations))}


def show(noun: str, numbers: list[int]) -> None:
    """Print the median and the spread."""
    if numbers:
        spread = ", ".join(f"{n}: {numbers.count(n)}" for n in sorted(set(numbers)))
        median, mean = statistics.median(numbers), statistics.mean(numbers)
        print(
            f"presses per {noun}: median {median:g}, mean {mean:.2f}, of {len(numbers)} ({spread})"
        )


if __name__ == "__main__":
    main()
