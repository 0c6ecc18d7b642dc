"""Hashes of what is seen and made, and what the tag set allows."""

from dataclasses import replace

import pytest

from annotator.review.ground import Ground, sign
from tests.review.helpers import TAGSET, work

A = "anna"


def test_hash_tells_content_and_not_ids_notes_or_the_order_of_attributes() -> None:
    one = work(A, "0-9 claim form=direct topic=other").annotations[0]
    same = replace(
        one,
        id="x",
        layer="y",
        note="z",
        meta={"a": 1},
        attributes=dict(reversed(list(one.attributes.items()))),
    )
    assert sign(one) == sign(same)
    assert len(sign(one)) == 16
    for other in (
        "0-8 claim form=direct topic=other",
        "0-9 denial form=direct topic=other",
        "0-9 claim",
    ):
        assert sign(work(A, other).annotations[0]) != sign(one)


@pytest.mark.parametrize("field", ["source", "target", "type"])
def test_hash_of_a_link(field: str) -> None:
    (link,) = work(A, "n: 0-9 actor, c: 20-30 claim", "c source n").relations
    assert sign(replace(link, id="x", layer="y")) == sign(link)
    assert sign(replace(link, **{field: "other"})) != sign(link)  # type: ignore[arg-type]  # a text field
    assert sign(replace(link, attributes={"implied": True})) != sign(link)


def test_ground_without_a_type_allows_nothing() -> None:
    ground = Ground.of(TAGSET, {})
    first, second = work(A, "0-9 claim, 20-25 actor").annotations
    assert ground.allows("source", first, second)
    assert not ground.allows("source", second, first)
    assert not ground.allows("unknown", first, second)
    assert not ground.allows("disputes", first, first)
    assert not ground.is_symmetric("unknown")
