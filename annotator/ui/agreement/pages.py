"""The pages of the middle: all figures, figures by part, whose label against whose, and why."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from annotator.agreement.figure import Figure
from annotator.agreement.measures import GROUPS
from annotator.agreement.parts import BY
from annotator.agreement.report import Report
from annotator.core.tagset import Tagset
from annotator.ui.agreement.behind import (
    NOTHING,
    WHOLE,
    of_edge,
    of_figure,
    of_kind,
    of_phrase,
    of_side,
    part_title,
)
from annotator.ui.agreement.heatmap import HeatMap, names_of
from annotator.ui.agreement.plots import Bar, Bars, Drift, Intervals, Point
from annotator.ui.agreement.table import FIGURES, Line, OpenTable, figure_cells
from annotator.ui.drawing.drawing import Drawing
from annotator.ui.drawing.view import DrawingView
from annotator.ui.exchange.fields import fill
from annotator.ui.panels.parts import Combo, plain_label
from annotator.ui.theme import Theme

BY_NAMES = {**BY, "side": "side of the source (missed)"}
_DRIFTS = {"order": "articles in the order of work", "round": "rounds of work"}
"""What stands below a drift, by what it is over."""
_DRAWN = 40
"""Figures that a plot has; the table has all."""
_TOP = 50
_FIRST = "f1_exact"


class Page(QWidget):
    """One of the pages; it shows a report, and opens what is behind a number."""

    title = ""
    opened = Signal(object)
    """The Behind of a number."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.report: Report | None = None
        self.tables: list[OpenTable] = []
        self.view: DrawingView | None = None
        self.column = QVBoxLayout(self)
        self.column.setSpacing(theme.px("pad", "small"))

    def show_report(self, report: Report, tagset: Tagset) -> None:
        """Show this one."""
        raise NotImplementedError

    def set_theme(self, theme: Theme) -> None:
        """Draw in this theme from now on."""
        self.theme = theme
        if self.view is not None:
            self.view.set_theme(theme)

    @property
    def drawing(self) -> Drawing | None:
        """The plot, to be saved; None where there is none."""
        return self.view.drawing if self.view is not None else None

    def cells(self) -> list[Sequence[str | int]]:
        """The tables as a file has them."""
        return [row for each in self.tables for row in each.cells()]

    def line(self) -> Line | None:
        """The line where one is that has a figure."""
        return next((each.current for each in self.tables if each.current), None)

    def add_table(self, columns: Sequence[str], name: str) -> OpenTable:
        """A table in this page."""
        table = OpenTable(columns, name, self.theme, self)
        table.opened.connect(self.opened)
        self.tables.append(table)
        return table

    def add_view(self) -> QScrollArea:
        """A plot in this page, which scrolls where it has no room."""
        view = self.view = DrawingView(self.theme, self)
        view.opened.connect(self.opened)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(view)
        return area

    def take_focus(self) -> None:
        """Take the keyboard."""
        first = self.tables[0] if self.view is None else self.view
        first.setFocus(Qt.FocusReason.OtherFocusReason)


class Figures(Page):
    """All measures, by what they are about."""

    title = "Figures"

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.table = self.add_table(("measure", *FIGURES), "Figures")
        self.table.give_room(len(FIGURES))
        self.says = plain_label(name="dim", wrap=True)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.says)
        self.table.moved.connect(self._on_moved)

    def show_report(self, report: Report, _tagset: Tagset) -> None:
        self.report = report
        lines = []
        for group in GROUPS:
            named = [each for each in report.measures.values() if each.group == group]
            if named:
                lines.append(Line((group.upper(), "", "", "", "")))
            for each in named:
                figure = report.figures[each.name]
                row = (
                    each.title.removesuffix(f", {group}"),
                    *figure_cells(figure, report.warnings),
                )
                lines.append(Line(row, of_figure(each, WHOLE, report), each.name))
        self.table.show_lines(lines)
        self._on_moved()

    def _on_moved(self) -> None:
        """Say what the current figure means, where its formula is from, and what to mind."""
        line, report = self.table.current, self.report
        words = ""
        if line is not None and line.name and report is not None:
            measure, figure = report.measures[line.name], report.figures[line.name]
            source = f" {measure.source}." if measure.source else ""
            told = [figure.reason, *figure.warnings]
            remarks = " ".join(f"{each[:1].upper()}{each[1:]}." for each in told if each)
            words = f"{measure.title}: {measure.says}{source} {remarks}"
        self.says.setText(words)


