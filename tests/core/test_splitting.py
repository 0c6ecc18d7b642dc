"""Parts have their shares of everything, whatever the order, and the draw is the seed's."""

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.errors import UserError
from annotator.core.similar import KEYS, signature, similarity
from annotator.core.splitting import ARTICLES, Piece, parse_parts, shared_out, together

PARTS = {"train": 0.8, "dev": 0.1, "test": 0.1}


def pieces(count: int, seed: int = 0) -> list[Piece]:
    """Pieces like articles: a source, a few labels of which one is rare."""
    random_ = random.Random(seed)
    return [
        Piece(
            f"{number:05}",
            {
                ARTICLES: 1,
                ("source", random_.choice("AAAB")): 1,
                ("label", "claim"): random_.randrange(30),
                ("label", "denial"): int(random_.random() < 0.1),
            },
        )
        for number in range(count)
    ]


def sums(found: dict[str, str], among: list[Piece]) -> dict[str, Counter[tuple[str, str]]]:
    total: dict[str, Counter[tuple[str, str]]] = {}
    for piece in among:
        total.setdefault(found[piece.key], Counter()).update(piece.strata)
    return total


@pytest.mark.parametrize("seed", range(5))
def test_each_part_has_its_share_of_everything(seed: int) -> None:
    among = pieces(1_000, seed)
    found = sums(shared_out(among, PARTS, seed), among)
    whole = sum(found.values(), Counter())
    for name, share in PARTS.items():
        for stratum, count in whole.items():
            assert found[name][stratum] == pytest.approx(share * count, rel=0.05, abs=2)


def test_order_of_the_articles_does_not_matter_and_the_seed_does() -> None:
    among = pieces(100)
    mixed = list(among)
    random.Random(9).shuffle(mixed)
    assert shared_out(among, PARTS, 3) == shared_out(mixed, PARTS, 3)
    assert shared_out(among, PARTS, 3) != shared_out(among, PARTS, 4)


@given(st.integers(3, 12), st.integers(0, 5))
def test_no_part_is_empty(count: int, seed: int) -> None:
    found = shared_out(pieces(count, seed), PARTS, seed)
    assert set(found.values()) == set(PARTS)
    assert len(found) == count


def test_too_few() -> None:
    with pytest.raises(UserError, match=r"3 parts need as many articles .* there are 2"):
        shared_out(pieces(2), PARTS, 0)


def test_nothing_counted() -> None:
    empty = [Piece(str(number), {("label", "x"): 0}) for number in range(3)]
    assert set(shared_out(empty, PARTS, 0).values()) == set(PARTS)


def test_parts_in_words() -> None:
    assert parse_parts("train=80, dev=10,test=10") == PARTS
    assert parse_parts("a=1,b=2") == pytest.approx({"a": 1 / 3, "b": 2 / 3})
    for words in ("", "a", "a=0", "a=-1", "a=x", "a=1,a=2", "../a=1", "a=nan", "a=inf"):
        with pytest.raises(UserError, match="names no parts"):
            parse_parts(words)


def test_groups_of_copies() -> None:
    random_ = random.Random(1)
    texts = [
        [f"word{random_.randrange(2_000)}" for _ in range(random_.randrange(150, 900))]
        for _ in range(100)
    ]
    copies = []
    for each in texts[:40]:
        copy = list(each)
        for _ in range(len(copy) // 60):
            copy[random_.randrange(len(copy))] = "changed"
        copies.append(["A", "headline", *copy])
    copies.append(["Another", *copies[0]])
    sketches = [signature(" ".join(each)) for each in (*texts, *copies)]
    found = together(
        [each[:KEYS] for each in sketches],
        lambda one, other: similarity(sketches[one], sketches[other]),
    )
    assert sorted(number for group in found for number in group) == list(range(141))
    groups = sorted(sorted(group) for group in found if len(group) > 1)
    assert groups == [[0, 100, 140], *([number, 100 + number] for number in range(1, 40))]


def test_texts_that_share_keys_but_little_else_stay_apart() -> None:
    asked: list[tuple[int, int]] = []

    def similar(one: int, other: int) -> float:
        asked.append((one, other))
        return 0.1

    assert together([[1, 2, 3]] * 9, similar) == [[number] for number in range(9)]
    assert len(asked) < 9
