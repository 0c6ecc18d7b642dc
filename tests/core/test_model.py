"""The values."""

from typing import get_args

import pytest

from annotator.core.model import (
    KINDS,
    ROLES,
    STATES,
    Annotation,
    Annotator,
    Layer,
    Setting,
    TagsetVersion,
    Value,
    kind_of,
)
from annotator.core.span import Span


def test_each_kind_of_value_has_a_name_and_an_id() -> None:
    assert set(KINDS.values()) == set(get_args(Value))
    assert [
        kind_of(each) for each in (Setting("k", "v"), TagsetVersion(1, ""), Annotator("a"))
    ] == [*("setting", "tagset", "annotator")]
    assert [Setting("k", "v").id, TagsetVersion(12, "").id, Annotator("ada").id] == [
        "k",
        "12",
        "ada",
    ]


def test_parents_come_before_children() -> None:
    order = list(KINDS)
    for parent, child in (
        *(("annotator", "layer"), ("document", "layer"), ("tagset", "layer")),
        *(("layer", "annotation"), ("annotation", "relation"), ("document", "decision")),
        ("entity", "annotation"),
    ):
        assert order.index(parent) < order.index(child)


def test_a_layer_is_known_by_document_annotator_role_and_round() -> None:
    layer = Layer.of("d", "ada", role="gold", round_=2, tagset=3)
    assert (layer.role, layer.round, layer.tagset, layer.state) == ("gold", 2, 3, "new")
    assert layer.id == Layer.of("d", "ada", role="gold", round_=2, state="done").id
    assert layer.id != Layer.of("d", "ada", role="gold").id
    assert {"annotator", "gold"} < set(ROLES)
    assert {"new", "done"} < set(STATES)


def test_an_annotation_of_two_spans_reads_with_an_ellipsis() -> None:
    annotation = Annotation("a", "l", (Span(0, 3), Span(8, 11)), "claim")
    assert annotation.quote("one two three") == "one … thr"
    assert annotation.envelope == Span(0, 11)


def test_values_are_frozen() -> None:
    with pytest.raises(AttributeError):
        Annotator("ada").name = "bob"  # type: ignore[misc]  # the very thing that must fail
