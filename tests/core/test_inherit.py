"""What a count takes from the statement around it."""

from typing import Any

from annotator import paths
from annotator.core.inherit import inherited
from annotator.core.model import Annotation, Relation
from annotator.core.span import Span
from annotator.core.tagset import Attribute, Label, RelationType, Tagset
from annotator.core.tagset_toml import loads

TAGSET = loads((paths.resources() / "tagsets" / "default.toml").read_text("utf-8"))
WHEN = {"text": "Monday", "from": "2022-09-12", "to": "2022-09-12"}


def span(label: str, start: int, end: int, **attributes: Any) -> Annotation:
    return Annotation(f"{label} {start}", "layer", (Span(start, end),), label, attributes)


def link(source: Annotation, target: Annotation, type_: str = "source") -> Relation:
    return Relation(f"{source.id} {target.id}", "layer", type_, source.id, target.id)


ACTOR, OTHER = span("actor", 90, 95), span("actor", 80, 85)
CLAIM = span("claim", 0, 40, when=WHEN)
DENIAL = span("denial", 5, 30)
COUNT = span("casualty", 10, 20)


def links(*found: Relation) -> Any:
    return lambda id_: [each for each in found if id_ in (each.source, each.target)]


def test_the_smallest_statement_around_gives_source_and_time() -> None:
    said = link(CLAIM, ACTOR)
    everything = [ACTOR, CLAIM, COUNT, span("claim", 12, 40), span("actor", 0, 40)]
    found = inherited(COUNT, everything, links(said, link(CLAIM, ACTOR, "against")), TAGSET)
    assert found is not None
    assert (found.origin, found.links, found.attributes) == (
        CLAIM,
        {"source": (said,)},
        {"when": WHEN},
    )
    nearer = inherited(COUNT, [DENIAL, *everything], links(said), TAGSET)
    assert nearer is not None
    assert (nearer.origin, nearer.links, nearer.attributes) == (DENIAL, {}, {})


def test_what_a_count_has_itself_is_not_taken() -> None:
    own = span("casualty", 10, 20, when={**WHEN, "text": "Tuesday"})
    found = inherited(
        own, [CLAIM, own], links(link(CLAIM, ACTOR), link(own, OTHER), link(CLAIM, own)), TAGSET
    )
    assert found is not None
    assert not found.links
    assert not found.attributes


def test_only_counts_inherit_and_only_from_statements() -> None:
    assert inherited(DENIAL, [CLAIM], links(), TAGSET) is None
    assert inherited(COUNT, [span("casualty", 0, 40)], links(), TAGSET) is None
    assert inherited(span("rumour", 0, 4), [CLAIM], links(), TAGSET) is None


def test_other_names_do_as_well() -> None:
    ends = (Attribute("low", "number"), Attribute("high", "number"))
    tagset = Tagset(
        "t",
        labels=(
            Label("voice", attributes=(Attribute("who", "entity"),)),
            Label("loss", attributes=ends),
            Label("report"),
        ),
        relations=(
            RelationType("says", sources=("report", "loss"), targets=("voice",)),
            RelationType("nowhere", sources=("loss",)),
        ),
    )
    report, loss, voice = span("report", 0, 9), span("loss", 1, 3), span("voice", 20, 22)
    said = link(report, voice, "says")
    found = inherited(loss, [report, loss, voice], links(said), tagset)
    assert found is not None
    assert found.links == {"says": (said,)}
