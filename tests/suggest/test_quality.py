"""How good suggesters are: what was judged, and what people marked alike."""

import pytest

from annotator.suggest.quality import Quality, Tally, qualities


def test_what_became_of_suggestions_by_suggester_and_label() -> None:
    found = qualities(
        [
            Tally("cues", "claim", "accepted", 6, 5, 5),
            Tally("cues", "claim", "corrected", 1, 1, 0),
            Tally("cues", "claim", "rejected", 1),
            Tally("cues", "denial", "", 4, 2, 1),
            Tally("actors", "actor", "", 9),
        ]
    )
    assert [(each.by, each.label, each.count) for each in found] == [
        ("actors", "", 9),
        ("actors", "actor", 9),
        ("cues", "", 12),
        ("cues", "claim", 8),
        ("cues", "denial", 4),
    ]
    claims = found[3]
    assert claims.judged == {"accepted": 6, "corrected": 1, "rejected": 1}
    assert claims.acceptance == pytest.approx(6 / 8)
    assert claims.precision == pytest.approx(5 / 6)
    assert found[2].precision == pytest.approx(6 / 8)
    # Nobody has judged these, and nothing is done: there is no share to be told.
    assert (found[0].acceptance, found[0].precision) == (None, None)
    assert found[4].acceptance is None
    assert Quality("x", "").acceptance is None


def test_nothing_was_suggested() -> None:
    assert qualities([]) == []
