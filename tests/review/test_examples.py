"""Guideline memory: gaps are examples and counter-examples of labels."""

from annotator.core.model import Value
from annotator.review import deciding
from annotator.review.examples import gaps
from tests.review.helpers import DOCUMENT, TEXT, Desk, work

A, B = "anna", "boris"


def finder(desk: Desk) -> dict[tuple[str, str], Value]:
    found: dict[tuple[str, str], Value] = {("document", DOCUMENT.id): DOCUMENT}
    for each in desk.article.works:
        found |= {("annotation", one.id): one for one in each.annotations}
    return found


def test_gaps_are_examples_and_counter_examples_of_labels() -> None:
    desk = Desk([work(A, "0-9 claim, 20-30 claim"), work(B, "0-9 denial")])
    place = desk.at(0)
    desk.do(
        deciding.take(
            *(desk.now, place, place.versions[0]), by="r", gap=True, reason="slip", comment="so"
        )
    )
    desk.do(deciding.none(desk.now, desk.at(20), by="r"))
    values = finder(desk)
    found = gaps(desk.article.decisions, lambda kind, id_: values.get((kind, id_)))
    assert [(each.label, each.quote, each.kept) for each in found] == [
        ("claim", TEXT[:9].strip(), True),
        ("denial", TEXT[:9].strip(), False),
    ]
    assert (found[0].reason, found[0].comment, found[0].by) == ("slip", "so", "r")
    desk.do(deciding.reopen(desk.now, desk.at(0), by="r", gap=True))
    assert gaps(desk.article.decisions, lambda kind, id_: values.get((kind, id_))) == []
    assert gaps(desk.article.decisions[:1], lambda _kind, _id: None) == []
