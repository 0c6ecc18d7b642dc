"""Saving what the ledger shows."""

from typing import TYPE_CHECKING, cast

from annotator.ui.actions.action import Action, Run, project_open

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.ui.ledger.perspective import LedgerPage
    from annotator.ui.window import Window


def _on(do: "Callable[[LedgerPage], object]") -> Run:
    """What an action does to the ledger."""

    def run(window: "Window", _key: str) -> None:
        assert window.bench is not None
        do(cast("LedgerPage", window.bench.shown))  # `when` sees to it

    return run


ROWS: tuple[Action, ...] = (
    Action(
        "save ledger",
        "Save the ledger as a table…",
        "File",
        _on(lambda page: page.saving.ask_table()),
        ("Ctrl+Shift+S",),
        project_open,
        "save what the ledger shows, as CSV or as one HTML page",
        group=1,
        when=("ledger",),
    ),
    Action(
        "save ledger picture",
        "Save the ledger as a picture…",
        "File",
        _on(lambda page: page.saving.ask_picture()),
        ("Ctrl+Shift+P",),
        project_open,
        "save what the ledger shows, as PNG or SVG",
        group=1,
        when=("ledger",),
    ),
)
