"""What is compared: whose work, which rounds, labels, articles and days, and against whom."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from annotator.agreement.parts import BY
from annotator.core.text import counted
from annotator.transfer.figures import FEW_FOR_GAMMA, Chosen
from annotator.ui.exchange.fields import add_field, fill, plain_form, scrolled
from annotator.ui.hub import Hub
from annotator.ui.panels.parts import Check, Combo, as_tip, plain_label
from annotator.ui.theme import Theme

GOLD = "gold"
_REST = 300
"""Milliseconds without a change after which what is chosen counts."""
_RETEST = "retest "


class Choices(QFrame):
    """Asks; what is asked for is `chosen`. `selected` gives the articles selected in Annotate."""

    changed = Signal()
    """Something else is asked for."""

    def __init__(
        self, hub: Hub, theme: Theme, selected: Callable[[], list[str]], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("documents")
        self.setAccessibleName("What is compared")
        self._hub = hub
        self._selected = selected
        self._documents: dict[str, tuple[str, ...]] = {}
        self.by: set[str] = set()
        """What figures are taken apart by: what somebody has looked at, since it takes long."""
        self._gamma_is_chosen = False
        self.people: dict[str, Check] = {}
        self.labels: dict[str, Check] = {}
        self._people, self._labels = QVBoxLayout(), QVBoxLayout()
        self.rounds, self.articles, self.reference = Combo(self), Combo(self), Combo(self)
        self.first, self.last = QLineEdit(self), QLineEdit(self)
        self.present = Check("As it is now", self)
        self.gamma = Check("Gamma (slow)", self)
        self.said = plain_label(name="error", wrap=True)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self.changed)
        self._build(theme)
        self._connect()

    def offer(self, document: str) -> None:
        """Offer what the project has now; `document` is the article looked at before, or ""."""
        read = self._hub.project.read
        done = [each for each in read.layers() if each.state == "done"]
        names = list(dict.fromkeys(each.annotator for each in done if each.role == "annotator"))
        gold = [GOLD] if any(each.role == GOLD for each in done) else []
        self._fill_checks(self._people, self.people, [*names, *gold], off=gold)
        tagset = self._hub.tagset
        self._fill_checks(self._labels, self.labels, [each.name for each in tagset.labels])
        rounds = sorted({each.round for each in done if each.role == "annotator"})
        twice = {each.annotator for each in done if each.role == "annotator" and each.round > 1}
        self._refill(
            self.rounds,
            [
                ("the newest of each", "0"),
                *((f"round {each}", str(each)) for each in rounds if len(rounds) > 1),
                *((f"{each}, round by round", f"{_RETEST}{each}") for each in sorted(twice)),
            ],
        )
        nobody = [("nobody", "")]
        self._refill(self.reference, [*nobody, *((each, each) for each in [*names, *gold])])
        self._offer_articles(document)
        if not self._gamma_is_chosen:
            with QSignalBlocker(self.gamma):
                self.gamma.setChecked(read.count_documents() <= FEW_FOR_GAMMA)

    @property
    def chosen(self) -> Chosen:
        """What is asked for."""
        people = _ticked(self.people)
        usual = tuple(each for each in self.people if each != GOLD)
        labels = _ticked(self.labels)
        rounds = str(self.rounds.currentData() or "0")
        return Chosen(
            layers=() if people == usual else people,
            documents=self._documents.get(str(self.articles.currentData()), ()),
            labels=() if len(labels) == len(self.labels) else labels,
            first=self.first.text().strip(),
            last=self.last.text().strip(),
            round=0 if rounds.startswith(_RETEST) else int(rounds),
            retest=rounds.removeprefix(_RETEST) if rounds.startswith(_RETEST) else "",
            present=self.present.isChecked(),
            reference=str(self.reference.currentData() or ""),
            by=tuple(each for each in BY if each in self.by),
            gamma=self.gamma.isChecked(),
        )

    @property
    def lack(self) -> str:
        """What is wrong or lacking in what is asked for, "" for nothing."""
        people = [each for each in self.people if each != GOLD]
        if not people:
            return (
                "Nobody has done an article yet. Figures need two people who say that they are "
                "done with the same article (Ctrl+Enter in Annotate)."
            )
        if len(self.people) < 2 and not str(self.rounds.currentData()).startswith(_RETEST):
            return (
                f"Only {people[0]} has done articles. Figures need a second person who is done "
                "with the same article; hand files out by Team, “Hand out…”."
            )
        retest = str(self.rounds.currentData()).startswith(_RETEST)
        if len(_ticked(self.people)) < 2 and not retest:
            return "Tick two people or more at the left."
        if not _ticked(self.labels):
            return "Tick a label at the left."
        return next((each for each in map(_day_problem, (self.first, self.last)) if each), "")

    def take_focus(self) -> None:
        """Take the keyboard."""
        first = next(iter(self.people.values()), self.rounds)
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _offer_articles(self, document: str) -> None:
        read, selected = self._hub.project.read, tuple(self._selected())
        self._documents = {"selected": selected, "open": (document,) if document else ()}
        offered = [(f"all ({read.count_documents():,})", "all")]
        if len(selected) > 1:
            offered.append((f"the {counted(len(selected), 'selected article')}", "selected"))
        found = read.document(document) if document else None
        if found is not None:
            offered.append((f"the open one: {found.title}", "open"))
        self._refill(self.articles, offered)

    def _refill(self, combo: Combo, offered: list[tuple[str, str]]) -> None:
        blocked = combo.blockSignals(True)  # noqa: FBT003 - Qt's own order
        fill(combo, offered, str(combo.currentData() or ""))
        combo.blockSignals(blocked)

    def _fill_checks(
        self,
        column: QVBoxLayout,
        checks: dict[str, Check],
        names: Iterable[str],
        off: Iterable[str] = (),
    ) -> None:
        """Have a box for each name; those that are there stay as they are."""
        wanted = list(names)
        if wanted == list(checks):
            return
        before = {name: check.isChecked() for name, check in checks.items()}
        for check in checks.values():
            column.removeWidget(check)
            check.deleteLater()
        checks.clear()
        for name in wanted:
            check = checks[name] = Check(name, self)
            check.setChecked(before.get(name, name not in off))
            check.toggled.connect(self._on_changed)
            column.addWidget(check)

    def _build(self, theme: Theme) -> None:
        form = plain_form()
        form.setRowWrapPolicy(form.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(theme.px("pad", "small"))
        pad = theme.px("pad", "medium")
        form.setContentsMargins(pad, pad, pad, pad)
        form.addRow(plain_label("People", "heading"))
        form.addRow(self._people)
        add_field(form, "Rounds", self.rounds)
        add_field(form, "Articles", self.articles)
        for title, line in (("From", self.first), ("Until", self.last)):
            line.setPlaceholderText("any day")
            add_field(form, f"{title} (published)", line, "a day as 2020-09-27")
        add_field(form, "Reference", self.reference, "precision and recall against this one's work")
        for check, note in (
            (self.present, "what is there now, instead of what each had when first done"),
            (self.gamma, "the best alignment against random ones: half a second an article"),
        ):
            check.setToolTip(as_tip(note))
            check.setAccessibleDescription(note)
            form.addRow(check)
        form.addRow(self.said)
        form.addRow(plain_label("Labels", "heading"))
        form.addRow(self._labels)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scrolled(form, self))
        self.setMinimumWidth(theme.px("layout", "list_width_min"))

    def _connect(self) -> None:
        for combo in (self.rounds, self.articles, self.reference):
            combo.currentIndexChanged.connect(self._on_changed)
        for line in (self.first, self.last):
            line.textChanged.connect(self._on_changed)
        for check in (self.present, self.gamma):
            check.toggled.connect(self._on_changed)
        self.gamma.toggled.connect(self._on_gamma)

    def _on_gamma(self) -> None:
        self._gamma_is_chosen = True

    def _on_changed(self) -> None:
        self.said.setText(next(filter(None, map(_day_problem, (self.first, self.last))), ""))
        self._rest.start()


def _ticked(checks: Mapping[str, Check]) -> tuple[str, ...]:
    return tuple(name for name, check in checks.items() if check.isChecked())


def _day_problem(line: QLineEdit) -> str:
    words = line.text().strip()
    try:
        date.fromisoformat(words or "2020-01-01")
    except ValueError:
        return f"“{words}” is no day; write it as 2020-09-27."
    return ""
