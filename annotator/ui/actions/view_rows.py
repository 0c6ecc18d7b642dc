"""How the article and the window look."""

from typing import TYPE_CHECKING

from annotator.core.query import By
from annotator.ui.actions.action import IN_TEXT, Action, Run, Test, always, on_bench, project_open
from annotator.ui.panels.documents import ORDER_NAMES
from annotator.ui.preferences.table import PREFERENCES, Preference

if TYPE_CHECKING:
    from annotator.ui.bench import Bench


def _step(name: str, by: int) -> Run:
    return lambda window, _key: window.step(name, by)


def _switch(name: str) -> Run:
    return lambda window, _key: window.switch(name)


def _set(name: str, value: object) -> Run:
    return lambda window, _key: window.change(**{name: value})


def _has(name: str, value: object) -> Test:
    return lambda window: bool(getattr(window.settings, name) == value)


def _pick(preference: str, texts: dict[str, str], enabled: Test, group: int) -> tuple[Action, ...]:
    """One row for each value of a setting that has few."""
    return tuple(
        Action(
            f"{preference} {value}" if preference == "theme" else value,
            text,
            "View",
            _set(preference, value),
            (),
            enabled,
            checked=_has(preference, value),
            group=group,
        )
        for value, text in texts.items()
    )


def _switches(preferences: tuple[Preference, ...]) -> tuple[Action, ...]:
    """One row for each setting that is on or off."""
    return tuple(
        Action(
            f"switch {each.name}",
            each.title,
            "View",
            _switch(each.name),
            checked=_has(each.name, value=True),
            group=1,
        )
        for each in preferences
        if not each.words
    )


def _sorts() -> tuple[Action, ...]:
    """One row for each order of the articles."""

    def sort(by: By) -> Run:
        return on_bench(lambda bench: bench.documents.sort(by=by))

    def sorts(by: By) -> Test:
        return lambda window: bool(window.bench and window.bench.documents.model.order.by == by)

    return tuple(
        Action(
            f"sort {by}",
            f"Articles {name[0].lower()}{name[1:]}",
            "View",
            sort(by),
            (),
            project_open,
            checked=sorts(by),
            group=6,
            when=("annotate",),
        )
        for by, name in ORDER_NAMES.items()
    )


def _sort_back(bench: "Bench") -> None:
    documents = bench.documents
    documents.sort(descending=not documents.model.order.descending)


ROWS: tuple[Action, ...] = (
    *_pick("layout", {"reading": "Reading layout", "raw": "Raw lines"}, project_open, 0),
    Action(
        "layout",
        "Switch the layout",
        None,
        _switch("layout"),
        ("Ctrl+L",),
        project_open,
        "switch between the reading layout and the raw lines",
    ),
    Action(
        "words",
        "Snap to words",
        "View",
        _switch("snap"),
        (),
        project_open,
        checked=_has("snap", "words"),
        group=1,
        when=IN_TEXT,
    ),
    *_switches(PREFERENCES),
    Action(
        "articles",
        "Articles at the left",
        "View",
        on_bench(lambda bench: bench.panes.switch(bench.documents)),
        ("Ctrl+B",),
        project_open,
        "hide the articles, or show them",
        checked=lambda window: bool(window.bench and not window.bench.documents.isHidden()),
        group=1,
        when=("annotate",),
    ),
    Action(
        "inspector",
        "Inspector at the right",
        "View",
        on_bench(lambda bench: bench.panes.switch(bench.inspector)),
        ("Ctrl+Shift+B",),
        project_open,
        "hide the inspector, or show it",
        checked=lambda window: bool(window.bench and not window.bench.inspector.isHidden()),
        group=1,
        when=("annotate",),
    ),
    Action(
        "larger",
        "Larger text",
        "View",
        _step("text_size", 1),
        ("Ctrl++", "Ctrl+="),
        group=2,
        shown="Ctrl++",
    ),
    Action("smaller", "Smaller text", "View", _step("text_size", -1), ("Ctrl+-",), group=2),
    Action("usual size", "Usual text size", "View", _step("text_size", 0), ("Ctrl+0",), group=2),
    Action("wider", "Wider column", "View", _step("column", 1), ("Ctrl+]",), group=2),
    Action("narrower", "Narrower column", "View", _step("column", -1), ("Ctrl+[",), group=2),
    *_pick(
        "lines",
        {"usual": "Usual lines", "roomy": "Roomy lines", "wide": "Wide lines"},
        always,
        3,
    ),
    *_pick(
        "theme",
        {
            "system": "Light or dark like the system",
            "light": "Light",
            "dark": "Dark",
            "contrast": "High contrast",
        },
        always,
        4,
    ),
    *_sorts(),
    Action(
        "sort back",
        "Articles the other way round",
        "View",
        on_bench(_sort_back),
        (),
        project_open,
        checked=lambda window: bool(window.bench and window.bench.documents.model.order.descending),
        group=6,
        when=("annotate",),
    ),
    Action(
        "preferences",
        "Preferences…",
        "View",
        lambda window, _key: window.show_preferences(),
        ("Ctrl+,",),
        group=5,
    ),
)
