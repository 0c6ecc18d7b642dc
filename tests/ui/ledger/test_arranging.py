"""How a ledger is arranged for the window."""

from annotator.ledger.filters import Filter
from annotator.ledger.views import answers
from annotator.ui.ledger.arranging import Arranged, arranged, offers
from annotator.ui.ledger.bars import length
from tests.ledger.helpers import sample_ledger


def sections(found: Arranged) -> list[str]:
    return [each.title for each in found.cards if each.title]


def test_the_sample_is_arranged_as_it_is_read() -> None:
    found = arranged(sample_ledger(), Filter())
    assert sections(found) == ["Denied · 2", "Nobody answers · 14", "Disputed · 3"]
    denied = [each for each in found.cards if each.left and each.between == "denied by"]
    assert [each.right is not None for each in denied] == [True, True]
    titles = [each.title for each in found.counts if each.title]
    assert titles == ["12–13 September 2022", "3 August 2022"]
    assert found.totals == "1 article · 16 claims · 2 denials · 5 casualties · 13 actors"
    assert found.largest == 14


def test_the_matrix_counts_as_the_ledger_does() -> None:
    whole = sample_ledger()
    matrix, counted = arranged(whole, Filter()).matrix, answers(whole)
    assert matrix.sides == counted.sides
    for (row, column), behind in matrix.cells.items():
        pair = matrix.sides[row], matrix.sides[column]
        assert len(behind) == counted.counts[pair]
    assert sum(map(len, matrix.cells.values())) == sum(counted.counts.values())


def test_each_casualty_is_once_in_the_timeline() -> None:
    whole = sample_ledger()
    found = arranged(whole, Filter(own_voice=True))
    inside = [each.id for cell in found.timeline.cells.values() for each in cell]
    assert sorted(inside) == sorted(each.id for each in whole.casualties)
    dated = [each for each in found.timeline.days if each]
    assert dated == sorted(dated)


def test_what_can_be_narrowed_by_is_what_is_there() -> None:
    found = offers(sample_ledger())
    assert found.sides == ("Armenia", "Azerbaijan", *found.sides[2:])
    assert "Armed Forces of Armenia" in found.actors.values()
    assert set(found.labels) == {"claim", "denial", "casualty"}


def test_lengths_grow_with_the_logarithm() -> None:
    assert length(0, 0) == length(0, 100) == 0
    assert length(100, 100) == 1
    assert length(9, 99) == 0.5
    assert length(-3, 10) == 0
