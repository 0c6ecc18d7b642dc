"""Going about: spans, articles, panes."""

from annotator.settings import PerspectiveChoice
from annotator.ui.actions.action import (
    IN_TEXT,
    Action,
    Run,
    Test,
    article_open,
    on_bench,
    project_open,
    span_focused,
)
from annotator.ui.perspectives import ENTRIES


def _show(name: PerspectiveChoice) -> Run:
    return on_bench(lambda bench: bench.show_perspective(name))


def _shows(name: PerspectiveChoice) -> Test:
    return lambda window: window.bench is not None and window.bench.shown.name == name


ROWS: tuple[Action, ...] = (
    Action(
        "next span",
        "Next span",
        "Go",
        lambda w, _key: w.desk.step(backwards=False),
        ("Alt+Down",),
        article_open,
        in_text=True,
        when=IN_TEXT,
    ),
    Action(
        "previous span",
        "Previous span",
        "Go",
        lambda w, _key: w.desk.step(backwards=True),
        ("Alt+Up",),
        article_open,
        in_text=True,
        when=IN_TEXT,
    ),
    Action(
        "hop",
        "Along the link",
        "Go",
        lambda w, _key: w.desk.hops.forth(),
        ("L",),
        span_focused,
        "go to the linked span; a letter chooses where there are several",
        in_text=True,
        when=IN_TEXT,
    ),
    Action(
        "hop back",
        "Back along the link",
        "Go",
        lambda w, _key: w.desk.hops.back(),
        ("Shift+L",),
        article_open,
        "go back the way that links were followed",
        in_text=True,
        when=IN_TEXT,
    ),
    *(
        Action(
            f"perspective {each.name}",
            each.title,
            "Go",
            _show(each.name),
            (each.key,),
            project_open,
            f"show the perspective {each.title}: {each.does}",
            checked=_shows(each.name),
            group=3,
        )
        for each in ENTRIES
    ),
    Action(
        "next article",
        "Next article",
        "Go",
        lambda w, _key: w.step_article(1),
        ("Ctrl+PgDown",),
        project_open,
        group=1,
    ),
    Action(
        "previous article",
        "Previous article",
        "Go",
        lambda w, _key: w.step_article(-1),
        ("Ctrl+PgUp",),
        project_open,
        group=1,
    ),
    Action(
        "search",
        "Search the articles",
        "Go",
        lambda w, _key: w.search(),
        ("Ctrl+Shift+F",),
        project_open,
        group=2,
    ),
    Action(
        "commands",
        "Commands, articles and labels…",
        "Go",
        lambda w, _key: w.show_palette(),
        ("Ctrl+K",),
        does="find a command (>), an article (@) or a label (#) by some of its letters",
        group=2,
    ),
    Action(
        "next pane",
        "Next pane",
        "Go",
        lambda w, _key: w.next_pane(),
        ("F6",),
        project_open,
        "go round the panes",
        group=2,
    ),
    Action(
        "escape",
        "Back to the text",
        "Go",
        lambda w, _key: w.escape(),
        ("Esc",),
        project_open,
        "leave a mode, or return to the text",
        in_text=True,
        group=2,
    ),
)
