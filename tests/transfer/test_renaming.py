"""Other names on the way in and out: of labels, links and annotators, and of a tag set."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from annotator.core.citation import BACKGROUND
from annotator.core.errors import UserError
from annotator.core.model import Layer, Setting, TagsetVersion
from annotator.core.tagset import Attribute, Label, RelationType, Tagset
from annotator.core.tagset_toml import dumps, loads
from annotator.formats.base import Source
from annotator.project import Project
from annotator.transfer import Exported, Renaming, Way, export_to, finish, named
from annotator.transfer.publishing import Publishing
from annotator.transfer.renaming import AS_NAMED
from tests.corpora import annotation, corpora, document, fill, layer, values_of
from tests.strategies import examples, tagsets
from tests.transfer.helpers import LINK, bring, export, records

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


@examples(15)
@given(corpora())
def test_out_under_other_names_is_in_under_them(
    tmp_path_factory: pytest.TempPathFactory, corpus: tuple[Tagset, list[Any]]
) -> None:
    folder = tmp_path_factory.mktemp("names")
    tagset, values = corpus
    labels = {each.name: f"{each.name}-x" for each in tagset.labels[:2]}
    links = {each.name: f"{each.name}-y" for each in tagset.relations[:1]}
    names = Renaming(labels, links, {"ada": "zoe", "Эва": "eva"})
    with Project.create(folder / "a.db", who="ada", tagset=dumps(tagset)) as project:
        fill(project, values)
        export(project, folder / "plain.jsonl")
        format_ = named("jsonl", writes=True)
        chosen = Exported("all", renaming=names)
        finish(export_to(project, format_, folder / "named.jsonl", chosen=chosen))
    found = []
    for name, renaming in (("named", AS_NAMED), ("plain", names)):
        with Project.create(folder / f"{name}.db", who="ada", tagset=dumps(tagset)) as project:
            assert bring(project, folder / f"{name}.jsonl", renaming=renaming).problems == ()
            assert project.check() == []
            found.append(values_of(project))
    assert found[0] == found[1]
    layers = found[0]["layer"].values()
    assert "ada" not in {each.annotator for each in layers if isinstance(each, Layer)}


def test_two_can_not_become_one(filled: Project, tmp_path: Path) -> None:
    def send(format_: str, *renamed: str, **more: Any) -> None:
        names = Renaming(annotators=dict.fromkeys(renamed, "x"))
        chosen = Exported("all", renaming=names, **more)
        job = export_to(filled, named(format_, writes=True), tmp_path / "out", chosen=chosen)
        finish(job)

    people = {each.annotator for each in filled.read.layers() if each.role == "annotator"}
    one, other = sorted(people)[:2]
    for format_, where in (("jsonl", "article"), ("conll", "file")):
        with pytest.raises(UserError, match=f'both be called "x": .* in the same {where}'):
            send(format_, one, other)
    with pytest.raises(UserError, match="pseudonyms"):
        send("jsonl", one, publishing=Publishing(pseudonyms=True))
    send("jsonl", one)
    assert '"annotator": "x"' in (tmp_path / "out").read_text("utf-8")


def test_names_that_nobody_can_have(filled: Project, tmp_path: Path) -> None:
    chosen = Exported("all", renaming=Renaming(annotators={"mira": "gold"}))
    with pytest.raises(UserError, match="gold"):
        finish(export_to(filled, named("jsonl", writes=True), tmp_path / "out", chosen=chosen))
    assert not (tmp_path / "out").exists()


def test_backgrounds_follow() -> None:
    told = Setting(f"{BACKGROUND}adjudicator", "a lawyer")
    assert NAMED.item(told) == Setting(f"{BACKGROUND}zoe", "a lawyer")
    assert NAMED.item(Setting("x", "y")) == Setting("x", "y")


def test_a_title_that_repeats_the_name_follows() -> None:
    tagset = Tagset("x", labels=(Label("PER", "Per"), Label("claim", "What is said")))
    renamed = Renaming({"PER": "actor", "claim": "statement"}).tagset(tagset)
    assert [each.title for each in renamed.labels] == ["Actor", "What is said"]
