"""What became of each annotator's versions."""

from annotator.review import deciding, granting
from annotator.review.tally import Tally, tallied
from tests.review.helpers import Desk, work

A, B, C = "anna", "boris", "carla"


def test_tally_tells_what_became_of_each_annotators_versions() -> None:
    desk = Desk(
        [
            work(A, "0-9 actor, 20-30 claim, 40-50 claim, 60-70 denial, 80-90 claim"),
            work(B, "0-9 actor, 20-33 claim, 40-50 claim, 80-95 claim"),
            work(C, "0-9 actor, 20-30 claim"),
        ]
    )
    desk.do(granting.granted(desk.now, by="r"))
    desk.do(deciding.take(desk.now, desk.at(20), desk.at(20).versions[0], by="r"))
    desk.do(deciding.take(desk.now, desk.at(40), desk.at(40).versions[0], by="r"))
    desk.do(deciding.none(desk.now, desk.at(60), by="r"))
    found = tallied([desk.now])
    assert found == {
        (A, "actor"): Tally(agreed=1),
        (A, "claim"): Tally(taken=2),
        (A, "denial"): Tally(rejected=1),
        (B, "actor"): Tally(agreed=1),
        (B, "claim"): Tally(taken=1, changed=1),
        (C, "actor"): Tally(agreed=1),
        (C, "claim"): Tally(taken=1, missed=1),
    }
    desk.put(work(B, "0-9 actor, 20-33 claim, 40-50 claim, 80-95 claim"))
    assert tallied([desk.now, desk.now])[A, "claim"] == Tally(taken=4)


def test_tally_of_places_where_nobody_has_anything_any_more() -> None:
    desk = Desk([work(A, "0-9 claim"), work(B)])
    desk.do(deciding.take(desk.now, desk.place, desk.place.versions[0], by="r"))
    desk.put(work(A))
    desk.do(deciding.keep(desk.now, desk.place, by="r"))
    assert tallied([desk.now]) == {(A, "claim"): Tally(missed=1), (B, "claim"): Tally(missed=1)}
