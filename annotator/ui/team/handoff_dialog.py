"""The dialog of a hand-off: which articles, to whom, in which file."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCompleter,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.core.model import RESERVED_NAMES
from annotator.core.rules import name_problem
from annotator.core.text import counted
from annotator.formats.names import safe_name
from annotator.paths import keeping
from annotator.transfer.handoff import HandoffReport, doubts, hand_off
from annotator.ui.exchange.fields import add_field, fill, plain_form
from annotator.ui.exchange.summary import Summary
from annotator.ui.hub import Hub
from annotator.ui.jobs import Run
from annotator.ui.panels.parts import Combo, plain_label
from annotator.ui.room import fit
from annotator.ui.team.place import PlaceLine
from annotator.ui.theme import Theme

_LETTERS = 84
_HEIGHT = 320
_WITH = (
    "With the articles go the tag set, its guidelines, the register of actors, notes on articles, "
    "and what this person has done; nothing of what others did. When the file comes back: "
    "Team, Merge files."
)


class HandoffDialog(QDialog):
    """Asks, writes, and tells. `chosen` are the articles selected in the list (ids)."""

    def __init__(
        self, hub: Hub, chosen: Sequence[str], theme: Theme, parent: QWidget, *, name: str = ""
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Hand out")
        self.job: Run[HandoffReport] | None = None
        self._hub = hub
        self._chosen = tuple(chosen)
        self._has = _counts(hub)
        self._proposed = ""
        self.person = QLineEdit(name, self)
        self.what = Combo(self)
        self.place = PlaceLine("Write to", keeping(hub.project.path), theme, self)
        self.said = plain_label(name="error", wrap=True)
        self.doubts = plain_label(wrap=True)
        self.cancel = QPushButton("Cancel", self)
        self.hand_out = QPushButton("Hand out", self)
        self.summary = Summary(self)
        self._pages = QStackedWidget(self)
        self._build(theme)
        self._connect()
        self._on_person()
        self.person.setFocus()

    @property
    def name(self) -> str:
        """Whose file it is to be."""
        return self.person.text().strip()

    @property
    def documents(self) -> tuple[str, ...]:
        """The articles that are to go, none for those that the person has, or else all."""
        match self.what.currentData():
            case "selected":
                return self._chosen
            case "all":
                return tuple(each.id for each in self._hub.project.documents())
            case _:
                return ()

    def _build(self, theme: Theme) -> None:
        names = [each.name for each in self._hub.project.read.annotators()]
        people = [each for each in names if each not in RESERVED_NAMES]
        self.person.setCompleter(QCompleter(people, self.person))
        self.person.setPlaceholderText("a name, new or known")
        self.hand_out.setObjectName("primary")
        self.hand_out.setDefault(True)
        self.cancel.setAutoDefault(False)
        form = plain_form()
        form.setVerticalSpacing(theme.px("pad", "small"))
        add_field(form, "Annotator", self.person)
        add_field(form, "Articles", self.what)
        add_field(form, "Write to", self.place)
        buttons = QHBoxLayout()
        buttons.addWidget(self.said, 1)
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.hand_out)
        asking = QWidget(self)
        column = QVBoxLayout(asking)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(form)
        column.addWidget(self.doubts)
        column.addWidget(plain_label(_WITH, "dim", wrap=True))
        column.addStretch(1)
        column.addLayout(buttons)
        self._pages.addWidget(asking)
        self._pages.addWidget(self.summary)
        QVBoxLayout(self).addWidget(self._pages)
        fit(self, _LETTERS, round(_HEIGHT * theme.scale))

    def _connect(self) -> None:
        self.person.textChanged.connect(self._on_person)
        self.place.changed.connect(self._show)
        self.what.currentIndexChanged.connect(self._show)
        self.cancel.clicked.connect(self.reject)
        self.hand_out.clicked.connect(self.write)
        self.summary.closed.connect(self.accept)

    def _on_person(self) -> None:
        has = self._has.get(self.name, 0)
        every = self._hub.project.read.count_documents()
        what = [(f"all that {self.name} has ({has:,})", "theirs")] if has else []
        what.append((f"all articles ({every:,})", "all"))
        if self._chosen:
            what.append((f"the selected articles ({len(self._chosen):,})", "selected"))
        chosen = "selected" if len(self._chosen) > 1 else ""
        fill(self.what, what, chosen)
        self._propose()
        self._show()

    def _propose(self) -> None:
        """Propose a file named after the person, unless another one was typed."""
        if self.place.line.text() == self._proposed:
            stem = self._hub.project.path.stem
            self._proposed = f"{stem}-{safe_name(self.name)}.db" if self.name else ""
            self.place.line.setText(self._proposed)

    def _show(self) -> None:
        problem = name_problem(self.name) if self.name else "Name the annotator."
        problem = problem or self.place.problem
        self.said.setText(problem if self.name else "")
        read, chosen = self._hub.project.read, self.what.currentData() == "selected"
        doubted = [] if problem else doubts(read, self.name, chosen=chosen)
        self.doubts.setText("\n".join(doubted))
        self.hand_out.setEnabled(not problem)

    def write(self) -> None:
        """Write the file."""

        def done(report: HandoffReport) -> None:
            self._pages.setCurrentWidget(self.summary)
            self.summary.show_lines(
                [
                    report.sentence(),
                    "",
                    f"The file opens as {report.annotator}, who works in it alone.",
                    "When it comes back: Team, Merge files.",
                ]
            )
            self._hub.said.emit(f"Handed {counted(report.documents, 'article')} out.")

        self.said.setText("")
        job = hand_off(
            self._hub.project,
            self.name,
            self.place.path,
            documents=self.documents,
            force=self.place.force,
        )
        self.job = Run(job, "Handing out", self, done=done, failed=self.said.setText)


def _counts(hub: Hub) -> dict[str, int]:
    """How many articles each person has."""
    found: dict[str, int] = {}
    for _, name, _ in hub.project.read.holders():
        found[name] = found.get(name, 0) + 1
    return found
