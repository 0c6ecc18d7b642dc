"""Days, months, years and ranges of them: as people type them, and as they are shown."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

MONTHS = tuple(calendar.month_name[1:])
EXAMPLES = "2022-09-12, 12–13 September 2022, 2022-09 or 1988–1994"
"""What can be typed, for hints."""

_SEPARATOR = re.compile(r"\s*(?:–|—|\.{2,3}|/)\s*|\s+(?:-|to|until)\s+")
_HYPHEN = re.compile(r"^(\d{4})\s*-\s*(\d{4})$|^(\d{1,2})-(\d{1,2}\s+\D)")
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?",
        r"(?P<day>\d{1,2})(?:\s+(?P<name>[^\W\d]+)\.?)?(?:\s+(?P<year>\d{4}))?",
        r"(?P<name>[^\W\d]+)\.?\s+(?P<day>\d{1,2})(?:,?\s+(?P<year>\d{4}))?",
        r"(?P<name>[^\W\d]+)\.?(?:\s+(?P<year>\d{4}))?",
    )
)


@dataclass(frozen=True, slots=True)
class _Point:
    """One end of a range as it is typed; what is missing may stand at the other end."""

    year: int = 0
    month: int = 0
    day: int = 0

    def first(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    def last(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


def read_days(text: str) -> tuple[date, date]:
    """The first and the last day of what is typed; `read_days(shown_days(a, b)) == (a, b)`.

    Raises ValueError, its text a sentence for the person who typed it.
    """
    ends = [_point(part) for part in _parts(text.strip())]
    if not 1 <= len(ends) <= 2 or not ends[-1].year:
        raise _unread(text)
    left, right = ends[0], ends[-1]
    if left.day and not left.month:
        left = replace(left, month=right.month)
    left = replace(left, year=left.year or right.year)
    if any(each.day and not each.month for each in (left, right)):
        raise _unread(text)
    try:
        first, last = left.first(), right.last()
    except (ValueError, calendar.IllegalMonthError) as error:
        raise ValueError(f"“{text.strip()}” is not in the calendar.") from error
    if last < first:
        raise ValueError(f"“{text.strip()}” ends before it begins.")
    return first, last


def shown_days(first: date, last: date) -> str:
    """A range of days in words: "12–13 September 2022", "September 2022", "1988–1994"."""
    months = first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]
    if months and first.month == 1 and last.month == 12:
        return "–".join(dict.fromkeys((_year(first), _year(last))))
    left, right = _words(first, months=months), _words(last, months=months)
    if first.year != last.year:
        return f"{left} {_year(first)} – {right} {_year(last)}"
    if left == right:
        return f"{right} {_year(last)}"
    if months:
        return f"{left}–{right} {_year(last)}"
    if first.month == last.month:
        return f"{first.day}–{right} {_year(last)}"
    return f"{left} – {right} {_year(last)}"


def _parts(text: str) -> Iterator[str]:
    yield from _SEPARATOR.split(_HYPHEN.sub(_dashed, text))


def _dashed(found: re.Match[str]) -> str:
    return "–".join(part for part in found.groups() if part)


def _point(text: str) -> _Point:
    for form in _FORMS:
        if found := form.fullmatch(text):
            parts = {"year": "", "month": "", "day": "", "name": "", **found.groupdict()}
            month = int(parts["month"] or 0) or _month(parts["name"] or "")
            return _Point(int(parts["year"] or 0), month, int(parts["day"] or 0))
    raise _unread(text)


def _month(name: str) -> int:
    """The number of a month by its name or the first three or more letters of it; 0 for none."""
    if not name:
        return 0
    start = "sep" if name.lower() == "sept" else name.lower()
    for number, month in enumerate(MONTHS, 1):
        if len(start) >= 3 and month.lower().startswith(start):
            return number
    raise _unread(name)


def _words(day: date, *, months: bool) -> str:
    return MONTHS[day.month - 1] if months else f"{day.day} {MONTHS[day.month - 1]}"


def _year(day: date) -> str:
    return f"{day.year:04}"


def _unread(text: str) -> ValueError:
    return ValueError(f"“{text.strip()}” is not a date. Type it like {EXAMPLES}.")
