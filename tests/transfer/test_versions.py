"""What the project's tag set lacks, and the versions that it and files have."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotator import paths
from annotator.core.errors import UserError
from annotator.core.model import TagsetVersion
from annotator.core.tagset import Tagset
from annotator.core.tagset_toml import dumps, loads
from annotator.project import Project
from tests.corpora import annotation, document, layer
from tests.transfer.helpers import LINK, bring, records, whats


def test_tag_set_grows_by_what_is_used(project: Project, tmp_path: Path) -> None:
    when = {"text": "1988", "from": "1988-01-01", "to": "1988-12-31"}
    attributes: dict[str, Any] = {
        "size": 3,
        "sure": True,
        "tone": "sharp",
        "when": when,
        "names": ["a"],
        "none": [],
    }
    work = layer(
        annotation("p1", 0, 7, "place", attributes=attributes),
        annotation("c1", 0, 7, "claim", attributes={"tone": "mild"}),
        annotation("c2", 0, 7, "claim", attributes={"tone": 3}),
        relations=[
            {**LINK, "type": "located in", "source": "c1", "target": "p1", "attributes": {"n": 1}},
            {**LINK, "id": "r2", "type": "located in", "source": "p1", "target": "c1"},
            {**LINK, "id": "r3", "type": "source", "source": "c1", "target": "p1"},
        ],
    )
    path = records(tmp_path / "a", document(), document(work, text="Yerevan!", id_="d2"))
    bring(project, records(tmp_path / "z", document(id_="z", text="z")))
    small = records(tmp_path / "b", document(layer(annotation("p1", 0, 7, "place")), id_="b"))
    with pytest.raises(UserError, match=r"Nothing was imported\. The tag set lacks place\."):
        bring(project, small, strict=True)
    report = bring(project, path)
    assert whats(report) == ['"3" is no value for the attribute "tone"']
    assert report.added == (
        *("place", "place.size", "place.sure", "place.tone", "place.when", "place.names"),
        *("place.none", "claim.tone", "located in", "located in.n"),
    )
    place = project.tagset.label("place")
    assert place is not None
    assert place.key == "5"
    assert [(each.name, each.type, each.several) for each in place.attributes] == [
        *(("size", "number", False), ("sure", "flag", False), ("tone", "text", False)),
        *(("when", "date", False), ("names", "text", True), ("none", "text", True)),
    ]
    located = project.tagset.relation("located in")
    assert located is not None
    assert (located.sources, located.targets) == (("claim", "place"), ("place", "claim"))
    source = project.tagset.relation("source")
    assert source is not None
    assert source.targets == ("actor", "place")
    assert project.tagset.version == 2
    assert [each.tagset for each in project.read.layers()] == [2]
    assert loads(project.read.tagset().toml) == project.tagset
    assert "added to the tag set: place" in report.sentence()
    assert project.check() == []


def test_layer_that_is_there_uses_a_new_label(project: Project, tmp_path: Path) -> None:
    bring(project, records(tmp_path / "a", document(layer(annotation("x", 0, 7)))))
    more = document(layer(annotation("x", 0, 7), annotation("y", 0, 7, "place")))
    report = bring(project, records(tmp_path / "b", more))
    assert report.as_json() == {
        "documents": 0,
        "annotations": 1,
        "relations": 0,
        "decisions": 0,
        "entities": 0,
        "duplicates": 1,
        "added_labels": ["place"],
        "problems": [],
        "notes": [],
    }
    assert project.check() == []


def test_file_says_how_the_tag_set_grows(project: Project, tmp_path: Path) -> None:
    bring(project, records(tmp_path / "z", document(id_="z", text="z")))
    toml = """
name = "other"
version = 7
[[label]]
name = "claim"
  [[label.attribute]]
  name = "topic"
  type = "choice"
  values = ["attack", "weather", "sport"]
  [[label.attribute]]
  name = "form"
  type = "text"
[[label]]
name = "place"
key = "1"
color = "#123456"
  [[label.attribute]]
  name = "kind"
  type = "choice"
  values = ["town", "river"]
  several = true
