"""The machine's suggestions, and the order of work that goes by them."""

from typing import TYPE_CHECKING

from annotator.suggest.work_order import Way
from annotator.ui.actions.action import (
    Action,
    Run,
    Test,
    article_writable,
    on_bench,
    project_open,
    writable,
)

if TYPE_CHECKING:
    from annotator.ui.window import Window

_WAYS: dict[Way, tuple[str, str]] = {
    "queue": ("Next article as listed", "“Done, next article” goes on in the list"),
    "uncertainty": (
        "Next article the least sure",
        "“Done, next article” goes to the one that the machine is least sure of",
    ),
    "random": (
        "Next article at random",
        "“Done, next article” goes to any; the seed is kept in the project",
    ),
}


def _waiting(window: "Window") -> bool:
    """Whether a suggestion waits in the open article."""
    return window.bench is not None and window.desk.suggestions.possible


def _at_suggestion(window: "Window") -> bool:
    return _waiting(window) and window.desk.suggestions.focused is not None


def _shown(window: "Window") -> bool:
    """Whether the project shows suggestions."""
    return window.bench is not None and window.bench.assistant.on


def _and_shown(test: Test) -> Test:
    return lambda window: test(window) and _shown(window)


def _set(way: Way) -> Run:
    return on_bench(lambda bench: bench.assistant.set_order(way))


def _is(way: Way) -> Test:
    return lambda window: window.bench is not None and window.bench.assistant.way == way


ROWS: tuple[Action, ...] = (
    Action(
        "suggest here",
        "Suggest for this article",
        "Suggest",
        on_bench(lambda bench: bench.assistant.suggest()),
        (),
        _and_shown(article_writable),
        "let the suggesters propose annotations of the open article",
        when=("annotate",),
    ),
    Action(
        "suggest everywhere",
        "Suggest for all articles",
        "Suggest",
        on_bench(lambda bench: bench.assistant.suggest(everywhere=True)),
        (),
        _and_shown(writable),
        "let the suggesters propose annotations of every article",
    ),
    Action(
        "next suggestion",
        "Next suggestion",
        "Suggest",
        lambda w, _key: w.desk.suggestions.step(),
        ("W",),
        _waiting,
        "go to the next suggestion; Y takes it, X rejects it, Enter opens its boundary, a label's "
        "key takes it with that label",
        in_text=True,
        group=1,
        when=("annotate",),
    ),
    Action(
        "previous suggestion",
        "Previous suggestion",
        "Suggest",
        lambda w, _key: w.desk.suggestions.step(backwards=True),
        ("Shift+W",),
        _waiting,
        in_text=True,
        group=1,
        when=("annotate",),
    ),
    Action(
        "take kind",
        "Take all of this kind",
        "Suggest",
        lambda w, _key: w.desk.suggestions.take_alike(),
        ("Shift+Y",),
        _at_suggestion,
        "take all suggestions of the article with the focused one's label and suggester",
        in_text=True,
        group=1,
        when=("annotate",),
    ),
    Action(
        "suggestions",
        "Show suggestions in this project",
        "Suggest",
        on_bench(lambda bench: bench.assistant.switch()),
        (),
        writable,
        "show suggestions, or hide them from everybody who works in this project",
        checked=_shown,
        group=2,
    ),
    Action(
        "quality",
        "How good suggestions are…",
        "Suggest",
        on_bench(lambda bench: bench.assistant.show_quality()),
        (),
        project_open,
        "show what became of what each suggester proposed, by label",
        group=2,
    ),
    *(
        Action(
            f"order {way}",
            text,
            "Suggest",
            _set(way),
            (),
            writable,
            does,
            checked=_is(way),
            group=3,
        )
        for way, (text, does) in _WAYS.items()
    ),
)
