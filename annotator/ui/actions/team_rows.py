"""Work in a team: who has what, hand-offs and merges."""

from annotator.ui.actions.action import Action, on_bench, project_open, writable

ROWS: tuple[Action, ...] = (
    Action(
        "holdings",
        "Who has what…",
        "Team",
        on_bench(lambda bench: bench.team.show_holdings()),
        (),
        project_open,
        "show who has which articles, and who is done",
    ),
    Action(
        "plan",
        "Plan who annotates what…",
        "Team",
        on_bench(lambda bench: bench.team.ask_plan()),
        (),
        writable,
        "give articles to annotators, as evenly as can be",
    ),
    Action(
        "hand out",
        "Hand out…",
        "Team",
        on_bench(lambda bench: bench.team.ask_handoff()),
        ("Ctrl+Shift+H",),
        writable,
        "write a file for one annotator",
        group=1,
    ),
    Action(
        "merge",
        "Merge files…",
        "Team",
        on_bench(lambda bench: bench.team.ask_merge()),
        ("Ctrl+Shift+M",),
        writable,
        "bring back what annotators and reviewers did in their files",
        group=1,
    ),
    Action(
        "rename",
        "Rename person…",
        "Team",
        on_bench(lambda bench: bench.team.ask_name()),
        (),
        writable,
        "give the person who works here another name",
        group=2,
    ),
)
