"""Taking back, and taking away."""

from annotator.ui.actions.action import Action, redoable, span_focused, undoable

ROWS: tuple[Action, ...] = (
    Action(
        "undo",
        "Undo",
        "Edit",
        lambda w, _key: w.undo(),
        ("Ctrl+Z",),
        undoable,
        "take the last edit back, without end, also after a restart",
    ),
    Action(
        "redo",
        "Redo",
        "Edit",
        lambda w, _key: w.redo(),
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        redoable,
        "do again what was undone",
    ),
    Action(
        "remove",
        "Remove the span and its links",
        "Edit",
        lambda w, _key: w.desk.remove(),
        ("Delete", "Backspace"),
        span_focused,
        in_text=True,
        group=1,
    ),
)
