"""Identifiers: time-ordered, or derived."""

from uuid import UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from annotator.core.ids import inner_id, is_ours, layer_id, named_id, new_id

TIMES = st.integers(0, (1 << 48) - 1)


@given(TIMES, TIMES)
def test_ids_are_uuids_of_version_7_and_sort_by_their_time(a: int, b: int) -> None:
    first, second = new_id(a), new_id(b)
    for time, text in ((a, first), (b, second)):
        value = UUID(text)
        assert str(value) == text
        assert (value.int >> 80, value.int >> 76 & 0xF, value.int >> 62 & 3) == (time, 7, 2)
    if a != b:
        assert (first < second) == (a < b)


def test_ids_are_distinct_and_sort_as_they_were_made_even_within_one_millisecond() -> None:
    found = [new_id() for _ in range(1000)]
    assert len(set(found)) == 1000
    assert found == sorted(found)
    assert found[0] > new_id(1_700_000_000_000)


def test_a_layer_has_one_id_in_every_file() -> None:
    assert layer_id("d", "Աննա", "annotator", 1) == "3491b05e-f87f-59af-a5fd-870bcee0164e"
    given_ = layer_id("d", "ada", "annotator", 1)
    assert UUID(given_).version == 5
    assert given_ == layer_id("d", "ada", "annotator", 1)
    others = {
        layer_id(*key)
        for key in (
            ("e", "ada", "annotator", 1),
            ("d", "bob", "annotator", 1),
            ("d", "ada", "gold", 1),
            ("d", "ada", "annotator", 2),
            ('d","ada', "annotator", "annotator", 1),
        )
    }
    assert len(others | {given_}) == 6


@given(st.uuids(), st.text(st.characters(codec="utf-8")))
def test_a_derived_id_is_a_uuid_of_version_5(space: UUID, name: str) -> None:
    assert named_id(space, name) == str(uuid5(space, name))


def test_our_ids_are_told_from_others() -> None:
    layer = layer_id("d", "ada", "annotator", 1)
    assert all(map(is_ours, (new_id(), layer, inner_id(layer, "T1"))))
    foreign = ("", "T1", "0190A000-0000-7000-8000-000000000001", f"{new_id()}\n")
    assert not any(map(is_ours, (*foreign, "7d444840-9dc0-41d1-b245-5ffdce74fad2")))
