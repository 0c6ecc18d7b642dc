"""Which column of a table holds what of an article: proposed from heads and contents."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from annotator.core.dates import read_days

ROLES = ("text", "title", "source", "published", "language", "url", "id")
"""What a column can be to an article; the first one is needed."""
Row = Mapping[str, str]
"""The cells of a row by their columns."""
_NAMES = {
    "text": (
        *("text", "body", "fulltext", "articletext", "articlebody", "content", "maintext", "story"),
        *("article", "bodytext", "textbody", "description"),
        *(
            "текст",
            "содержание",
            "metin",
            "içerik",
            "տեքստ",
            "texto",
            "texte",
            "testo",
            "متن",
            "نص",
        ),
    ),
    "title": (
        *("title", "headline", "heading", "articletitle", "head", "subject"),
        *("заголовок", "название", "başlık", "վերնագիր", "titel", "titre", "título", "titolo"),
    ),
    "source": (
        *("source", "outlet", "publisher", "publication", "newspaper", "sitename", "site", "media"),
        *("medium", "sourcename", "domain", "источник", "издание", "kaynak", "աղբյուր", "quelle"),
    ),
    "published": (
        *("published", "date", "publishedat", "publicationdate", "datepublished", "pubdate"),
        *("publishdate", "publisheddate", "datetime", "timestamp", "time", "day"),
        *("дата", "tarih", "ամսաթիվ", "datum", "fecha", "data"),
    ),
    "language": ("language", "lang", "languagecode", "язык", "dil", "լեզու", "sprache", "langue"),
    "url": ("url", "link", "uri", "href", "permalink", "weburl", "address", "ссылка", "bağlantı"),
    "id": ("id", "docid", "documentid", "articleid", "newsid", "guid", "uuid", "uid", "key"),
}
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?")
_MOST = 0.8
_LONG = 200
_LINE = 12
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?", re.DOTALL)
_PARTS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:\D.*)?")
_YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})(?:\D.*)?")


def proposed(columns: Sequence[str], rows: Sequence[Row]) -> dict[str, str]:
    """The column of each of the ROLES that one is likely for, told by some rows.

    The names of columns speak first, then what is in them: long texts, addresses, dates, codes of
    languages.
    """
    found: dict[str, str] = {}
    for role in ROLES:
        by_name = _named(role, [each for each in columns if each not in found.values()])
        if by_name and any(row.get(by_name, "").strip() for row in rows):
            found[role] = by_name
    for role, fits in _FITTING.items():
        left = [each for each in columns if each not in found.values()]
        if role not in found:
            cells = {each: _cells(rows, each) for each in left}
            able = [each for each in left if cells[each] and fits(cells[each])]
            if able:
                found[role] = max(able, key=lambda each: _mean(cells[each]))
    return {role: found[role] for role in ROLES if role in found}


def has_head(first: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row of a table names its columns."""
    names = [each.strip() for each in first]
    if not all(names) or len(set(names)) < len(names) or any(len(each) > 60 for each in names):
        return False
    if any(_named(role, names) for role in ROLES):
        return True
    if any(_ADDRESS.match(each) or _PARTS.match(each) or each.isdecimal() for each in names):
        return False
    below = [each for row in rows for each in row if each]
    return bool(below) and _mean(below) > 2 * _mean(names)


def day_reader(cells: Iterable[str]) -> Callable[[str], str]:
    """What turns the dates of a column into ISO 8601, and leaves alone what it can't read.

    Whether 9/12 is in September or in December is told by the other dates of the column; where
    nothing tells, such dates stay as they are.
    """
    firsts, seconds = [0], [0]
    for match in filter(None, map(_PARTS.fullmatch, cells)):
        firsts.append(int(match[1]))
        seconds.append(int(match[3]))
    day_first = None if (max(firsts) > 12) == (max(seconds) > 12) else max(firsts) > 12
    return lambda cell: _day(cell.strip(), day_first=day_first) or cell.strip()


def _day(cell: str, *, day_first: bool | None) -> str:
    if match := _ISO.fullmatch(cell):
        return match[1]
    if match := _YEAR_FIRST.fullmatch(cell):
        return _iso(match[1], match[2], match[3])
    if match := _PARTS.fullmatch(cell):
        if match[2] == "." or match[1] == match[3]:
            day_first = True
        day, month = (match[1], match[3]) if day_first else (match[3], match[1])
        return "" if day_first is None else _iso(match[4], month, day)
    return _in_words(cell)


def _in_words(cell: str) -> str:
    try:
        first, last = read_days(cell)
    except ValueError:
        return ""
    return first.isoformat() if first == last else ""


def _iso(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _named(role: str, columns: Sequence[str]) -> str:
    """The column that is called as columns of this role are; "" for none."""
    plain = {re.sub(r"[\W_]+", "", each.casefold()): each for each in reversed(columns)}
    return next((plain[name] for name in _NAMES[role] if name in plain), "")


def _cells(rows: Sequence[Row], column: str) -> list[str]:
    return [cell for row in rows if (cell := row.get(column, "").strip())]


def _mean(cells: Sequence[str]) -> float:
    """How long the cells are."""
    return sum(map(len, cells)) / len(cells)


def _mostly(test: Callable[[str], object]) -> Callable[[Sequence[str]], bool]:
    return lambda cells: sum(bool(test(each)) for each in cells) >= _MOST * len(cells)


def _is_title(cells: Sequence[str]) -> bool:
    return _LINE <= _mean(cells) <= _LONG and len(set(cells)) > len(cells) / 2


_FITTING: Mapping[str, Callable[[Sequence[str]], bool]] = {
    "text": lambda cells: _mean(cells) >= _LONG,
    "url": _mostly(_ADDRESS.fullmatch),
    "published": _mostly(lambda each: _day(each, day_first=True) or _day(each, day_first=False)),
    "language": _mostly(_LANGUAGE.fullmatch),
    "title": _is_title,
}
"""Roles that contents tell, each by a test of the cells of a column that aren't empty."""
