"""The settings as people see them, one table: the View menu and the dialog are drawn from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annotator.settings import OFFERED


@dataclass(frozen=True, slots=True)
class Preference:
    """A setting: `name` is its field in Settings, `words` says each value that it may have.

    One without `words` is on or off.
    """

    part: str
    name: str
    title: str
    words: Mapping[Any, str]


def _all(name: str, say: str) -> dict[Any, str]:
    """The words of numbers."""
    return {value: say.format(value) for value in OFFERED[name]}


PREFERENCES: tuple[Preference, ...] = (
    Preference("Article", "text_size", "Size of the text", _all("text_size", "{} px")),
    Preference("Article", "column", "Width of the column", _all("column", "{} letters")),
    Preference(
        "Article",
        "lines",
        "Distance of the lines",
        {"usual": "usual", "roomy": "roomy", "wide": "wide"},
    ),
    Preference(
        "Article", "layout", "Layout", {"reading": "for reading", "raw": "raw lines, as they came"}
    ),
    Preference(
        "Article",
        "snap",
        "Selections by mouse",
        {"words": "grow to whole words", "characters": "stay as they are"},
    ),
    Preference(
        "Window",
        "theme",
        "Colours",
        {"system": "like the system", "light": "light", "dark": "dark", "contrast": "contrast"},
    ),
    Preference(
        "Window",
        "interface",
        "Size of the interface",
        {**_all("interface", "{} %"), 0: "like the system"},
    ),
    Preference("Window", "guideline", "Guideline of the label beside the text", {}),
    Preference("Work", "plain_keys", "Letters and digits act in the text", {}),
    Preference("Work", "checks", "Look the article through before it is done", {}),
    Preference("Work", "minutes", "Note the minutes of work on each article", {}),
)


def parts() -> Iterator[tuple[str, list[Preference]]]:
    """The preferences by the part of the dialog that they stand in."""
    for part in dict.fromkeys(each.part for each in PREFERENCES):
        yield part, [each for each in PREFERENCES if each.part == part]
