"""Edits and their inverses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.edits import Change, Edit, change, combined, inserted
from annotator.core.model import Annotator, Entity, Value

ENTITIES = st.builds(Entity, st.sampled_from("abc"), st.text(max_size=3))


@st.composite
def changes(draw: st.DrawFn) -> Change:
    """Changes of any sort."""
    before = draw(ENTITIES)
    after = Entity(before.id, draw(st.text(max_size=3)))
    return draw(st.sampled_from((Change(before, after), Change(None, after), Change(before, None))))


@given(st.lists(changes(), max_size=6))
def test_an_inverse_takes_back_in_reverse_order_and_twice_is_the_same(found: list[Change]) -> None:
    edit = Edit("try", tuple(found))
    inverse = edit.inverse()
    assert inverse.inverse() == edit
    assert inverse.id != edit.id
    assert [(each.after, each.before) for each in reversed(found)] == [
        (each.before, each.after) for each in inverse.changes
    ]
    assert bool(edit) == bool(found)
    assert [each.kind for each in edit.touched("entity")] == ["entity"] * len(found)
    assert list(edit.touched("layer")) == []


def test_a_change_is_of_one_thing() -> None:
    with pytest.raises(ValueError, match="needs a before or an after"):
        Change(None, None)
    for other in (Entity("b", "x"), Annotator("a")):
        with pytest.raises(ValueError, match="different things"):
            Change(Entity("a", "x"), other)


def test_a_change_is_known_by_its_later_version() -> None:
    old, new = Entity("a", "old"), Entity("a", "new")
    found: list[tuple[Change, Value]] = [
        (Change(old, new), new),
        (Change(None, new), new),
        (Change(old, None), old),
    ]
    for each, value in found:
        assert (each.either, each.kind, each.id) == (value, "entity", "a")


def test_nothing_differs_nothing_changes() -> None:
    assert change(Entity("a", "x"), Entity("a", "x")) == ()
    assert change(None, Entity("a", "x")) == inserted([Entity("a", "x")])


def test_edits_one_after_the_other_are_one() -> None:
    one, two, three = (Entity("a", name) for name in ("x", "y", "z"))
    made = [
        Edit("make", inserted([one, Entity("b", "gone")])),
        Edit("rename", (*change(one, two), *change(Entity("b", "gone"), None))),
        Edit("rename again", change(two, three)),
    ]
    assert combined("all", made) == Edit("all", inserted([three]))
