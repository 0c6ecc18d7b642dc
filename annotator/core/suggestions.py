"""What a person does with what a machine suggests: accepts it, corrects it or rejects it.

Suggestions are the annotations of a machine's layer. Each keeps in `meta.judged` what who said to
it, so that it doesn't come back to them; its id follows from what it is, so that it is the same one
when it is suggested again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal, get_args

from annotator.core.edits import Change, Edit, change
from annotator.core.ids import inner_id, new_id
from annotator.core.model import Annotation, Layer, Relation
from annotator.core.span import Span
from annotator.core.tagged import Tagged

Judgement = Literal["accepted", "corrected", "rejected"]
JUDGEMENTS: tuple[Judgement, ...] = get_args(Judgement)
KEY = "suggestions"
"""The key of the setting that tells whether a project's annotators see suggestions; OFF for no."""
OFF = "off"
SHOWN = "suggestions"
"""Under this name a layer's meta tells that suggestions were shown while it was worked on."""
_JUDGED = "judged"


def suggestion_id(layer: str, label: str, spans: Iterable[Span]) -> str:
    """The id of a suggestion in a machine's layer."""
    places = " ".join(f"{each.start}-{each.end}" for each in spans)
    return inner_id(layer, f"{label} {places}")


def judgement(suggestion: Annotation, who: str) -> str:
    """What somebody said to a suggestion: one of JUDGEMENTS, "" for nothing yet."""
    found = suggestion.meta.get(_JUDGED)
    said = found.get(who) if isinstance(found, dict) else None
    return said if isinstance(said, str) else ""


def is_judged(suggestion: Annotation) -> bool:
    """Whether anybody said anything to a suggestion."""
    return bool(suggestion.meta.get(_JUDGED))


def pending(suggestions: Iterable[Annotation], own: Tagged, who: str) -> list[Annotation]:
    """The suggestions that somebody hasn't judged, and whose words they haven't tagged alike."""
    return [each for each in suggestions if not judgement(each, who) and own.alike(each) is None]


def shown(layer: Layer) -> Layer:
    """A layer that tells that suggestions were shown while it was worked on."""
    return replace(layer, meta={**layer.meta, SHOWN: True})


def correct(
    suggestion: Annotation,
    layer: Layer,
    *,
    label: str,
    spans: Iterable[Span],
    kept: Iterable[str],
    who: str,
    fresh: bool = False,
) -> Edit:
    """Take a suggestion over into a person's layer with another label or other spans.

    `kept` are those of its attributes that the label has; its links stay behind. `fresh` says that
    the file doesn't have the layer yet.
    """
    names = set(kept)
    values = {name: value for name, value in suggestion.attributes.items() if name in names}
    own = replace(
        _taken(suggestion, layer), label=label, spans=tuple(sorted(spans)), attributes=values
    )
    judged = _judge(suggestion, who, "corrected")
    return Edit("correct suggestion", (*_opened(layer, fresh=fresh), Change(None, own), *judged))


def reject(suggestions: Sequence[Annotation], who: str) -> Edit:
    """Say that somebody doesn't want these suggestions."""
    changes = (one for each in suggestions for one in _judge(each, who, "rejected"))
    return Edit(
        "reject suggestion" if len(suggestions) == 1 else "reject suggestions", tuple(changes)
    )


def accept(
    suggestions: Sequence[Annotation],
    layer: Layer,
    *,
    own: Tagged,
    others: Mapping[str, Annotation],
    links: Iterable[Relation],
    who: str,
    fresh: bool = False,
) -> Edit:
    """Take suggestions over into a person's layer, with their links and what these lead to.

    `own` is what the layer has, `others` are all suggestions by id, `links` those between them.
    `fresh` says that the file doesn't have the layer yet. What the layer has alike is linked, not
    taken twice, and so is what became of a suggestion that was corrected. What the person has
    rejected, or made something of another label, is left out with the links to it.
    """
    wanted = {each.id: each for each in suggestions}
    outward = [each for each in links if each.source in wanted]
    mine: dict[str, Annotation] = {}
    for target in filter(None, (others.get(each.target) for each in outward)):
        corrected = own.from_(target.id)
        if corrected is not None and corrected.label == target.label:
            mine.setdefault(target.id, corrected)
        elif judgement(target, who) not in ("rejected", "corrected"):
            wanted.setdefault(target.id, target)
    made = []
    for each in wanted.values():
        known = own.alike(each)
        mine[each.id] = known or _taken(each, layer)
        made += [] if known else [Change(None, mine[each.id])]
    related = (
        Change(None, Relation(new_id(), layer.id, each.type, source.id, end.id, each.attributes))
        for each in outward
        if (source := mine[each.source]) and (end := mine.get(each.target))
    )
    judged = [one for each in wanted.values() for one in _judge(each, who, "accepted")]
    name = "accept suggestion" if len(suggestions) == 1 else "accept suggestions"
    return Edit(name, (*_opened(layer, fresh=fresh), *made, *related, *judged))


def _opened(layer: Layer, *, fresh: bool) -> tuple[Change, ...]:
    """The change that taking suggestions over brings to a layer."""
    opened = replace(shown(layer), state="open" if layer.state == "new" else layer.state)
    return change(None if fresh else layer, opened)


def _taken(suggestion: Annotation, layer: Layer) -> Annotation:
    """A suggestion as an annotation of a person's layer, which knows where it comes from."""
    origin = {"suggestion": suggestion.id, "by": suggestion.meta.get("by", "")}
    return replace(suggestion, id=new_id(), layer=layer.id, meta={"origin": origin})


def _judge(suggestion: Annotation, who: str, said: Judgement) -> tuple[Change, ...]:
    found = suggestion.meta.get(_JUDGED)
    judged = {**(found if isinstance(found, dict) else {}), who: said}
    return change(suggestion, replace(suggestion, meta={**suggestion.meta, _JUDGED: judged}))
