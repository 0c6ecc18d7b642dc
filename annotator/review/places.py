"""All places of an article in review, in reading order: what differs there, and how far it is."""

from collections.abc import Mapping
from dataclasses import replace

from annotator.core.article import Article, Work
from annotator.core.edits import Edit
from annotator.core.model import Decision, Entity, Layer
from annotator.core.tagset import Tagset
from annotator.review.changing import edited
from annotator.review.comparing import compared
from annotator.review.gold import Mentions
from annotator.review.ground import Ground
from annotator.review.links import Ties, link_places
from annotator.review.rules import DEFAULT, Rules
from annotator.review.spans import first_decided, lost_places, span_places
from annotator.review.standing import Register, standing
from annotator.review.values import Compared, Place, Reviewed

ENOUGH = 2
"""As many must have done an article, for there to be something to compare."""


def reviewed(
    article: Article, tagset: Tagset, entities: Mapping[str, Entity], rules: Rules = DEFAULT
) -> Reviewed:
    """An article in review, with `entities` the register by id."""
    return on(article, Ground.of(tagset, entities, rules))


def on(article: Article, ground: Ground, *, links: bool = True) -> Reviewed:
    """The same, on a ground that may serve for many articles; without `links`, spans only."""
    works = in_review(article, ground.rules)
    return _reviewed(article, works, compared(works, ground), ground, links=links)


def after(reviewed: Reviewed, edit: Edit) -> Reviewed:
    """The same article after an edit, of which what concerns other articles is passed by.

    A merge of actors or another tag set need a new ground.
    """
    article = edited(reviewed.article, edit)
    ground = reviewed.ground
    works = in_review(article, ground.rules)
    if _are_same(works, reviewed.works):
        return _reviewed(article, works, reviewed.compared, ground)
    return on(article, ground)


def with_spans(reviewed: Reviewed, edit: Edit, decided: Mapping[str, Decision]) -> Reviewed:
    """As `after`, for an edit that decides places of spans for the first time; faster.

    `decided` are the decisions by the key of their place; nothing was in gold of these.
    """
    article = edited(reviewed.article, edit)
    gold = _gold(article) or reviewed.gold
    register = _register(article, reviewed.works, gold)
    spans = tuple(
        first_decided(each, decided[each.key], register) if each.key in decided else each
        for each in reviewed.places
        if not each.relation
    )
    fresh = reviewed.fresh and not edit
    then = replace(reviewed, article=article, gold=gold, places=spans, fresh=fresh)
    return replace(then, places=(*spans, *link_places(ties(then), register)))


def _are_same(works: Mapping[str, Work], others: Mapping[str, Work]) -> bool:
    """Whether nothing was done to any of the works, nor to their order."""
    return list(works) == list(others) and all(works[each] is others[each] for each in works)


def in_review(article: Article, rules: Rules = DEFAULT) -> dict[str, Work]:
    """The works that are compared, by the id of their layers, in the order of their versions.

    Those of annotators which are done, of each annotator the newest round. None where only one
    has done the article, unless the rules trust somebody who has.
    """
    newest: dict[str, Work] = {}
    for work in sorted(article.works, key=lambda each: each.layer.round):
        if work.layer.role == "annotator" and work.layer.state == "done":
            newest[work.layer.annotator] = work
    if len(newest) < ENOUGH and rules.trusted not in newest:
        return {}
    document = article.document.id
    ordered = sorted(
        newest.values(),
        key=lambda each: rules.order(document, each.layer.id, each.layer.annotator),
    )
    return {each.layer.id: each for each in ordered}


def parked(article: Article, works: Mapping[str, Work]) -> frozenset[str]:
    """The layers whose work isn't compared now, and may be again: those that aren't done."""
    rounds = {each.layer.annotator: each.layer.round for each in works.values()}
    return frozenset(
        each.layer.id
        for each in article.works
        if each.layer.id not in works and each.layer.round > rounds.get(each.layer.annotator, 0)
    )


def _reviewed(
    article: Article,
    works: Mapping[str, Work],
    found: Compared,
    ground: Ground,
    *,
    links: bool = True,
) -> Reviewed:
    there = _gold(article)
    gold = there or Work(_gold_layer(article, ground))
    layers = {layer: each.layer for layer, each in works.items()}
    register = _register(article, works, gold)
    places = _places(found, register, ground, links=links) if works else ()
    return Reviewed(
        *(article.document, layers, works, gold, places, there is None, article, ground, found)
    )


def _gold_layer(article: Article, ground: Ground) -> Layer:
    """The layer of gold where the file has none yet."""
    version = ground.tagset.version
    return Layer.of(article.document.id, "gold", role="gold", state="open", tagset=version)


def _gold(article: Article) -> Work | None:
    """What is in gold, None where the file has no layer of it."""
    layers = (each for each in article.works if each.layer.role == "gold")
    return next(
        (each for each in layers if each.layer.annotator == "gold" and each.layer.round == 1), None
    )


def _register(article: Article, works: Mapping[str, Work], gold: Work) -> Register:
    return Register(
        *(standing(article.decisions), tuple(works), parked(article, works)),
        gold={each.id: each for each in gold.annotations},
        links={each.id: each for each in gold.relations},
    )


def _places(
    found: Compared, register: Register, ground: Ground, *, links: bool
) -> tuple[Place, ...]:
    spans = span_places(found, register, ground)
    spans, alone = lost_places(found, spans, register, ground)
    every = sorted((*spans, *alone), key=lambda each: each.start) if alone else spans
    if not links:
        return tuple(every)
    mentions = Mentions.of(register.gold.values(), ground)
    return (*every, *link_places(Ties(found, spans, ground, mentions), register))


def ties(reviewed: Reviewed) -> Ties:
    """The relations of an article in review, with the places of their ends."""
    by_key = {each.key: each for each in reviewed.places}
    spans = [by_key[each.key] for each in reviewed.compared.places]
    mentions = Mentions.of(reviewed.gold.annotations, reviewed.ground)
    return Ties(reviewed.compared, spans, reviewed.ground, mentions)
