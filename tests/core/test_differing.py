"""Differences: the first kind that holds is told, whoever is named first."""

from itertools import permutations
from typing import Any

import pytest

from annotator import paths
from annotator.core.differing import KINDS, differing
from annotator.core.model import Annotation
from annotator.core.span import Span
from annotator.core.tagset_toml import loads

TAGSET = loads((paths.resources() / "tagsets" / "default.toml").read_text("utf-8"))


def made(label: str, *ends: tuple[int, int], **attributes: Any) -> tuple[Annotation, ...]:
    spans = tuple(Span(*each) for each in ends or ((0, 9),))
    return (Annotation("", "", spans, label, attributes),)


LOSS = made("casualty", low=3, outcome="killed", whose="e1")


@pytest.mark.parametrize(
    ("found", "kind"),
    [
        pytest.param([LOSS, LOSS, LOSS], None, id="all the same"),
        pytest.param([LOSS, LOSS, ()], "missing", id="one has nothing"),
        pytest.param([LOSS, made("casualty", (0, 4), (6, 9))], "split", id="in fragments"),
        pytest.param([LOSS, (*made("casualty", (0, 4)), *LOSS)], "split", id="as two"),
        pytest.param([LOSS, made("claim", (0, 8))], "boundary", id="extent before label"),
        pytest.param([LOSS, made("claim")], "label", id="label before attributes"),
        pytest.param([LOSS, made("casualty", low=4, whose="e1")], "count", id="number"),
        pytest.param(
            [LOSS, made("casualty", low=3, bound="about", outcome="killed", whose="e1")],
            "count",
            id="bound",
        ),
        pytest.param([LOSS, made("casualty", low=3, whose="e2")], "entity", id="entity"),
        pytest.param([LOSS, made("casualty", low=3, whose="e1")], "attribute", id="attribute"),
        pytest.param([made("claim", low=3), made("claim", low=4)], "attribute", id="counts not"),
        pytest.param([made("odd", low=3), made("odd", low=4)], "attribute", id="unknown label"),
    ],
)
def test_the_first_kind_that_holds(found: list[tuple[Annotation, ...]], kind: str | None) -> None:
    assert kind is None or kind in KINDS
    for several in permutations(found):
        assert differing(several, TAGSET, lambda each: each.attributes) == kind
