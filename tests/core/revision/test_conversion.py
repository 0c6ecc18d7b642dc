"""Values of attributes that change their type or their values."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.revision.conversion import converted
from annotator.core.tagset import Attribute, fits

CHOICE = Attribute("x", "choice", ("certain", "14", "yes"))
NUMBER, TEXT, FLAG = Attribute("x", "number"), Attribute("x", "text"), Attribute("x", "flag")
DATE, ENTITY = Attribute("x", "date"), Attribute("x", "entity")
TEXTS = Attribute("x", "text", several=True)
NUMBERS = Attribute("x", "number", several=True)
DAY = {"text": "Monday", "from": "2020-09-28", "to": "2020-09-28"}
READ = {"text": "28 September 2020", "from": "2020-09-28", "to": "2020-09-28"}
ENTITIES = {"e1": "Ministry"}


def change(value: Any, old: Attribute, new: Attribute, **named: str) -> tuple[Any, bool]:
    """The conversion where choices are called as `named`, others as before."""
    return converted(value, old, new, called=lambda each: named.get(each, each), entities=ENTITIES)


@pytest.mark.parametrize(
    ("value", "old", "new", "becomes"),
    [
        ("14", TEXT, NUMBER, 14),
        (" 2,000 ", TEXT, NUMBER, 2000),
        ("-3", TEXT, NUMBER, -3),
        ("dozens", TEXT, NUMBER, None),
        ("2,00", TEXT, NUMBER, None),
        ("1" * 5000, TEXT, NUMBER, None),
        (14, NUMBER, TEXT, "14"),
        (14, NUMBER, CHOICE, "14"),
        (15, NUMBER, CHOICE, None),
        (True, FLAG, CHOICE, "yes"),
        (False, FLAG, TEXT, "no"),
        (" YES", TEXT, FLAG, True),
        ("false", TEXT, FLAG, False),
        ("maybe", TEXT, FLAG, None),
        (DAY, DATE, TEXT, "Monday"),
        ({**DAY, "text": ""}, DATE, TEXT, "28 September 2020"),
        ("28 September 2020", TEXT, DATE, READ),
        ("some day", TEXT, DATE, None),
        ("e1", ENTITY, TEXT, "Ministry"),
        ("Ministry", TEXT, ENTITY, "e1"),
        ("Nobody", TEXT, ENTITY, None),
        ("certain", CHOICE, TEXT, "certain"),
        (3, NUMBER, NUMBER, 3),
    ],
)
def test_a_value_is_read_anew_or_not_kept(
    value: Any, old: Attribute, new: Attribute, becomes: Any
) -> None:
    assert change(value, old, new) == (becomes, becomes is not None)


def test_a_choice_is_called_as_it_is_now() -> None:
    assert change("certain", CHOICE, CHOICE, certain="sure") == ("sure", True)


def test_one_becomes_a_list_and_a_list_one_as_far_as_it_goes() -> None:
    assert change("a", TEXT, TEXTS) == (["a"], True)
    assert change(["a"], TEXTS, TEXT) == ("a", True)
    assert change(["a", "b"], TEXTS, TEXT) == ("a", False)
    assert change([], TEXTS, TEXT) == (None, True)
    assert change([], TEXTS, NUMBERS) == ([], True)
    assert change(["1", "b"], TEXTS, NUMBERS) == ([1], False)
    assert change(["b"], TEXTS, NUMBERS) == (None, False)


def test_what_an_older_version_left_is_taken_where_it_fits() -> None:
    assert change("few", NUMBER, TEXT) == ("few", True)
    assert change("few", NUMBER, FLAG) == (None, False)


@given(st.integers() | st.booleans() | st.text(max_size=9), st.sampled_from([NUMBER, FLAG, TEXT]))
def test_what_is_kept_fits(value: Any, new: Attribute) -> None:
    old = next(each for each in (FLAG, NUMBER, TEXT) if fits(each, value))
    result, whole = change(value, old, new)
    assert whole == (result is not None)
    assert result is None or fits(new, result)
    if new.type == "text":
        assert change(result, new, old) == (value, True)
