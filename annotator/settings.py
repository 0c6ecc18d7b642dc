"""The user's settings: typed, kept as TOML in the user's folder, never a reason not to start."""

import os
import tempfile
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args

import tomli_w

from annotator.core.query import ORDERS, Order
from annotator.core.rules import name_problem

ThemeChoice = Literal["system", "light", "dark", "contrast"]
LayoutChoice = Literal["reading", "raw"]
SnapChoice = Literal["words", "characters"]
LinesChoice = Literal["usual", "roomy", "wide"]
PerspectiveChoice = Literal["annotate", "review", "agreement", "ledger"]
PERSPECTIVES: tuple[PerspectiveChoice, ...] = get_args(PerspectiveChoice)
"""The perspectives that there are, in the order in which they are offered."""

Value = TypeVar("Value")

FILE = "settings.toml"
SMALLEST_TEXT, USUAL_TEXT, LARGEST_TEXT = 12, 18, 40
RECENT = 8
PLACES = 50
OFFERED: Mapping[str, tuple[Any, ...]] = {
    "theme": get_args(ThemeChoice),
    "layout": get_args(LayoutChoice),
    "snap": get_args(SnapChoice),
    "lines": get_args(LinesChoice),
    "text_size": tuple(range(SMALLEST_TEXT, LARGEST_TEXT + 1)),
    "column": tuple(range(40, 121, 10)),
    "interface": (0, 100, 110, 125, 150, 175, 200),
}
"""The values that a setting may have, where those are few, in their order."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the user was in a project: the open article, its row in the list, the perspective."""

    document: str
    row: int = 0
    perspective: PerspectiveChoice = "annotate"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the program remembers of its user; sizes in pixels, `geometry` is Qt's, in base64.

    `column` is the article's width in characters; `interface` the size of all but the article, in
    per cent, 0 for what the system's letters ask for. With `checks` an article is looked through
    before it is done, with `minutes` the time spent on it is noted. `used` are the palette's rows
    used last, the newest first. `places`, `people` (who works there) and `orders` (of the articles:
    "date", "-date" for backwards) are by the project's file, the newest last.
    """

    theme: ThemeChoice = "system"
    layout: LayoutChoice = "reading"
    snap: SnapChoice = "words"
    text_size: int = USUAL_TEXT
    column: int = 70
    lines: LinesChoice = "usual"
    interface: int = 0
    plain_keys: bool = True
    checks: bool = True
    guideline: bool = True
    minutes: bool = True
    used: tuple[str, ...] = ()
    orders: Mapping[str, str] = field(default_factory=dict)
    recent: tuple[str, ...] = ()
    geometry: str = ""
    panes: tuple[int, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)

    def with_recent(self, path: Path) -> "Settings":
        """These settings with a project's file as the one used last."""
        first = str(path.resolve())
        rest = (each for each in self.recent if each != first)
        return replace(self, recent=(first, *rest)[:RECENT])

    def stepped(self, name: str, by: int) -> "Settings":
        """These settings, one of them so many of its offered values on; by 0 it is as usual."""
        if not by:
            return replace(self, **{name: getattr(Settings(), name)})
        values = OFFERED[name]
        place = min(max(values.index(getattr(self, name)) + by, 0), len(values) - 1)
        return replace(self, **{name: values[place]})

    def switched(self, name: str) -> "Settings":
        """These settings, one that has two values having the other."""
        first, second = OFFERED.get(name, (False, True))
        return replace(self, **{name: first if getattr(self, name) == second else second})

    def with_used(self, name: str) -> "Settings":
        """These settings with a row of the palette as the one used last."""
        rest = (each for each in self.used if each != name)
        return replace(self, used=(name, *rest)[:RECENT])

    def with_place(self, path: Path, place: Place) -> "Settings":
        """These settings with the user's place in a project; the oldest places are forgotten."""
        return replace(self, places=_with_newest(self.places, path, place))

    def with_order(self, path: Path, order: Order) -> "Settings":
        """These settings with the order of a project's articles; the oldest are forgotten."""
        text = f"{'-' if order.descending else ''}{order.by}"
        return replace(self, orders=_with_newest(self.orders, path, text))

    def order(self, path: Path) -> Order:
        """The order of the articles in the project of this file."""
        text = self.orders.get(str(path.resolve()), "")
        for by in ORDERS:
            if by == text.removeprefix("-"):
                return Order(by, text.startswith("-"))
        return Order()

    def place(self, path: Path) -> Place | None:
        """Where the user was in the project of this file, if known."""
        return self.places.get(str(path.resolve()))

    def with_person(self, path: Path, who: str) -> "Settings":
        """These settings with who works in a project; the oldest are forgotten."""
        return replace(self, people=_with_newest(self.people, path, who))

    def person(self, path: Path) -> str | None:
        """Who was chosen to work in the project of this file, if anybody was."""
        return self.people.get(str(path.resolve()))


def load(folder: Path) -> Settings:
    """The settings kept in a folder; what is missing or broken there is as usual."""
    try:
        table = tomllib.loads((folder / FILE).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return Settings()
    return Settings(**_sound(table))


def save(settings: Settings, folder: Path) -> bool:
    """Keep the settings in a folder; False where it can't be written, which loses no work."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("wb", dir=folder, delete=False) as file:
            tomli_w.dump(asdict(settings), file)
        os.replace(file.name, folder / FILE)  # noqa: PTH105 - the new name is a plain string
    except OSError:
        return False
    return True


def _with_newest(known: Mapping[str, Value], path: Path, value: Value) -> dict[str, Value]:
    key = str(path.resolve())
    kept = [(name, each) for name, each in known.items() if name != key]
    return {**dict(kept[-(PLACES - 1) :]), key: value}


def _sound(table: Mapping[str, Any]) -> dict[str, Any]:
    usual = Settings()
    found: dict[str, Any] = {}
    for each in fields(Settings):
        value = _value(each.name, table.get(each.name), getattr(usual, each.name))
        if value is not None:
            found[each.name] = value
    return found


def _value(name: str, value: Any, usual: Any) -> Any:
    """The value as the setting has it, or None where it isn't one."""
    if name in OFFERED:
        return value if type(value) is type(usual) and value in OFFERED[name] else None
    if name in _READERS:
        return _READERS[name](value)
    return value if isinstance(value, type(usual)) else None


def _all_of(value: Any, kind: type) -> tuple[Any, ...] | None:
    if not isinstance(value, list) or not all(type(each) is kind for each in value):
        return None
    return tuple(value)


def _places(value: Any) -> dict[str, Place] | None:
    if not isinstance(value, dict):
        return None
    found = {}
    for path, each in value.items():
        if isinstance(each, dict) and isinstance(each.get("document"), str):
            row, shown = each.get("row"), each.get("perspective")
            found[path] = Place(
                each["document"],
                row if type(row) is int and row >= 0 else 0,
                next((known for known in PERSPECTIVES if known == shown), "annotate"),
            )
    return found


def _people(value: Any) -> dict[str, str] | None:
    """Who works where; a name that nobody can have would keep the project from being opened."""
    if not isinstance(value, dict):
        return None
    return {
        path: name
        for path, name in value.items()
        if isinstance(name, str) and not name_problem(name)
    }


def _texts(value: Any) -> dict[str, str] | None:
    if not isinstance(value, dict):
        return None
    return {path: text for path, text in value.items() if isinstance(text, str)}


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "places": _places,
    "people": _people,
    "orders": _texts,
    "panes": partial(_all_of, kind=int),
    "recent": partial(_all_of, kind=str),
    "used": partial(_all_of, kind=str),
}
