"""Parts of a corpus: each article once, those alike together, in every format that is written."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator.core.errors import UserError
from annotator.formats import registry
from annotator.project import Project
from annotator.transfer import Exported, finish, named
from annotator.transfer.report import Progress
from annotator.transfer.splitting import SplitReport, split_to
from tests.corpora import annotation, document, layer
from tests.transfer.helpers import bring, records

PARTS = {"train": 0.6, "dev": 0.2, "test": 0.2}


@pytest.fixture
def many(project: Project, tmp_path: Path) -> Project:
    """Thirty articles of two people; each third is like the one before."""
    found = []
    for number in range(30):
        base = number - 1 if number % 3 == 2 else number
        text = " ".join(f"word{base}x{each}" for each in range(60)) + f" {number}"
        spans = (annotation(f"a{number}", 0, 5), annotation(f"b{number}", 6, 9, "claim"))
        people = (layer(*spans), layer(annotation(f"c{number}", 0, 5), annotator="ben"))
        found.append(document(*people, id_=f"d{number}", text=text, source="AB"[number % 2]))
    bring(project, records(tmp_path / "in", *found))
    return project


def done(project: Project, out: Path, *names: str, **more: Any) -> SplitReport:
    formats = [named(each, writes=True) for each in names]
    chosen = Exported(more.pop("layer", "all"))
    return finish(split_to(project, formats, out, PARTS, chosen=chosen, **more))


def test_each_article_is_in_one_part(many: Project, tmp_path: Path) -> None:
    report = done(many, tmp_path / "out", "jsonl", seed=4)
    ids: dict[str, list[str]] = {}
    for part in PARTS:
        lines = (tmp_path / "out" / f"{part}.jsonl").read_text("utf-8").split("\n")
        found = [json.loads(line) for line in lines if line]
        ids[part] = sorted(each["id"] for each in found if each["record"] == "document")
    assert ids == {each.name: sorted(each.documents) for each in report.parts}
    assert sorted(id_ for each in ids.values() for id_ in each) == sorted(
        f"d{number}" for number in range(30)
    )
    assert [len(ids[part]) for part in PARTS] == [18, 6, 6]
    assert len(report.alike) == 10
    for group in report.alike:
        assert sum(bool({*group} & {*each}) for each in ids.values()) == 1
    told = report.as_json()
    assert told["parts"]["train"]["labels"] == {"actor": 36, "claim": 18}
    assert sum(told["parts"]["train"]["sources"].values()) == 18
    assert report.table()[0].split() == ["part", "articles", "actor", "claim"]
    assert report.table()[1].split() == ["train", "18", "36", "18"]
    manifest = json.loads((tmp_path / "out" / "split.json").read_text("utf-8"))
    assert manifest["seed"] == 4
    assert sorted(each["id"] for each in manifest["articles"]["dev"]) == ids["dev"]


def test_the_same_twice_and_another_for_another_seed(many: Project, tmp_path: Path) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        done(many, tmp_path / name, "jsonl", seed=seed)
    one, same, other = ((tmp_path / name / "test.jsonl").read_bytes() for name in "abc")
    assert one == same
    assert one != other


def test_every_format_writes_parts(many: Project, tmp_path: Path) -> None:
    names = [each.name for each in registry.OWN.values() if each.write]
    report = done(many, tmp_path / "out", *names)
    for name in names:
        found = {each.name.partition(".")[0] for each in (tmp_path / "out" / name).iterdir()}
        assert found == set(PARTS)
    assert report.lost["jsonl"] == ()
    told = report.as_json()["lost"]["text"]
    assert {"what": "annotations", "count": 90} in told


def test_one_layer_of_a_format_of_one(many: Project, tmp_path: Path) -> None:
    done(many, tmp_path / "out", "brat", layer="ben")
    assert len(list((tmp_path / "out" / "dev").glob("*.ann"))) == 6
    stream = replace(named("jsonl"), layers="one")
    for name, chosen in (("b", "ben"), ("all", "all")):
        finish(split_to(many, [stream], tmp_path / name, PARTS, chosen=Exported(chosen)))
    assert (tmp_path / "b" / "dev.jsonl").is_file()
    files = {each.name for each in (tmp_path / "all" / "dev").iterdir()}
    assert files == {"ada.jsonl", "ben.jsonl"}


def test_too_few_articles(filled: Project, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="there are 1"):
        done(filled, tmp_path / "out", "jsonl")
    assert not (tmp_path / "out").exists()


def test_cancelled(many: Project, tmp_path: Path) -> None:
    job = split_to(many, [named("jsonl")], tmp_path / "out", PARTS, chosen=Exported("all"))
    steps = [next(job) for _ in range(3)]
    assert all(isinstance(each, Progress) for each in steps)
    job.close()
    assert not list(tmp_path.glob("*out*"))


def test_over_an_older_one(many: Project, tmp_path: Path) -> None:
    done(many, tmp_path / "out", "jsonl", "csv", seed=1)
    done(many, tmp_path / "out", "jsonl", "csv", seed=2, force=True)
    manifest = json.loads((tmp_path / "out" / "split.json").read_text("utf-8"))
    assert manifest["seed"] == 2
    with pytest.raises(UserError, match="no gold layer"):
        finish(split_to(many, [named("jsonl")], tmp_path / "x", PARTS))
