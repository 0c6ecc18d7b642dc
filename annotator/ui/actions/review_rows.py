"""Deciding conflicts."""

from typing import TYPE_CHECKING, cast

from annotator.ui.actions.action import Action, Run, Test, on_bench, project_open
from annotator.ui.review.orders import ORDER_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.review.queue import Order
    from annotator.ui.review.perspective import Review
    from annotator.ui.window import Window

DIGITS = tuple("123456789")


def in_review(window: "Window") -> bool:
    """Whether an article in review is shown."""
    return window.bench is not None and window.bench.shown.document != ""


def at_place(window: "Window") -> bool:
    """Whether a conflict, or what is agreed on, is looked at."""
    return in_review(window) and _review(window).place is not None


def deciding(window: "Window") -> bool:
    """Whether something is looked at that can be decided."""
    return at_place(window) and _review(window).hub.project.read_only == ""


def _review(window: "Window") -> "Review":
    assert window.bench is not None
    return cast("Review", window.bench.shown)  # `when` sees to it


def _on(do: "Callable[[Review], object]") -> Run:
    """What an action does to the review."""
    return lambda window, _key: do(_review(window))


def _order(by: "Order") -> Run:
    return _on(lambda review: review.articles.set_order(by))


def _is_order(by: "Order") -> Test:
    return lambda window: (
        window.bench is not None
        and window.bench.shown.name == "review"
        and _review(window).queue.order == by
    )


def _verb(
    id_: str, text: str, key: str, does: str, verb: str, *more: str, group: int = 1
) -> Action:
    return Action(
        *(id_, text, "Review", _on(lambda review: review.judge.do(verb)), (key, *more), deciding),
        does,
        in_text=True,
        group=group,
        when=("review",),
    )


def _row(id_: str, text: str, key: str, does: str, run: Run, *, group: int) -> Action:
    return Action(
        *(id_, text, "Review", run, (key,), at_place, does),
        in_text=True,
        group=group,
        when=("review",),
    )


ROWS: tuple[Action, ...] = (
    Action(
        "take version",
        "Take a version",
        None,
        lambda w, key: _review(w).judge.take(int(key) - 1),
        DIGITS,
        deciding,
        "take that version and go on",
        in_text=True,
        shown="1 2 3 …",
        when=("review",),
    ),
    _row(
        "next version",
        "Preview the next version",
        "Right",
        "preview the next version in the text",
        _on(lambda review: review.judge.preview(1)),
        group=0,
    ),
    _row(
        "previous version",
        "Preview the version before",
        "Left",
        "preview the version before in the text",
        _on(lambda review: review.judge.preview(-1)),
        group=0,
    ),
    Action(
        "take previewed",
        "Take what is previewed",
        "Review",
        _on(lambda review: review.judge.take_previewed()),
        ("Enter",),
        deciding,
        in_text=True,
        when=("review",),
    ),
    _verb("union", "Union", "U", "take all words that any version has", "union"),
    _verb("intersection", "Intersection", "I", "take the words that all have", "intersection"),
    _verb("both spans", "Both spans", "B", "let the spans of all versions stand", "both_spans"),
    _verb(
        *("both readings", "Both readings", "L"),
        *("both readings are legitimate, and kept as such", "both_readings"),
    ),
    _verb(
        *("mix", "Mix…", "M"),
        *("the extent from one version, label and attributes from another", "mix"),
    ),
    _verb("edit version", "Edit…", "E", "change the previewed version, then take it", "edit"),
    _verb("none", "None", "X", "reject all versions, which is kept on record", "none", "0"),
    _verb("later", "Later", "Space", "put it off; a decision is taken back so", "later"),
    _row(
        *("comment", "Comment", "N", "write a comment on the decision"),
        _on(lambda review: review.remarks.write()),
        group=2,
    ),
    _row(
        *("reason", "Reason", "K", "say why annotators differ here"),
        _on(lambda review: review.remarks.choose()),
        group=2,
    ),
    _row(
        *("gap", "The guideline has a gap here", "F", "say that the guideline has a gap here"),
        _on(lambda review: review.remarks.toggle_gap()),
        group=2,
    ),
    Action(
        "alike conflicts",
        "The same phrase everywhere",
        "Review",
        _on(lambda review: review.asides.alike.start()),
        ("A",),
        deciding,
        "take the previewed version wherever the same words are in conflict; a list to tick off",
        in_text=True,
        group=2,
        when=("review",),
    ),
    Action(
        "take agreed",
        "Take what all agree on",
        "Review",
        _on(lambda review: review.asides.take_agreed()),
        ("Shift+Enter",),
        in_review,
        "take into gold what the rules take, in all articles",
        in_text=True,
        group=4,
        when=("review",),
    ),
    Action(
        "review rules",
        "Rules of the review…",
        "Review",
        on_bench(lambda bench: bench.show_review_rules()),
        (),
        project_open,
        "choose what is taken without asking, and whether the review is blind",
        group=4,
    ),
    *(
        Action(
            f"conflicts {by}",
            f"Conflicts: {name[0].lower()}{name[1:]}",
            "Review",
            _order(by),
            (),
            in_review,
            checked=_is_order(by),
            group=5,
            when=("review",),
        )
        for by, name in ORDER_NAMES.items()
    ),
    Action(
        "next conflict",
        "Next conflict",
        "Review",
        _on(lambda review: review.step(1)),
        ("Alt+Down",),
        in_review,
        in_text=True,
        group=3,
        when=("review",),
    ),
    Action(
        "previous conflict",
        "Previous conflict",
        "Review",
        _on(lambda review: review.step(-1)),
        ("Alt+Up",),
        in_review,
        in_text=True,
        group=3,
        when=("review",),
    ),
)
