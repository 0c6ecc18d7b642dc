"""Labels, links, boundaries, and the article's state."""

from annotator.ui.actions.action import Action, article_open, span_focused, span_reopened

DIGITS = tuple("123456789")
LINK_KEYS = ("R", "G", "D", "V", "P")

ROWS: tuple[Action, ...] = (
    Action(
        "tag",
        "Tag",
        None,
        lambda w, key: w.desk.tag_key(key),
        DIGITS,
        article_open,
        "tag the selection, or retag the focused span; with neither: arm the label for the mouse",
        in_text=True,
        shown="1…9",
    ),
    Action(
        "tag again",
        "Tag again",
        None,
        lambda w, key: w.desk.tag_key(key[-1], second=True),
        tuple(f"Shift+{digit}" for digit in DIGITS),
        article_open,
        "a second label on the same extent",
        in_text=True,
        shown="Shift+1…9",
    ),
    Action(
        "link",
        "Link",
        None,
        lambda w, key: w.desk.link_key(key),
        LINK_KEYS,
        article_open,
        "link the focused span: source, against, denies, disputes, repeats; then a hint letter",
        in_text=True,
        shown="R · G · D · V · P + letter",
    ),
    Action(
        "enter",
        "Change the boundary",
        "Tag",
        lambda w, _key: w.desk.enter(),
        ("Enter",),
        span_focused,
        "re-open the focused span as a selection; Enter keeps the new boundary, Esc restores",
        in_text=True,
        group=2,
    ),
    Action(
        "other end",
        "Move the other end",
        "Tag",
        lambda w, _key: w.desk.view.swap_ends(),
        ("O",),
        span_reopened,
        "let Shift+arrows move the other end of the re-opened span",
        in_text=True,
        group=2,
    ),
    Action(
        "question",
        "Mark the article as a question",
        "Tag",
        lambda w, _key: w.desk.question(),
        ("Q",),
        article_open,
        in_text=True,
        group=3,
    ),
    Action(
        "done",
        "Done, next article",
        "Tag",
        lambda w, _key: w.done_next(),
        ("Ctrl+Enter",),
        article_open,
        group=3,
    ),
)
