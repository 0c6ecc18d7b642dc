"""What a person does with suggestions: accepted with what they lead to, or rejected for good."""

from dataclasses import replace

from annotator.core.edits import Edit
from annotator.core.model import Annotation, Layer, Relation
from annotator.core.span import Span
from annotator.core.suggestions import (
    SHOWN,
    accept,
    correct,
    is_judged,
    judgement,
    pending,
    reject,
    shown,
    suggestion_id,
)
from annotator.core.tagged import Tagged

MACHINE = Layer.of("d", "machine", role="machine")
OWN = Layer.of("d", "ada")


def suggested(label: str, start: int, end: int) -> Annotation:
    spans = (Span(start, end),)
    id_ = suggestion_id(MACHINE.id, label, spans)
    return Annotation(id_, MACHINE.id, spans, label, {"form": "direct"}, meta={"by": "cues"})


CLAIM, ACTOR, OTHER = (
    suggested("claim", 0, 9),
    suggested("actor", 10, 14),
    suggested("actor", 20, 24),
)
LINK = Relation("r1", MACHINE.id, "source", CLAIM.id, ACTOR.id, {"implied": True})
ALL = {each.id: each for each in (CLAIM, ACTOR, OTHER)}


LINKED = suggested("denial", 0, 20)
TO = Relation("r2", MACHINE.id, "denies", LINKED.id, CLAIM.id)


def taken(edit: Edit, kind: str) -> list[object]:
    return [each.after for each in edit.changes if each.kind == kind and each.before is None]


def test_an_id_follows_from_what_is_suggested() -> None:
    assert CLAIM.id == suggested("claim", 0, 9).id
    assert len({CLAIM.id, suggested("claim", 0, 8).id, suggested("denial", 0, 9).id}) == 3


def test_rejected_ones_do_not_come_back_to_whoever_rejected_them() -> None:
    edit = reject([CLAIM], "ada")
    (rejected,) = (each.after for each in edit.changes)
    assert isinstance(rejected, Annotation)
    assert (edit.name, judgement(rejected, "ada"), judgement(rejected, "noor")) == (
        *("reject suggestion", "rejected"),
        "",
    )
    assert is_judged(rejected)
    assert not is_judged(CLAIM)
    assert pending([rejected, ACTOR], Tagged(), "ada") == [ACTOR]
    assert pending([rejected], Tagged(), "noor") == [rejected]
    assert judgement(replace(CLAIM, meta={"judged": "odd"}), "ada") == ""
    assert reject([CLAIM, ACTOR], "ada").name == "reject suggestions"
    both = reject([rejected], "noor").changes[0].after
    assert isinstance(both, Annotation)
    assert (judgement(both, "ada"), judgement(both, "noor")) == ("rejected", "rejected")


def test_what_is_tagged_alike_is_not_pending() -> None:
    mine = replace(CLAIM, id="mine", layer=OWN.id)
    assert pending([CLAIM, ACTOR], Tagged([mine]), "ada") == [ACTOR]


def test_what_is_tagged_nearly_alike_is_not_pending_and_is_linked() -> None:
    mine = replace(ACTOR, id="mine", layer=OWN.id, spans=(Span(10, 16),))
    assert pending([CLAIM, ACTOR, OTHER], Tagged([mine]), "ada") == [CLAIM, OTHER]
    edit = accept([CLAIM], OWN, own=Tagged([mine]), others=ALL, links=[LINK], who="ada")
    assert len(taken(edit, "annotation")) == 1
    (link,) = taken(edit, "relation")
    assert isinstance(link, Relation)
    assert link.target == "mine"


def test_accepting_takes_the_link_and_what_it_leads_to() -> None:
    edit = accept([CLAIM], OWN, own=Tagged(), others=ALL, links=[LINK], who="ada", fresh=True)
    claim, actor = taken(edit, "annotation")
    assert isinstance(claim, Annotation)
    assert isinstance(actor, Annotation)
    assert (claim.spans, claim.label, claim.layer) == (CLAIM.spans, "claim", OWN.id)
    assert claim.meta == {"origin": {"suggestion": CLAIM.id, "by": "cues"}}
    (link,) = taken(edit, "relation")
    assert isinstance(link, Relation)
    assert (link.source, link.target, link.attributes) == (claim.id, actor.id, {"implied": True})
    (layer,) = taken(edit, "layer")
    assert isinstance(layer, Layer)
    assert (layer.state, layer.meta) == ("open", {SHOWN: True})
    judged = [each.after for each in edit.changes if each.before in (CLAIM, ACTOR)]
    assert [judgement(each, "ada") for each in judged if isinstance(each, Annotation)] == [
        *("accepted", "accepted")
    ]


def test_accepting_links_what_is_there_and_leaves_what_was_rejected() -> None:
    there = replace(ACTOR, id="mine", layer=OWN.id)
    done = replace(OWN, state="done")
    edit = accept([CLAIM, OTHER], done, own=Tagged([there]), others=ALL, links=[LINK], who="ada")
    assert len(taken(edit, "annotation")) == 2
    (link,) = taken(edit, "relation")
    assert isinstance(link, Relation)
    assert link.target == "mine"
    assert edit.name == "accept suggestions"
    rejected = reject([ACTOR], "ada").changes[0].after
    assert isinstance(rejected, Annotation)
    others = {**ALL, ACTOR.id: rejected}
    lost = replace(LINK, target="gone")
    edit = accept([CLAIM], shown(done), own=Tagged(), others=others, links=[LINK, lost], who="ada")
    assert (len(taken(edit, "annotation")), taken(edit, "relation")) == (1, [])
    assert not any(each.kind == "layer" for each in edit.changes)


def test_a_corrected_one_keeps_what_its_new_label_has() -> None:
    edit = correct(
        *(CLAIM, OWN), label="denial", spans=(Span(0, 7),), kept=["form"], who="ada", fresh=True
    )
    assert edit.name == "correct suggestion"
    (layer,), (own,) = taken(edit, "layer"), taken(edit, "annotation")
    assert isinstance(layer, Layer)
    assert isinstance(own, Annotation)
    assert (layer.state, layer.meta) == ("open", {SHOWN: True})
    assert (own.label, own.spans, own.attributes) == ("denial", (Span(0, 7),), {"form": "direct"})
    assert own.meta == {"origin": {"suggestion": CLAIM.id, "by": "cues"}}
    judged = next(each.after for each in edit.changes if each.id == CLAIM.id)
    assert isinstance(judged, Annotation)
    assert judgement(judged, "ada") == "corrected"
    assert pending([judged], Tagged(), "ada") == []
    # A link leads to what became of its target, unless that is something else now.
    found = taken(
        accept([LINKED], OWN, own=Tagged([own]), others={CLAIM.id: judged}, links=[TO], who="ada"),
        "relation",
    )
    assert found == []
    other = replace(own, label="claim", meta={"origin": {"suggestion": CLAIM.id}})
    (link,) = taken(
        accept(
            [LINKED], OWN, own=Tagged([other]), others={CLAIM.id: judged}, links=[TO], who="ada"
        ),
        "relation",
    )
    assert isinstance(link, Relation)
    assert link.target == other.id
    odd = replace(own, meta={"origin": "odd"})
    assert not taken(
        accept([LINKED], OWN, own=Tagged([odd]), others={CLAIM.id: judged}, links=[TO], who="ada"),
        "relation",
    )
    bare = correct(CLAIM, OWN, label="actor", spans=CLAIM.spans, kept=[], who="ada")
    assert [
        each.attributes for each in taken(bare, "annotation") if isinstance(each, Annotation)
    ] == [{}]
