"""Which entities are offered for a name, by all their names, in any script."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from annotator.core.find import fold
from annotator.core.model import Entity

MOST_OFFERED = 30
_ARTICLES = ("the ", "a ", "an ")


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of the list: an entity to take (`id`), or a name to add to the register."""

    text: str
    id: str = ""
    name: str = ""


def offers(
    typed: str, entities: Mapping[str, Entity], *, words: str = "", taken: Iterable[str] = ()
) -> list[Offer]:
    """What to offer for what is typed; before anything is typed, for the `words` of the text.

    Names that begin so come first, then those that have it elsewhere, then other names of theirs.
    A name that the register lacks may be added.
    """
    typed = " ".join(typed.split())
    wanted, gone = typed or without_article(words), set(taken)
    ranked = [
        (rank, each.name.casefold(), each)
        for each in entities.values()
        if each.id not in gone and (rank := _rank(wanted, each)) is not None
    ]
    if not typed:  # all of them, the likely ones first
        likely = {each.id for _, _, each in ranked}
        ranked += [
            (9, each.name.casefold(), each)
            for each in entities.values()
            if each.id not in gone | likely
        ]
    ranked.sort(key=lambda each: each[:2])
    found = [Offer(_line(wanted, each), each.id) for _, _, each in ranked[:MOST_OFFERED]]
    if wanted and matching(wanted, entities) is None:
        found.insert(len(found) if typed else 0, Offer(f"Add “{wanted}”", name=wanted))
    return found


def matching(name: str, entities: Mapping[str, Entity]) -> Entity | None:
    """The entity of exactly this name, else the only one with this other name.

    Case is left aside, and accents too where that leaves one only.
    """
    wanted = " ".join(name.split())
    likely = [each for each in entities.values() if folded(wanted) in told(each)]
    named = [each for each in likely if each.name.casefold() == wanted.casefold()]
    if named:
        return named[0]
    for same in (str.casefold, folded):
        known = [
            each
            for each in likely
            if any(same(one) == same(wanted) for one in (each.name, *each.aliases))
        ]
        if len(known) == 1:
            return known[0]
    return None


@lru_cache(100_000)
def folded(name: str) -> str:
    """A name as it is compared: case, accents and the look of quotation marks aside."""
    return fold(name)


@lru_cache(100_000)
def told(entity: Entity) -> str:
    """All that is known of an entity, in letters as they are compared."""
    return folded("\n".join((entity.name, *entity.aliases, entity.side, entity.type)))


def without_article(words: str) -> str:
    """The words of a mention as a name: on one line, without a leading article."""
    name = " ".join(words.split())
    for article in _ARTICLES:
        if name.casefold().startswith(article):
            return name[len(article) :]
    return name


def about(entity: Entity) -> str:
    """What is known of an entity, in a few words."""
    return " · ".join(filter(None, (entity.side, entity.type)))


def _rank(wanted: str, entity: Entity) -> int | None:
    """How well an entity answers what is wanted, 0 best; None for not at all."""
    wanted = folded(wanted)
    if not wanted:
        return 9
    if wanted not in told(entity):
        return None
    name, aliases = folded(entity.name), [folded(alias) for alias in entity.aliases]
    tests = (
        name == wanted or wanted in aliases,
        name.startswith(wanted),
        any(alias.startswith(wanted) for alias in aliases),
        wanted in name,
        any(wanted in alias for alias in aliases),
    )
    return next((rank for rank, holds in enumerate(tests) if holds), None)


def _line(wanted: str, entity: Entity) -> str:
    """An entity's name, with the other name that was found, and what is known of it."""
    wanted = folded(wanted)
    name = entity.name
    if wanted and wanted not in folded(name):
        alias = next((each for each in entity.aliases if wanted in folded(each)), "")
        name += f" ({alias})" if alias else ""
    return " — ".join(filter(None, (name, about(entity))))
