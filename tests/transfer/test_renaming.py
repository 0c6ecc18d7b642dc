"""Other names on the way in: of labels, links and annotators, and of a tag set that comes along."""

from pathlib import Path

from hypothesis import given

from annotator.core.model import TagsetVersion
from annotator.core.tagset import Attribute, Label, RelationType, Tagset
from annotator.core.tagset_toml import dumps, loads
from annotator.formats.base import Source
from annotator.project import Project
from annotator.transfer import Renaming, Way
from annotator.transfer.renaming import AS_NAMED
from tests.corpora import annotation, document, layer
from tests.strategies import tagsets
from tests.transfer.helpers import LINK, bring, records

NAMED = Renaming({"PER": "actor"}, {"says": "source"}, {"adjudicator": "zoe"})


def test_an_import_under_other_names(project: Project, tmp_path: Path) -> None:
    both = annotation("c1", 0, 7, "claim"), annotation("a1", 20, 28, "PER")
    work = layer(*both, annotator="adjudicator", relations=[{**LINK, "type": "says"}])
    other = layer(annotation("x", 0, 7, "claim"), annotator="ada")
    decision = {"record": "annotator", "name": "adjudicator", "color": "#123456"}
    report = bring(
        project, records(tmp_path / "a", decision, document(work, other)), renaming=NAMED
    )
    assert report.problems == ()
    assert report.added == ()
    assert {each.annotator for each in project.read.layers()} == {"zoe", "ada"}
    assert {each.name: each.color for each in project.read.annotators()}["zoe"] == "#123456"
    (zoes,) = (each for each in project.read.layers() if each.annotator == "zoe")
    assert [each.label for each in project.annotations(layer=zoes.id)] == ["claim", "actor"]
    assert [each.type for each in project.relations(layer=zoes.id)] == ["source"]
    assert project.check() == []


def test_names_that_stay_are_the_same_values(project: Project, tmp_path: Path) -> None:
    path = records(tmp_path / "a", document(layer(annotation("x", 0, 7))))
    bring(project, path)
    again = bring(project, path, renaming=NAMED)
    assert (again.duplicates, again.annotations, again.problems) == (1, 0, ())


def test_a_tag_set_under_other_names() -> None:
    low = Attribute("low", "number")
    tagset = Tagset(
        "x",
        labels=(
            Label("PER"),
            Label("actor", title="Actor"),
            Label("PERS", attributes=(low,)),
            Label("claim"),
            Label("place"),
        ),
        relations=(
            RelationType("says", sources=("claim",), targets=("PER",)),
            RelationType("source", sources=("PERS",), targets=("actor", "place")),
            RelationType("deny", sources=("PER",), targets=("PERS",)),
        ),
    )
    names = Renaming({"PERS": "actor", "PER": "PERS"}, {"says": "source"})
    renamed = names.tagset(tagset)
    assert [each.name for each in renamed.labels] == ["PERS", "actor", "claim", "place"]
    assert renamed.labels[1].title == "Actor"
    assert renamed.labels[1].attributes == (low,)
    source, deny = renamed.relations
    assert (source.sources, source.targets) == (("claim", "actor"), ("PERS", "actor", "place"))
    assert (deny.sources, deny.targets) == (("PERS",), ("actor",))
    version = TagsetVersion(3, dumps(tagset))
    item = names.item(version)
    assert isinstance(item, TagsetVersion)
    assert loads(item.toml) == names.tagset(loads(version.toml))
    assert Renaming({"nothing": "else"}).item(version) is version
    assert AS_NAMED.item(version) is version
    broken = TagsetVersion(3, "[")
    assert names.item(broken) is broken


@given(tagsets())
def test_names_given_back_are_the_tag_set_as_it_was(tagset: Tagset) -> None:
    labels = {each.name: f"{each.name}~" for each in tagset.labels}
    relations = {each.name: f"{each.name}~" for each in tagset.relations}
    back = Renaming(_turned(labels), _turned(relations))
    plain = AS_NAMED.tagset(tagset)  # each end once
    assert back.tagset(Renaming(labels, relations).tagset(tagset)) == plain


def _turned(names: dict[str, str]) -> dict[str, str]:
    return {new: name for name, new in names.items()}


def test_files_that_are_read_in_their_own_ways(project: Project, tmp_path: Path) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.txt"
    one.write_text("body,words\nIt was denied.,It was said.\n", "utf-8")
    other.write_bytes("Заявлено.".encode("cp1251"))
    ways = {
        "one.csv": Way("table", {"text": "words", "header": "yes"}),
        "other.txt": Way(options={"encoding": "cp1251"}),
    }
    bring(project, one, Source("other.txt", other), ways=ways)
    assert [each.text for each in project.documents()] == ["It was said.", "Заявлено."]