[[label]]
name = "river"
key = "9"
[[label]]
name = "unused"
[[relation]]
name = "near"
key = "N"
from = ["place", "claim", "unused"]
to = ["place"]
"""
    work = layer(
        annotation("p1", 0, 7, "place", attributes={"kind": ["town"]}),
        annotation("p2", 0, 7, "river"),
        annotation("c1", 0, 7, "claim", attributes={"topic": "weather"}),
        annotation("c2", 0, 7, "claim", attributes={"form": "free"}),
        annotation("c3", 0, 7, "claim", attributes={"topic": "music"}),
        relations=[{**LINK, "type": "near", "source": "c1", "target": "p1"}],
        tagset=7,
    )
    tagset = {"record": "tagset", "toml": toml}
    report = bring(project, records(tmp_path / "a", tagset, document(work)))
    assert report.added == ("place", "place.kind", "river", "claim.topic=weather", "near")
    assert whats(report) == [
        '"free" is no value for the attribute "form"',
        '"music" is no value for the attribute "topic"',
    ]
    place, river = project.tagset.label("place"), project.tagset.label("river")
    assert place is not None
    assert river is not None
    assert (place.key, place.color, river.key) == ("5", "#123456", "9")
    assert place.attributes[0].values == ("town", "river")
    near = project.tagset.relation("near")
    assert near is not None
    assert (near.key, near.sources, near.targets) == ("N", ("claim",), ("place",))
    assert project.tagset.label("unused") is None
    assert project.tagset.name == "Claims and denials"


def test_known_versions_of_the_tag_set_are_matched(project: Project, tmp_path: Path) -> None:
    toml = project.read.tagset().toml
    bring(project, records(tmp_path / "z", document(id_="z", text="z")))
    bring(
        project, records(tmp_path / "y", document(layer(annotation("p", 0, 1, "place")), id_="y"))
    )
    assert project.tagset.version == 2
    same = {"record": "tagset", "toml": toml.replace("version = 1", "version = 5")}
    layers = layer(annotation("a", 0, 1), tagset=5), layer(annotator="eva", tagset=6)
    report = bring(project, records(tmp_path / "a", same, document(*layers, id_="x", text="x")))
    assert report.added == ()
    found = {each.annotator: each.tagset for each in project.read.layers(document="x")}
    assert found == {"ada": 1, "eva": 2}


def test_project_without_articles_takes_the_tag_set_over(project: Project, tmp_path: Path) -> None:
    toml = 'name = "mine"\n[[label]]\nname = "thing"\n'
    head = {"record": "tagset", "toml": toml}
    other = {"record": "tagset", "toml": toml.replace("thing", "other")}
    report = bring(
        project,
        records(tmp_path / "a", head, document(layer(annotation("x", 0, 7, "thing")))),
        records(tmp_path / "b", other, document(layer(annotation("y", 0, 7, "other")))),
    )
    assert report.notes[0].what == 'The tag set "mine" is the project\'s now.'
    assert report.added == ("other",)
    assert [each.name for each in project.tagset.labels] == ["thing", "other"]
    project.undo()
    assert project.tagset.label("claim") is not None
    assert project.check() == []


def test_same_tag_set_in_other_words(project: Project, tmp_path: Path) -> None:
    head = {"record": "tagset", "toml": dumps(project.tagset)}
    older = {"record": "tagset", "toml": dumps(replace(project.tagset, version=2))}
    report = bring(project, records(tmp_path / "a", older, head))
    assert [each.what for each in report.notes] == [
        'The tag set "Claims and denials" is the project\'s now.'
    ]
    assert project.tagset.version == 2
    assert project.read.value("tagset", "1") == TagsetVersion(1, head["toml"])
    again = bring(project, records(tmp_path / "a", older, head))
    assert again.notes == ()


def test_older_tag_set_than_that_of_a_project_without_articles(tmp_path: Path) -> None:
    newer = dumps(replace(_default(), version=3))
    head = {"record": "tagset", "toml": 'name = "old"\n[[label]]\nname = "thing"\n'}
    with Project.create(tmp_path / "p.db", tagset=newer) as project:
        report = bring(
            project,
            records(tmp_path / "a", head, document(layer(annotation("x", 0, 7, "thing")))),
        )
        assert report.added == ("thing",)
        assert project.tagset.version == 4
        assert project.check() == []


def _default() -> Tagset:
    return loads((paths.resources() / "tagsets" / "default.toml").read_text("utf-8"))
