"""The article view against a plain widget with the same text and room: prints a table and JSON.

python tests/benchmarks/bench_article.py [--rounds 7] [--kilobytes 1000] [--spans 20000]
"""

import argparse
import functools
import json
import os
import random
import statistics
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QTextBlock, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextDocumentLayout, QPlainTextEdit
from shiboken6 import isValid

from annotator.core.model import Annotation
from annotator.core.reading import Reading, reading_layout
from annotator.core.span import Span
from annotator.ui.article.look import ArticleLook, plain_look
from annotator.ui.article.view import ArticleView
from annotator.ui.theme import load_fonts

SEED = Path(__file__).parents[2] / "seeds" / "000_fd73173760f4400c.txt"
LABELS = ("claim", "denial", "casualty", "actor")
BUDGETS = {"first paint": 1.2, "switch to a seen one": 2.0, "scroll a page": 2.0, "resize": 1.5}
"""Ratios. The budget of a patch counts the durable commit, too, which isn't made here."""
ABOVE, BELOW = 8, 6


class FloorLayout(QPlainTextDocumentLayout):
    """Moves lines apart and does nothing else."""

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        rect, layout = super().blockBoundingRect(block), block.layout()
        if layout.lineCount() and layout.lineAt(0).y() < ABOVE:
            for number in range(layout.lineCount()):
                line = layout.lineAt(number)
                y = line.y() + ABOVE + number * (ABOVE + BELOW)
                line.setPosition(QPointF(line.x(), y))
            rect = super().blockBoundingRect(block)
        if layout.lineCount():
            rect.setHeight(rect.height() + BELOW)
        return rect


class Floor(QPlainTextEdit):
    """What can't be avoided: the stock widget with the text and no spans."""

    def __init__(self, look: ArticleLook) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFont(look.font)

    def load(self, text: str) -> None:
        document = QTextDocument(self)
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(self.font())
        self.roomy = FloorLayout(document)
        document.setDocumentLayout(self.roomy)
        document.setPlainText(text)
        old = self.document()
        self.setDocument(document)
        if isValid(old):
            old.deleteLater()


def corpus(kilobytes: int, count: int) -> tuple[Reading, list[Annotation]]:
    """A text of this size and `count` annotations of it, a third of which overlap another."""
    seed = SEED.read_text("utf-8")
    text = "\n\n".join([seed] * (kilobytes * 1000 // len(seed) + 1))[: kilobytes * 1000]
    dice = random.Random(1)
    annotations = []
    step = len(text) // count
    for number in range(count):
        start = number * step + dice.randrange(max(1, step // 3))
        length = step * 2 if number % 3 == 0 else max(2, step // 2)
        span = Span(start, min(len(text), start + length))
        annotations.append(Annotation(f"a{number:06}", "l", (span,), LABELS[number % 4]))
    return reading_layout(text), annotations


class Bench:
    """Runs each piece of work on both widgets in turn."""

    def __init__(self, app: QApplication, reading: Reading, annotations: list[Annotation]) -> None:
        self.app, self.reading, self.annotations = app, reading, annotations
        look = plain_look(app.palette(), app.font())
        font = look.font
        font.setFamilies(["Noto Serif"])
        font.setPixelSize(18)
        self.floor, self.view = Floor(look), ArticleView()
        self.view.set_look(look)
        for widget in (self.floor, self.view):
            widget.resize(900, 860)
            widget.show()
        app.processEvents()
        self.seen = [(reading, annotations), corpus(len(reading.text) // 1000, 5_000)]
        self.times: dict[str, tuple[list[float], list[float]]] = {}

    def measure(self, name: str, floor: Callable[[], object], view: Callable[[], object]) -> None:
        """One run of each, until everything is painted."""
        for work, times in zip((floor, view), self.times.setdefault(name, ([], [])), strict=True):
            began = perf_counter()
            work()
            if (
                name != "first paint"
            ):  # which repaints by itself; what goes on behind it isn't meant
                self.app.processEvents()
            times.append((perf_counter() - began) * 1000)
            self.app.processEvents()

    def round(self, number: int) -> None:
        """Everything once."""
        self.measure(
            "first paint",
            self._first_frame_of_floor,
            self._first_frame,
        )
        while not self.view._index.complete:
            self.app.processEvents()
        bars = self.floor.verticalScrollBar(), self.view.verticalScrollBar()
        for step in range(10):
            value = 500 * number + 100 * step
            for bar in bars:
                bar.setValue(value)
            self.app.processEvents()
            self._one_span(step)
            self.measure(
                "scroll a page",
                lambda: bars[0].setValue(bars[0].value() + bars[0].pageStep()),
                lambda: bars[1].setValue(bars[1].value() + bars[1].pageStep()),
            )
        for width in (880, 900, 890, 900):
            self.measure(
                "resize",
                functools.partial(self.floor.resize, width, 860),
                functools.partial(self.view.resize, width, 860),
            )
        for _ in range(4):
            self.seen.reverse()
            self.measure("switch to a seen one", self.view.viewport().repaint, self._switch)

    def _first_frame_of_floor(self) -> None:
        self.floor.load(self.reading.shown)
        self.floor.viewport().repaint()

    def _first_frame(self) -> None:
        self.view.show_article(self.reading, self.annotations)
        self.view.viewport().repaint()

    def _switch(self) -> None:
        """Show the other of two articles; only the first time is it laid out."""
        reading, annotations = self.seen[0]
        self.view.show_article(reading, annotations, annotations)
        self.view.viewport().repaint()

    def _key_on_floor(self) -> None:
        """Shift+Down where the page is."""
        QTest.keyClick(self.floor, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)

    def _one_span(self, step: int) -> None:
        """Add an annotation in the middle of the page, focus it, take it away again."""
        assert self.view._leaf is not None
        start = self.view._leaf.start_of(self.view.firstVisibleBlock().blockNumber() + 3)
        cursor = self.floor.textCursor()
        cursor.setPosition(self.floor.firstVisibleBlock().next().position())
        self.floor.setTextCursor(cursor)
        self.app.processEvents()
        new = Annotation(f"b{step}", "l", (Span(start + 5, start + 60),), "claim")
        key = self._key_on_floor
        self.measure(
            "patch",
            key,
            lambda: self.view.patch((), (new,)),
        )
        self.measure(
            "focus",
            key,
            lambda: self.view.set_focused(new.id),
        )
        self.view.patch((new.id,), ())
        self.app.processEvents()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--kilobytes", type=int, default=1000)
    parser.add_argument("--spans", type=int, default=20_000)
    options = parser.parse_args()
    app = QApplication([])
    load_fonts()
    bench = Bench(app, *corpus(options.kilobytes, options.spans))
    for number in range(options.rounds):
        bench.round(number)
    results = {}
    print(f"{'work':20} {'floor ms':>9} {'view ms':>9} {'worst':>7} {'ratio':>6} {'budget':>7}")
    for name, (floor, view) in bench.times.items():
        low, mine = statistics.median(floor), statistics.median(view)
        ratio = mine / low
        results[name] = {"floor": low, "view": mine, "worst": max(view), "ratio": ratio}
        times = f"{low:9.2f} {mine:9.2f} {max(view):7.2f}"
        print(f"{name:20} {times} {ratio:6.2f} {BUDGETS.get(name, ''):>7}")
    print(json.dumps(results))


if __name__ == "__main__":
    main()
