"""Projects, articles and people."""

from annotator.ui.actions.action import Action, project_open, writable

ROWS: tuple[Action, ...] = (
    Action("open", "Open…", "File", lambda w, _key: w.projects.ask_open(), ("Ctrl+O",)),
    Action(
        "new",
        "New project from articles…",
        "File",
        lambda w, _key: w.projects.ask_new(),
        ("Ctrl+N",),
    ),
    Action("sample", "Open the sample", "File", lambda w, _key: w.projects.open_sample()),
    Action(
        "import",
        "Import articles…",
        "File",
        lambda w, _key: w.projects.ask_import(),
        ("Ctrl+I",),
        writable,
        group=1,
    ),
    Action(
        "person",
        "Change person…",
        "File",
        lambda w, _key: w.projects.ask_person(),
        (),
        project_open,
        group=1,
    ),
    Action(
        "close",
        "Close the project",
        "File",
        lambda w, _key: w.projects.close(),
        ("Ctrl+W",),
        project_open,
        group=2,
    ),
    Action("quit", "Quit", "File", lambda w, _key: w.close(), ("Ctrl+Q",), group=2),
)
