"""Clusters: what people marked about the same is found together, whoever is named first."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.clusters import Cluster, clusters, shared
from annotator.core.model import Annotation
from annotator.core.span import Span

Marks = dict[str, str]
"""By layer: "0-20 claim, 3-5+7-9 actor"."""


def layers(marks: Marks) -> dict[str, list[Annotation]]:
    found = {}
    for name, text in marks.items():
        found[name] = [
            annotation(f"{name}{number}", each)
            for number, each in enumerate(filter(None, text.split(", ")))
        ]
    return found


def annotation(id_: str, text: str) -> Annotation:
    places, label = text.split()
    spans = (each.split("-") for each in places.split("+"))
    return Annotation(id_, "", tuple(Span(int(start), int(end)) for start, end in spans), label)


def shown(found: list[Cluster]) -> list[Marks]:
    return [
        {
            layer: ", ".join(
                "+".join(f"{span.start}-{span.end}" for span in each.spans) + f" {each.label}"
                for each in members
            )
            for layer, members in cluster.members.items()
        }
        for cluster in found
    ]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        pytest.param(
            {"a": "0-9 claim", "b": "0-9 claim"},
            [{"a": "0-9 claim", "b": "0-9 claim"}],
            id="same",
        ),
        pytest.param(
            {"a": "0-9 claim", "b": "4-12 claim"},
            [{"a": "0-9 claim", "b": "4-12 claim"}],
            id="boundary",
        ),
        pytest.param(
            {"a": "0-9 claim", "b": "9-12 claim"},
            [{"a": "0-9 claim"}, {"b": "9-12 claim"}],
            id="touching is not the same",
        ),
        pytest.param(
            {"a": "0-10 claim", "b": "0-9 denial"},
            [{"a": "0-10 claim", "b": "0-9 denial"}],
            id="label",
        ),
        pytest.param(
            {"a": "0-20 denial", "b": "8-20 claim"},
            [{"a": "0-20 denial"}, {"b": "8-20 claim"}],
            id="a claim inside a denial is another thing",
        ),
        pytest.param(
            {"a": "0-20 denial, 8-20 claim", "b": "0-20 denial, 8-20 claim"},
            [
                {"a": "0-20 denial", "b": "0-20 denial"},
                {"a": "8-20 claim", "b": "8-20 claim"},
            ],
            id="both, twice",
        ),
        pytest.param(
            {"a": "0-20 claim", "b": "0-8 claim, 10-20 claim"},
            [{"a": "0-20 claim", "b": "0-8 claim, 10-20 claim"}],
            id="split",
        ),
        pytest.param(
            {"a": "0-20 claim", "b": "0-8 claim, 10-20 claim", "c": "0-8 claim"},
            [{"a": "0-20 claim", "b": "0-8 claim, 10-20 claim", "c": "0-8 claim"}],
            id="split, and one who has a part only",
        ),
        pytest.param(
            {"a": "0-90 claim", "b": "0-90 claim, 40-60 claim", "c": "0-90 claim, 40-60 claim"},
            [
                {"a": "0-90 claim", "b": "0-90 claim", "c": "0-90 claim"},
                {"b": "40-60 claim", "c": "40-60 claim"},
            ],
            id="what is nested and missed is no split",
        ),
        pytest.param(
            {"a": "0-20 claim", "b": "0-8 claim, 17-40 claim"},
            [{"a": "0-20 claim", "b": "0-8 claim"}, {"b": "17-40 claim"}],
            id="a small overlap is no part",
        ),
        pytest.param(
            {"a": "0-5+15-20 claim", "b": "6-14 claim"},
            [{"a": "0-5+15-20 claim"}, {"b": "6-14 claim"}],
            id="between fragments is nothing",
        ),
        pytest.param(
            {"a": "0-9 actor, 0-9 claim", "b": "0-9 claim"},
            [{"a": "0-9 actor"}, {"a": "0-9 claim", "b": "0-9 claim"}],
            id="the same label goes first",
        ),
        pytest.param({"a": "", "b": "3-4 claim"}, [{"b": "3-4 claim"}], id="nothing"),
    ],
)
def test_clusters(marks: Marks, expected: list[Marks]) -> None:
    assert shown(clusters(layers(marks))) == expected
    backwards = dict(reversed(layers(marks).items()))
    assert shown(clusters(backwards)) == expected


def test_cluster_starts_where_its_first_annotation_does() -> None:
    (found,) = clusters(layers({"a": "4-9 claim", "b": "3-9 claim"}))
    assert found.start == 3
    assert shared((Span(0, 5), Span(7, 9)), (Span(4, 8),)) == 2


@st.composite
def work(draw: st.DrawFn) -> dict[str, list[Annotation]]:
    """Up to four layers of annotations that lie on each other in many ways."""
    places = st.tuples(st.integers(0, 30), st.integers(1, 12), st.sampled_from(("x", "y")))
    found: dict[str, list[Annotation]] = {}
    for name in draw(st.lists(st.sampled_from("abcd"), unique=True, max_size=4)):
        found[name] = [
            Annotation(f"{name}{number}", "", (Span(start, start + length),), label)
            for number, (start, length, label) in enumerate(draw(st.lists(places, max_size=7)))
        ]
    return found


@given(work(), st.randoms())
def test_each_annotation_is_in_one_cluster_and_order_means_nothing(
    found: dict[str, list[Annotation]], random: object
) -> None:
    grouped = clusters(found)
    inside = sorted(
        each.id for cluster in grouped for members in cluster.members.values() for each in members
    )
    assert inside == sorted(each.id for several in found.values() for each in several)
    shuffled = {name: list(reversed(found[name])) for name in sorted(found, reverse=True)}
    assert clusters(shuffled) == grouped
    assert [each.start for each in grouped] == sorted(each.start for each in grouped)


@given(work())
def test_no_layer_has_what_overlaps_in_one_cluster(found: dict[str, list[Annotation]]) -> None:
    for cluster in clusters(found):
        for members in cluster.members.values():
            for number, one in enumerate(members):
                assert all(not shared(one.spans, each.spans) for each in members[number + 1 :])


@given(work())
def test_who_did_the_same_is_together(found: dict[str, list[Annotation]]) -> None:
    for annotations in found.values():
        for cluster in clusters({"one": annotations, "other": annotations}):
            assert cluster.members["one"] == cluster.members["other"]


def test_many_are_clustered_at_once() -> None:
    many = [
        Annotation(str(start), "", (Span(start, start + 9),), "claim")
        for start in range(0, 50_000, 5)
    ]
    begun = time.process_time()
    assert len(clusters({"a": many, "b": many})) == len(many)
    print(f"20,000 annotations of two in {time.process_time() - begun:.2f} s")
