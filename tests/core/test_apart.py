"""What isn't the same, said by one or by several people, taken back, and merged."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.apart import PREFIX, apart, keep_apart
from annotator.core.model import Entity, Setting
from annotator.core.twins import twins
from annotator.project import Project
from tests.strategies import examples

TWINS = [Entity(each, "Ministry", type="government or official") for each in "abc"]


def settings(one: str, *others: str, known: list[Setting] | None = None) -> list[Setting]:
    """The settings after something is kept apart from others."""
    edit = keep_apart(known or [], one, others)
    return [
        *(known or []),
        *(each.after for each in edit.changes if isinstance(each.after, Setting)),
    ]


def test_a_pair_is_told_from_both_ends_and_once() -> None:
    told = settings("b", "a", "b", "a")
    assert len(told) == 1
    assert apart(told) == {"a": {"b"}, "b": {"a"}}
    assert not keep_apart(told, "a", ["b"])


def test_what_can_not_be_read_is_left_out() -> None:
    broken = ("", "{", "1", '["a"]', '["a", 1]', '["a", "a"]', '{"a": 1, "b": 2}', "null")
    told = [Setting(f"{PREFIX}{number}", each) for number, each in enumerate(broken)]
    assert not apart([*told, Setting("title", '["a", "b"]')])


def test_twins_that_are_kept_apart_are_several() -> None:
    assert set(twins(TWINS).values()) == {"a"}
    assert twins(TWINS, apart(settings("b", "a"))) == {"a": "a", "b": "b", "c": "a"}
    assert twins(TWINS, apart(settings("a", "b", "c"))) == {"a": "a", "b": "b", "c": "b"}


_PAIRS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=5)


@examples(60)
@given(_PAIRS)
def test_none_stands_for_another_that_it_is_apart_from(pairs: list[tuple[str, str]]) -> None:
    told: list[Setting] = []
    for one, other in pairs:
        told = settings(one, other, known=told)
    known = apart(told)
    assert {frozenset(each) for each in pairs if len(set(each)) > 1} == {
        frozenset((one, other)) for one, others in known.items() for other in others
    }
    found = twins(TWINS, known)
    assert all(found[one] != found[other] for one, others in known.items() for other in others)


def test_undo_takes_it_back(tmp_path: Path) -> None:
    path = tmp_path / "project.db"
    with Project.create(path, who="ann") as project:
        project.apply(keep_apart(project.read.settings(), "a", ["b"]))
        project.apply(keep_apart(project.read.settings(), "a", ["c"]))
        project.undo()
        assert apart(project.read.settings()) == {"a": {"b"}, "b": {"a"}}
    with Project.open(path, who="ann") as project:
        assert "a" in apart(project.read.settings())
