"""The laws of a merge, over copies that go their own ways."""

from collections.abc import Sequence
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import assume, given
from hypothesis import strategies as st

from annotator.core.errors import UserError
from annotator.project import Project
from annotator.transfer import finish
from annotator.transfer.handoff import hand_off
from tests.strategies import examples
from tests.transfer.teams import Deed, copy, deeds, do, known, merged, past, start, values

_SOME = st.lists(deeds(), max_size=12)


def go(path: Path, some: Sequence[Deed]) -> None:
    with Project.open(path, who="ada") as project:
        for each in some:
            do(project, each)


def copies(folder: Path, first: Sequence[Deed], *ways: Sequence[Deed]) -> list[Path]:
    """Copies of one project that went these ways."""
    start(folder / "base.db")
    go(folder / "base.db", first)
    made = [copy(folder / "base.db", f"{number}.db") for number, _ in enumerate(ways)]
    for path, way in zip(made, ways, strict=True):
        go(path, way)
    return made


def clash(path: Path, other: Path) -> bool:
    """Whether a merge is refused, because two people would have one name; nothing is changed."""
    before = values(path)
    try:
        merged(path, other, dry=True)
    except UserError as error:
        refused = str(error)
    else:
        return False
    assert "would be the name of two people" in refused
    assert values(path) == before
    return True


@examples(5)
@given(first=_SOME, one=_SOME, two=_SOME)
def test_a_merge_is_commutative_and_done_once(
    first: list[Deed], one: list[Deed], two: list[Deed]
) -> None:
    with TemporaryDirectory() as name:
        a, b = copies(Path(name), first, one, two)
        refused = clash(a, b)
        assert clash(b, a) == refused
        assume(not refused)
        ab, ba = copy(a, "ab.db"), copy(b, "ba.db")
        looked = merged(ab, b, dry=True)
        assert values(ab) == values(a)
        report = merged(ab, b)
        done = {"applied": True, "backup": report.as_json()["backup"]}
        assert {**looked.as_json(), **done} == report.as_json()
        merged(ba, a)
        assert values(ab) == values(ba)
        before, entries = values(ab), past(ab)
        assert past(a) | past(b) <= entries
        assert known(a) | known(b) <= known(ab)
        again = merged(ab, b)
        assert values(ab) == before
        assert past(ab) == entries
        assert again.as_json()["conflicts"] == []
        merged(ab, ba)
        assert values(ab) == before


@examples(5)
@given(first=_SOME, one=_SOME, two=_SOME, three=_SOME)
def test_a_merge_is_associative(
    first: list[Deed], one: list[Deed], two: list[Deed], three: list[Deed]
) -> None:
    with TemporaryDirectory() as name:
        a, b, c = copies(Path(name), first, one, two, three)
        assume(not any(clash(*pair) for pair in permutations((a, b, c), 2)))
        left, right, other = copy(a, "left.db"), copy(b, "right.db"), copy(c, "other.db")
        merged(left, b, c)
        merged(right, c)
        far = copy(a, "far.db")
        merged(far, right)
        merged(other, a)
        merged(other, b)
        assert values(left) == values(far) == values(other)


@examples(5)
@given(first=_SOME, one=_SOME, two=_SOME, later=_SOME)
def test_undo_of_a_merge_leads_back_exactly(
    first: list[Deed], one: list[Deed], two: list[Deed], later: list[Deed]
) -> None:
    with TemporaryDirectory() as name:
        a, b = copies(Path(name), first, one, two)
        before = values(a)
        assume(not clash(a, b))
        report = merged(a, b)
        after = values(a)
        with Project.open(a, who="ada") as project:
            if project.undo_name == "merge 1.db":
                project.undo()
                assert project.check() == []
                assert values(a) == before
                project.redo()
                assert project.check() == []
                assert values(a) == after
                project.undo()
        merged(a, b)
        assert values(a) == after
        go(a, later)
        with Project.open(a, who="ada") as project:
            assert project.check() == []
        assert report.applied


@examples(5)
@given(first=_SOME, here=_SOME, there=_SOME, back=_SOME)
def test_what_is_handed_out_and_back_comes_to_the_same(
    first: list[Deed], here: list[Deed], there: list[Deed], back: list[Deed]
) -> None:
    with TemporaryDirectory() as name:
        (main,) = copies(Path(name), first, ())
        handed = main.with_name("bob.db")
        with Project.open(main, who="ada") as project:
            finish(hand_off(project, "bob", handed))
        go(main, here)
        go(handed, there)
        assume(not clash(main, handed))
        merged(main, handed)
        after = values(main)
        assert known(handed) <= known(main)
        assert past(handed) <= past(main)
        merged(main, handed)
        assert values(main) == after
        merged(handed, main)
        assert values(handed) == after
        go(handed, back)  # which may take the merge back
        merged(main, handed)
        merged(handed, main)
        assert values(main) == values(handed)
