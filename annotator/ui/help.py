"""The help: the first steps, and what the labels and links of the project mean."""

from collections.abc import Iterator
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from annotator import paths
from annotator.core.tagset import Label, RelationType, Tagset
from annotator.ui.room import fit
from annotator.ui.theme import Theme

STEPS = (
    "<b>Select</b> words with Shift and the arrows (with Ctrl by words), or with the mouse.",
    (
        "Or by letters: <b>S</b> takes the clause at the caret and grows, <b>E</b> goes on to "
        "where the next one ends, <b>J</b> jumps to a word in view."
    ),
    "<b>Tag</b> them with a label's key; <b>T</b> finds a label by its name. Spans may overlap.",
    "<b>Link</b> the focused span: press the key of the link, then the letters on the other span.",
    (
        "<b>Fill in</b> what you know at the right: <b>F</b> does it by letters, <b>Y</b> takes "
        "what is proposed. Nothing is required."
    ),
    "<b>A</b> tags the same words wherever else they stand, after you looked at the list.",
    "<b>Ctrl+Enter</b> says that the article is done, and opens the next one.",
)
SAFE = (
    "Nothing has to be saved: each change is in the file before you see it. "
    "<b>Ctrl+Z</b> takes back what you did, step by step, also after a restart."
)
WAYS = (
    "<b>Ctrl+K</b> finds any command, article or label by some of its letters; "
    "<b>Ctrl+/</b> lists all keys; <b>F6</b> goes round the panes and <b>Esc</b> back to the text."
)
_LETTERS = 88
_HEIGHT = 640


def page(tagset: Tagset | None) -> str:
    """The help as HTML that Qt shows."""
    steps = "".join(f"<li>{each}</li>" for each in STEPS)
    rows = [f"<h2>First steps</h2><ol>{steps}</ol><p>{SAFE}</p><p>{WAYS}</p>"]
    if tagset is not None:
        rows.append("<h2>Labels</h2>")
        rows.extend(_entries(tagset.labels))
        if tagset.relations:
            rows.append("<h2>Links</h2>")
            rows.extend(_entries(tagset.relations))
    return "".join(rows)


def _entries(owners: tuple[Label, ...] | tuple[RelationType, ...]) -> Iterator[str]:
    for each in owners:
        key = f" – key {escape(each.key)}" if each.key else ""
        yield f"<p><b>{escape(each.title or each.name)}</b>{key}<br>{escape(each.guideline)}"
        for example in each.examples if isinstance(each, Label) else ():
            yield f"<br>Example: “{escape(example)}”"
        yield "</p>"


class Help(QDialog):
    """One page to read; it needs no network."""

    keys_asked = Signal()

    def __init__(self, tagset: Tagset | None, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Help")
        self.text = QTextBrowser(self)
        self.text.setAccessibleName("Help")
        self.text.setHtml(page(tagset))
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        keys = box.addButton("Keys", QDialogButtonBox.ButtonRole.ActionRole)
        keys.clicked.connect(self.keys_asked)
        figures = box.addButton("Agreement", QDialogButtonBox.ButtonRole.ActionRole)
        figures.setToolTip("What figures of agreement say: those of the sample, one by one")
        figures.clicked.connect(self.show_figures)
        box.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.text, 1)
        column.addWidget(box)
        fit(self, _LETTERS, round(_HEIGHT * theme.scale))

    def show_figures(self) -> None:
        """Tell what the sample's figures of agreement say."""
        told = paths.resources() / "sample" / "agreement.md"
        self.text.setMarkdown(told.read_text("utf-8"))
        self.text.setFocus()
