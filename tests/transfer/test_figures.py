"""Figures of a project: whose layers, which articles, first passes, and what is kept."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator import paths, sample
from annotator.agreement import report
from annotator.agreement.markdown import markdown
from annotator.agreement.parts import BY
from annotator.agreement.report import SUGGESTED, Report
from annotator.core import verbs
from annotator.core.edits import Change, Edit
from annotator.core.errors import UserError
from annotator.core.span import Span
from annotator.project import Project
from annotator.transfer import Progress, figures, finish
from annotator.transfer.figures import Cache, Chosen, agreement, comparisons
from tests.corpora import document, layer
from tests.transfer.helpers import GOLD, bring, records


def told(project: Project, cache: Cache | None = None, /, **chosen: Any) -> Report:
    return finish(agreement(project, Chosen(**chosen), cache))


def value(report: Report, name: str) -> float:
    found = report.figures[name].value
    assert found is not None
    return found


@pytest.fixture
def many(project: Project, tmp_path: Path) -> Project:
    """Four articles, of which three were done by two or more."""

    def span(id_: str, start: int, end: int, label: str = "claim") -> dict[str, object]:
        return {"id": id_, "label": label, "spans": [[start, end]]}

    text = "The army denied that it was there, and so did the navy."
    found = []
    for number in range(4):
        names = ("ann", "bob", "cy")[: 1 + (number > 0) + (number > 1)]
        layers = [
            {
                **layer(),
                "annotator": name,
                "state": "done",
                "annotations": [span(f"{name}{number}", 0, 8 + at)],
                "relations": [],
            }
            for at, name in enumerate(names)
        ]
        found.append(
            document(
                *layers,
                text=f"{text} {number}",
                id_=f"d{number}",
                published=f"2020-09-0{number + 1}",
            )
        )
    brought = bring(project, records(tmp_path / "m", *found))
    assert not brought.problems
    return project


def test_sample(filled: Project) -> None:
    found = told(filled)
    assert found.raters == ("jonas", "mira", "noor")
    assert value(found, "f1_exact") == pytest.approx(362 / 480)
    assert found.figures["gamma"].why.startswith("not computed")
    two = told(filled, layers=("mira", "noor"), gamma=True, samples=2)
    assert two.raters == ("mira", "noor")
    assert value(two, "gamma") > 0.5


def test_help_on_the_sample_says_what_is_computed(filled: Project) -> None:
    """Each figure in bold, maybe of a pair or a label, is the one that the program computes."""
    words = (paths.resources() / "sample" / "agreement.md").read_text("utf-8")
    told_ = re.findall(r"\*\*([a-z0-9_:.]+)(?: ([a-z& ]+?))? (-?\d\.\d{3})\*\*", words)
    assert len(told_) == words.count("**") / 2 > 15
    found = told(filled, by=("label", "pair"), gamma=True)
    for name, part, number in told_:
        table = found.figures
        if part:
            table = dict(found.by["pair" if "&" in part else "label"][part])
        assert f"{table[name].value:.3f}" == number, (name, part)
    assert found.figures["alpha_cu"].value is None
    for name in found.figures:
        assert f"**{name}" in words or f"`{name}`" in words, f"{name} is not explained"


def test_values_in_an_order(filled: Project) -> None:
    found = told(filled, ordinal=("claim.certainty",))
    assert found.measures["alpha:claim.certainty"].says.endswith("the scale is ordinal.")


def test_against_gold(filled: Project) -> None:
    bring(filled, GOLD)
    found = told(filled, layers=("mira", "gold"), reference="gold")
    assert found.raters == ("gold", "mira")
    assert 0.5 < value(found, "recall_exact") <= 1
    everybody = told(filled, reference="gold")
    assert "gold" in everybody.raters
    assert value(everybody, "precision_relaxed") > 0.5


def test_articles_that_not_all_have_done(many: Project) -> None:
    found = told(many, by=("pair", "order"))
    assert found.articles == 3
    assert found.by["pair"]["ann & bob"]["f1_relaxed"].n == 6
    assert found.by["pair"]["ann & cy"]["f1_relaxed"].n == 4
    assert list(found.by["order"]) == ["1", "2", "3"]
    assert told(many, documents=("d1",)).articles == 1
    assert told(many, first="2020-09-03").articles == 2
    assert told(many, last="2020-09-02").articles == 1
    assert told(many, labels=("actor",)).figures["f1_exact"].value is None
    assert told(many, round=2).articles == 0
    assert len(list(comparisons(many.read))) == 3


def test_what_is_not_there(many: Project) -> None:
    for chosen, words in (
        ({"layers": ("dora",)}, 'no layers of "dora"; it has those of ann'),
        ({"labels": ("cat",)}, 'no label "cat"'),
        ({"documents": ("x",)}, "no article with the id x"),
        ({"ordinal": ("claim.x",)}, 'no attribute "claim.x"'),
        ({"ordinal": ("cat.x",)}, 'no attribute "cat.x"'),
        ({"by": ("moon",)}, 'taken apart by "moon"'),
    ):
        with pytest.raises(UserError, match=re.escape(words)):
            told(many, **chosen)


def test_first_passes_are_compared(many: Project) -> None:
    before = told(many)
    many.switch("ann")
    own = next(each for each in many.read.layers(document="d3") if each.annotator == "ann")
    (made,) = many.annotations(layer=own.id)
    many.apply(verbs.move(made, [Span(20, 30)]))
    assert told(many).figures == before.figures
    assert told(many, present=True).figures != before.figures


def test_only_what_changed_is_counted_anew(many: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = []
    real = report.tally

    def tally(comparison: object, *more: object, **options: object) -> object:
        counted.append(comparison)
        return real(comparison, *more, **options)  # type: ignore[arg-type]  # as they come

    monkeypatch.setattr(figures, "tally", tally)
    cache = Cache()
    before = told(many, cache)
    assert told(many, cache).figures == before.figures
    assert len(counted) == 3
    many.switch("ann")
    own = next(each for each in many.read.layers(document="d3") if each.annotator == "ann")
    (made,) = many.annotations(layer=own.id)
    many.apply(verbs.move(made, [Span(20, 30)]))
    told(many, cache, present=True)
    assert len(counted) == 4
    many.apply(verbs.set_note(next(iter(many.annotations(layer=own.id))), "look"))
    told(many, cache, present=True)
    assert len(counted) == 4  # no figure looks at notes
    told(many, cache, present=True, threshold=0.9)
    assert len(counted) == 7


def test_parts_that_are_asked_for_later_are_those_that_come_at_once(many: Project) -> None:
    cache, all_ = Cache(), tuple(BY)
    assert not told(many, cache).by
    for by in (("pair",), ("label", "annotator"), all_):
        found = told(many, cache, by=by)
        assert tuple(found.by) == by
    assert found.by == told(many, by=all_).by
    assert tuple(told(many, cache, by=("order",)).by) == ("order",)


def test_it_tells_how_far_it_is_and_of_what_takes_long(
    many: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drawing() -> list[Progress]:
        job = agreement(many, Chosen(by=tuple(BY)))
        return [each for each in job if each.what.startswith("Drawing samples")]

    steps = [each.done for each in drawing()]
    assert steps == sorted(steps)
    assert {each.total for each in drawing()} == {max(steps) + 1}
    monkeypatch.setattr(figures, "is_fast", lambda: False)
    assert drawing()[0].what == "Drawing samples"
    monkeypatch.setattr(figures, "_MANY", 2)
    assert drawing()[0].what == "Drawing samples without numpy, which takes minutes"


def test_retest(project: Project, tmp_path: Path) -> None:
    spans = [{"id": f"r{at}", "label": "claim", "spans": [[0, 5 + at]]} for at in range(2)]
    rounds = [
        {
            **layer(),
            "annotator": "ann",
            "round": at + 1,
            "state": "done",
            "annotations": [spans[at]],
            "relations": [],
        }
        for at in range(2)
    ]
    assert not bring(
        project, records(tmp_path / "r", document(*rounds, text="Nobody was there."))
    ).problems
    found = told(project, retest="ann")
    assert found.raters == ("ann, round 1", "ann, round 2")
    assert (value(found, "f1_exact"), value(found, "f1_relaxed")) == (0.0, 1.0)
    assert told(project).articles == 0


def test_rounds_stand_side_by_side(project: Project, tmp_path: Path) -> None:
    """Ann and Bob differ in the first round, and agree in the second; a third Ann did alone."""
    layers = [
        {
            **layer(),
            "annotator": name,
            "round": number,
            "state": "done",
            "annotations": [{"id": f"{name}{number}", "label": "claim", "spans": [[0, end]]}],
            "relations": [],
        }
        for number, name, end in (
            *((1, "ann", 6), (1, "bob", 8)),
            *((2, "ann", 6), (2, "bob", 6)),
            (3, "ann", 8),
        )
    ]
    assert not bring(
        project, records(tmp_path / "r", document(*layers, text="Nobody was there."))
    ).problems
    found = told(project, by=("round",))
    rounds = found.by["round"]
    assert {key: table["f1_exact"].value for key, table in rounds.items()} == {"1": 0.0, "2": 1.0}
    assert value(found, "f1_exact") == 0.0  # the newest of each: Ann's third, Bob's second
    assert told(project, by=("round",), round=1).by["round"] == {}
    assert "## By round" in markdown(found, project.tagset, "1.0")


def test_slow_work_pauses_within_an_article(filled: Project) -> None:
    """So that it can be cancelled there: the sample is one article alone."""
    job = agreement(filled, Chosen(gamma=True, samples=3))
    assert [next(job).what for _ in range(3)] == ["Comparing the articles"] * 3
    job.close()


def test_suggestions_are_warned_of(filled: Project) -> None:
    (own,) = [each for each in filled.read.layers() if each.annotator == "mira"]
    changed = replace(own, meta={**own.meta, "suggestions": True})
    filled.apply(Edit("suggestions", (Change(own, changed),)))
    assert SUGGESTED in told(filled).warnings


def test_closed_before_its_end(filled: Project) -> None:
    job = agreement(filled)
    assert next(job).total == 1
    job.close()
    assert sample.WHO == "mira"