class Parts(Page):
    """One measure, by label, pair, annotator, article, order of work or side.

    What figures are taken apart by is computed when it is looked at.
    """

    title = "By part"
    lacking = Signal(str)
    """The figures by this are wanted, and the report hasn't them."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.by, self.measure = Combo(self), Combo(self)
        fill(self.by, [(title, name) for name, title in BY_NAMES.items()])
        self.by.setAccessibleName("By")
        self.measure.setAccessibleName("Measure")
        row = QHBoxLayout()
        for title, combo in (("By", self.by), ("Measure", self.measure)):
            row.addWidget(plain_label(title, "dim"))
            row.addWidget(combo, 1)
            combo.currentIndexChanged.connect(self.refresh)
        self.column.addLayout(row)
        self.column.addWidget(self.add_view(), 3)
        self.table = self.add_table(("part", *FIGURES), "Figures by part")
        self.table.give_room(len(FIGURES))
        self.column.addWidget(self.table, 2)

    def show_report(self, report: Report, _tagset: Tagset) -> None:
        self.report = report
        now = str(self.measure.currentData() or _FIRST)
        blocked = self.measure.blockSignals(True)  # noqa: FBT003 - Qt's own order
        fill(self.measure, [(each.title, each.name) for each in report.measures.values()], now)
        self.measure.blockSignals(blocked)
        self.refresh()

    def refresh(self) -> None:
        """Show what is chosen."""
        report, view = self.report, self.view
        if report is None or view is None:
            return
        by = str(self.by.currentData())
        if by in BY and by not in report.by and self.isVisible():
            self.lacking.emit(by)
        self.measure.setEnabled(by != "side")
        lines, figures = self._sides(report) if by == "side" else self._parts(by, report)
        title = f"{'Missed' if by == 'side' else self.measure.currentText()}, by {BY_NAMES[by]}"
        points = [
            Point(str(line.row[0]), figure, line.opens, short=line.part[1])
            for line, figure in zip(lines, figures, strict=True)
        ]
        if by in _DRIFTS:
            view.show_drawing(Drift(title, tuple(points), _DRIFTS[by]))
        else:
            if len(points) > _DRAWN:
                title = f"{title}: the {_DRAWN} lowest"
                points = sorted(points, key=lambda each: _worst(each.figure))[:_DRAWN]
            view.show_drawing(Intervals(title, tuple(points)))
        self.table.show_lines(lines)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()

    def _parts(self, by: str, report: Report) -> tuple[list[Line], list[Figure]]:
        name = str(self.measure.currentData())
        measure, lines, figures = report.measures[name], [], []
        for key, table in report.by.get(by, {}).items():
            figure = table.get(name)
            if figure is not None:
                row = (part_title((by, key), report), *figure_cells(figure, report.warnings))
                lines.append(Line(row, of_figure(measure, (by, key), report), name, (by, key)))
                figures.append(figure)
        return lines, figures

    def _sides(self, report: Report) -> tuple[list[Line], list[Figure]]:
        lines = [
            Line((side, *figure_cells(figure, report.warnings)), of_side(side))
            for side, figure in report.sides.items()
        ]
        return lines, list(report.sides.values())


def _worst(figure: Figure) -> float:
    return 2.0 if figure.value is None else figure.value


class Labels(Page):
    """Whose label against whose, of two people or of all."""

    title = "Confusion"

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.pair = Combo(self)
        self.pair.setAccessibleName("Of whom")
        self._labels: tuple[str, ...] = ()
        row = QHBoxLayout()
        row.addWidget(plain_label("Of", "dim"))
        row.addWidget(self.pair, 1)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addWidget(self.add_view(), 1)
        note = "Framed cells agree. Between all, each pair counts from both sides."
        self.column.addWidget(plain_label(note, "dim", wrap=True))
        self.pair.currentIndexChanged.connect(self.refresh)

    def show_report(self, report: Report, tagset: Tagset) -> None:
        self.report = report
        self._labels = tuple(each.name for each in tagset.labels)
        pairs = [(f"{one} and {other}", f"{one}\n{other}") for one, other in _pairs(report)]
        now = str(self.pair.currentData() or "")
        blocked = self.pair.blockSignals(True)  # noqa: FBT003 - Qt's own order
        fill(self.pair, [("every two people", ""), *pairs], now)
        self.pair.blockSignals(blocked)
        self.refresh()

    def refresh(self) -> None:
        """Show what is chosen."""
        if self.report is None or self.view is None:
            return
        one, _, other = str(self.pair.currentData() or "").partition("\n")
        cells = self.report.confusion.table(one, other)
        names = names_of(self._labels, cells)
        self.view.show_drawing(HeatMap((one, other), names, cells))

    def cells(self) -> list[Sequence[str | int]]:
        drawn = self.drawing
        if not isinstance(drawn, HeatMap):
            return []
        rows: list[Sequence[str | int]] = [["", *(each or NOTHING for each in drawn.names)]]
        for one in drawn.names:
            numbers = (drawn.cells.get((one, other), 0) for other in drawn.names)
            rows.append([one or NOTHING, *numbers])
        return rows


def _pairs(report: Report) -> list[tuple[str, str]]:
    return list(combinations(report.raters, 2))


class Causes(Page):
    """Where disagreement comes from: its kinds, the words at edges, the hardest phrases."""

    title = "Causes"

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.said = plain_label(wrap=True)
        self.column.addWidget(self.said)
        area = self.add_view()
        area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.column.addWidget(area, 3)
        self.phrases = self.add_table(("hardest phrases", "differ", "of", "in"), "Hardest phrases")
        self.edges = self.add_table(("words at an edge", "at the", "times", "has it"), "Edges")
        row = QHBoxLayout()
        row.addWidget(self.phrases, 1)
        row.addWidget(self.edges, 1)
        for table in self.tables:
            table.share_room(3)
        self.column.addLayout(row, 2)

    def show_report(self, report: Report, _tagset: Tagset) -> None:
        self.report = report
        every = sum(report.kinds.values())
        self.said.setText(
            f"All agree at {report.agreed:,} of {report.agreed + every:,} places and links."
        )
        bars = [
            Bar(kind, number, number / every if every else 0.0, of_kind(kind))
            for kind, number in report.kinds.items()
        ]
        if self.view is not None:
            self.view.show_drawing(Bars("In what people differ", tuple(bars)))
        self.phrases.show_lines(
            [
                Line(
                    (each.words, each.differing, each.places, _who(each.kinds)),
                    of_phrase(each.words),
                )
                for each in report.phrases[:_TOP]
            ]
        )
        self.edges.show_lines(
            [
                Line((each.words, each.at, each.number, _who(each.who)), of_edge(each))
                for each in report.edges[:_TOP]
            ]
        )

    def cells(self) -> list[Sequence[str | int]]:
        report = self.report
        kinds = report.kinds.items() if report is not None else ()
        return [("difference", "places"), *kinds, *super().cells()]

    def line(self) -> Line | None:
        return None


def _who(who: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {number:,}" for name, number in who.items())
