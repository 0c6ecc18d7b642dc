"""Writes the README's tables of keys, commands and formats from the program: run after a change.

`tables()` is what the README must hold; a test compares.
"""

import os
from collections.abc import Iterable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from annotator.cli import main as cli
from annotator.formats import registry
from annotator.ui.actions.table import key_rows

README = Path(__file__).resolve().parent.parent / "README.md"


def tables() -> dict[str, str]:
    """Markdown tables by the name of their place in the README."""
    commands = (
        (f"`annotator {name}`", each.get_short_help_str(100))
        for name, each in sorted(cli.commands.items())
    )
    formats = (
        (f"`{each.name}`", "yes" if each.read else "no", "yes" if each.write else "no", each.note)
        for each in registry.formats().values()
    )
    keys = ((f"`{row[0]}`", row[1]) for row in key_rows())
    return {
        "keys": table(("key", "does"), keys),
        "commands": table(
            ("command", "does"), (("`annotator [FILE.db]`", "Open the window."), *commands)
        ),
        "formats": table(("format", "read", "write", "what it is and keeps"), formats),
    }


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(cells) + " |" for cells in (head, tuple("---" for _ in head), *rows)]
    return "\n".join(lines)


def place(text: str, name: str, content: str) -> str:
    """The README's text with `content` between the marks of this name."""
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, rest = text.split(start)
    return before + start + "\n" + content + "\n" + end + rest.split(end)[1]


if __name__ == "__main__":
    readme = README.read_text(encoding="utf-8")
    for name, content in tables().items():
        readme = place(readme, name, content)
    README.write_text(readme, encoding="utf-8")
