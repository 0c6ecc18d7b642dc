"""What is behind a number, counted again, gives the number."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from annotator.agreement.measures import LABELS, ONE_AGAINST_ALL, Gathered
from annotator.agreement.parts import BY
from annotator.agreement.report import Report
from annotator.agreement.resampling import added
from annotator.core.model import Entity
from annotator.core.steps import at_once
from annotator.project import Project
from annotator.transfer import finish
from annotator.transfer.figures import Chosen, agreement, comparisons
from annotator.ui.agreement import behind as listing
from annotator.ui.agreement.behind import Behind, Listed, Part, listed, of_cell, of_kind, of_side
from tests.review_desk import Maker

CHOSEN = Chosen(by=tuple(BY))


@pytest.fixture
def project(sampled: Maker) -> Iterator[Project]:
    with Project.open(sampled.path, who="ann") as opened:
        yield opened


@pytest.fixture
def report(project: Project) -> Report:
    return finish(agreement(project, CHOSEN))


def found(project: Project, behind: Behind) -> Listed:
    names = {each.id: each.name for each in project.read.entities() if isinstance(each, Entity)}
    return finish(listed(project, CHOSEN, behind, names))


def test_f1_of_every_part_is_that_of_its_spans(project: Project, report: Report) -> None:
    parts: list[Part] = [("", "")]
    parts += [(what, key) for what, table in report.by.items() for key in table]
    for name in ("f1_exact", "f1_relaxed"):
        for part in parts:
            made = found(project, listing.of_figure(report.measures[name], part, report))
            figure = (report.by[part[0]][part[1]] if part[0] else report.figures)[name]
            every = 2 * made.agreed + made.differing
            assert every == figure.n, part
            assert figure.value == pytest.approx(2 * made.agreed / every), part


def test_every_figure_is_that_of_its_units_counted_again(project: Project, report: Report) -> None:
    """In all, and in each part; those of one against the rest are of its pairs, added up."""
    parts: list[Part] = [("", "")]
    parts += [(what, key) for what, table in report.by.items() for key in table]
    counted = 0
    for part in parts:
        table = report.by[part[0]][part[1]] if part[0] else report.figures
        for name, figure in table.items():
            measure = report.measures[name]
            if measure.slow or part[0] == "annotator":
                continue
            behind = listing.of_figure(measure, part, report)
            asked = replace(CHOSEN, documents=behind.documents, round=behind.round)
            rows = [
                at_once(measure.count(Gathered(each, behind.units)))
                for each in comparisons(project.read, asked)
            ]
            one_label = part[0] == "label" and measure.group == LABELS
            made = (ONE_AGAINST_ALL[name] if one_label else measure).figure(added(rows))
            assert made.n == pytest.approx(figure.n), (name, part)
            assert made.value == pytest.approx(figure.value, abs=1e-12), (name, part)
            counted += made.value is not None
    assert counted > 200


def test_names_may_hold_what_stands_between_two_names(maker: Maker) -> None:
    marks: dict[str, Any] = {
        who: [("claim", "rebels shelled the town", {})] for who in ("ann & bob", "cy", "dan")
    }
    maker.add(1, **marks)
    with Project.open(maker.path, who="cy") as opened:
        report = finish(agreement(opened, CHOSEN))
        for part in (("pair", "ann & bob & cy"), ("annotator", "ann & bob")):
            made = found(opened, listing.of_figure(report.measures["f1_exact"], part, report))
            assert 2 * made.agreed == report.by[part[0]][part[1]]["f1_exact"].n > 0


def test_units_on_matched_spans_are_a_label_against_others(
    project: Project, report: Report
) -> None:
    measure = report.measures["fleiss_kappa"]
    made = found(project, listing.of_figure(measure, ("label", "claim"), report))
    assert made.agreed + made.differing == report.by["label"]["claim"]["fleiss_kappa"].n
    assert any("another label" in each.says for each in made.found)


def test_cells_kinds_and_sides(project: Project, report: Report) -> None:
    pairs = [("", ""), *((one, two) for one, two in (("jonas", "noor"), ("noor", "jonas")))]
    for pair in pairs:
        for labels, number in report.confusion.table(*pair).items():
            made = found(project, of_cell(pair, labels))
            both = 2 if not pair[0] and labels[0] == labels[1] else 1
            assert both * (made.agreed + made.differing) == number
    for kind, number in report.kinds.items():
        assert found(project, of_kind(kind)).differing == number
    for side, figure in report.sides.items():
        made = found(project, of_side(side))
        assert made.agreed + made.differing == figure.n


def test_words_edges_and_values_are_told(project: Project, report: Report) -> None:
    phrase = report.phrases[0]
    made = found(project, listing.of_phrase(phrase.words))
    assert made.agreed + made.differing == phrase.places
    edge = report.edges[0]
    assert len(found(project, listing.of_edge(edge)).found) == edge.number
    measure = report.measures["alpha:actor.entity"]
    told = found(project, listing.of_figure(measure, listing.WHOLE, report)).found
    assert told
    known = {each.name for each in project.read.entities()}
    assert any(name in each.says for each in told for name in known)
    days = report.measures["alpha:claim.when"]
    says = [each.says for each in found(project, listing.of_figure(days, ("", ""), report)).found]
    assert says
    assert "jonas: 2022-09-12 · mira: 2022-09-12 · noor: 2022-09-12" in says
    links = found(project, listing.of_figure(report.measures["links_f1"], ("", ""), report))
    assert links.found
    words = found(project, listing.of_figure(report.measures["alpha_u"], ("", ""), report))
    assert words.found[0].span.start <= words.found[-1].span.start


def test_more_than_can_be_listed_is_counted(
    project: Project, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MOST", 5)
    made = found(project, listing.of_figure(report.measures["f1_exact"], ("", ""), report))
    assert len(made.found) == 5
    assert made.agreed + made.differing == 299
