"""What is read: values, the list of articles, search, counters and the views."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from annotator.core import verbs
from annotator.core.edits import Change, Edit, inserted
from annotator.core.errors import UserError
from annotator.core.model import Annotator, Decision, Layer
from annotator.core.query import parse
from annotator.core.span import Span
from annotator.project import Project
from annotator.store import reader as module
from annotator.store.shelf import Listing
from tests.store.conftest import TEXT, annotation, relation
from tests.strategies import document_of


def plain(path: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return [tuple(row) for row in connection.execute(sql)]


# The views


def test_the_view_of_spans_quotes_the_text(path: Path) -> None:
    rows = plain(
        path,
        'SELECT title, annotator, role, round, label, "start", "end", quote, attributes'
        ' FROM labelled_span ORDER BY "start", "end" DESC',
    )
    assert [row[4:8] for row in rows] == [
        ("denial", 0, 43, TEXT[0:43]),
        ("claim", 20, 43, TEXT[20:43]),
        ("casualty", 20, 31, "14 soldiers"),
        ("actor", 45, 68, "the Ministry of Defense"),
    ]
    assert {row[:4] for row in rows} == {(TEXT, "ada", "annotator", 1)}


def test_the_view_of_relations_quotes_both_ends(path: Path) -> None:
    rows = plain(
        path,
        "SELECT type, source_label, source_quote, target_label, target_quote FROM labelled_relation"
        " ORDER BY type",
    )
    assert rows == [
        ("denies", "denial", TEXT[0:43], "claim", TEXT[20:43]),
        ("source", "denial", TEXT[0:43], "actor", "the Ministry of Defense"),
    ]


def test_the_views_count_code_points(tmp_path: Path) -> None:
    text = "👩‍👩‍👧‍👦 e\u0301 كِتَاب Հայ \U0001f1e6\U0001f1f2 end"
    with Project.create(tmp_path / "p.annotation", who="ada") as project:
        document = document_of(text)
        project.apply(Edit("import", inserted([document])))
        start = text.index("Հայ")
        layer = project.layer(document.id)
        project.apply(verbs.mark(layer, [Span(start, start + 3)], "actor", fresh=True))
        project.apply(verbs.mark(project.layer(document.id), [Span(0, len(text))], "claim"))
    quotes = {row[0] for row in plain(tmp_path / "p.annotation", "SELECT quote FROM labelled_span")}
    assert quotes == {"Հայ", text}


# Search


ARTICLES = {
    "armenian": "Հայաստանի Զինված ուժերը հերքել են",
    "arabic": "نفت وزارة الدفاع الأرمينية كِتَاب",
    "azerbaijani": "Azərbaycan Müdafiə Nazirliyi",
    "french": "L’armée a dénié l’attaque près de Stepanakert",
    "russian": "Министерство обороны",
    "chinese": "亚美尼亚国防部",
    "english": "The Ministry AND the army 🙂 don't NEAR col:umn (1,000) 50%",
}


@pytest.fixture
def library(tmp_path: Path) -> Project:
    project = Project.create(tmp_path / "p.annotation", who="ada")
    for name, text in ARTICLES.items():
        document = document_of(text)
        project.apply(Edit("import", inserted([document])))
        assert document.title
        project.apply(verbs.set_document_note(document, name))
    return project


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Հայաստանի", "armenian"),
        ("հայաստ", "armenian"),
        ("ԶԻՆՎԱԾ ուժ", "armenian"),
        ("الدفاع", "arabic"),
        ("وزارة الدف", "arabic"),
        ("كِتَاب", "arabic"),
        ("كتاب", "arabic"),
        ("azərbay", "azerbaijani"),
        ("mudafie", ""),
        ("mudafiə", "azerbaijani"),
        ("denie attaque", "french"),
        ("dénié l’attaque", "french"),
        ("denie l'attaque", "french"),
        ("DENIÉ", "french"),
        ("обороны", "russian"),
        ("亚美", "chinese"),
        ("国防", "chinese"),
        ("防", "chinese"),
        ("防国", ""),
        ("ministry AND", "english"),
        ("AND", "english"),
        ("NOT", ""),
        ("OR", ""),
        ("don't", "english"),
        ('"the army"', "english"),
        ("*", ""),
        ("army*", "english"),
        ("ar*my", ""),
        ("NEAR(army)", ""),
        ("col:umn", "english"),
        ("text:army", ""),
        ("army -chinese", "english"),
        ("army -ministry", ""),
        ("^the", "english"),
        ("(1,000)", "english"),
        ("50%", "english"),
        ("🙂", "english"),
        ("😀", ""),
        ("army — 1,000", "english"),
        ("army 🙂", "english"),
        ("\u0301", ""),
        ("\ud800", ""),
        ("army\0", "english"),
        ("x" * 10_000, ""),
        ("; DROP TABLE document", ""),
    ],
)
def test_search_takes_what_people_type(library: Project, words: str, found: str) -> None:
    with library:
        assert titles(library, words) == ([ARTICLES[found]] if found else [])


def titles(project: Project, typed: str) -> list[str]:
    numbers = chain.from_iterable(project.read.found("ada", parse(typed)))
    return [each.title for each in project.read.listing("ada", list(numbers))]


def test_no_words_find_everything(library: Project) -> None:
    with library:
        for words in ("", "  ", "\t", '"', "-"):
            assert titles(library, words) == list(ARTICLES.values())


def test_the_index_follows_the_articles(library: Project) -> None:
    with library:
        document = next(library.documents())
        library.apply(verbs.set_document_note(document, "x"))
        noted = library.read.document(document.id)
        assert noted
        library.apply(Edit("title", (Change(noted, replace(noted, title="Renamed")),)))
        assert titles(library, "renamed") == ["Renamed"]
        library.undo()
        assert titles(library, "renamed") == []
        assert len(titles(library, "հայաստանի")) == 1
        assert library.check() == []


# The list of articles


def test_the_list_comes_with_state_and_counts(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PAGE", 2)
    with Project.open(path, who="ada") as project:
        project.apply(Edit("import", inserted(document_of(f"word {each}") for each in range(4))))
        whole = project.read.listing("ada", [1, 2, 3, 4, 5])
        first = whole[0]
        counts = {"denial": 1, "claim": 1, "casualty": 1, "actor": 1}
        assert first == Listing(1, first.id, TEXT, "open", counts)
        assert [each.title for each in whole[1:]] == [f"word {each}" for each in range(4)]
        assert {(each.state, len(each.counts)) for each in whole[1:]} == {("new", 0)}
        assert project.read.listing("ada", [3, 99, 2]) == [whole[2], whole[1]]
        assert project.read.row_number(first.id) == 1
        assert project.read.row_number("nobody") is None
        assert project.read.listing("bob", [1])[0].counts == {}
        assert [each.title for each in project.documents()] == [each.title for each in whole]
        some = tuple(each.id for each in whole[3:0:-2])
        found = project.read.documents(ids=(*some, "nobody"))
        assert [each.id for each in found] == list(some)


def test_the_list_shows_the_newest_round_and_progress(path: Path) -> None:
    with Project.open(path, who="ada") as project:
        (document,) = project.documents()
        second = Layer.of(document.id, "ada", round_=2)
        project.apply(verbs.set_state(second, "done", fresh=True))
        assert project.layer(document.id) == project.read.layer(second.id)
        assert project.read.listing("ada", [1])[0].state == "done"
        assert project.read.progress("ada") == (1, 1)
        assert project.read.progress("bob") == (0, 1)
        assert project.read.layer_counts() == {"annotator": {"done": 1, "open": 1}}


def test_counters_follow_every_change(path: Path) -> None:
    with Project.open(path, who="ada") as project:
        claim = annotation(project, "claim")
        before = project.read.label_counts(claim.layer)
        broken = [relation(project, "denies")]
        project.apply(verbs.relabel(claim, "casualty", kept=(), broken=broken))
        after = project.read.label_counts(claim.layer)
        assert after == {"denial": 1, "casualty": 2, "actor": 1}
        assert project.read.counts_by_label() == after
        project.undo()
        assert project.read.label_counts(claim.layer) == before
        project.redo()
        project.apply(verbs.remove([annotation(project, "actor")], [relation(project, "source")]))
        assert project.read.label_counts(claim.layer) == {"denial": 1, "casualty": 2}
        project.undo()
        assert project.read.label_counts(claim.layer) == after
        assert project.check() == []


# Single values


def test_each_kind_is_read_by_its_id(path: Path) -> None:
    with Project.open(path, who="ada") as project:
        read = project.read
        (document,), (entity,) = project.documents(), read.entities()
        claim, link = annotation(project, "claim"), relation(project, "denies")
        decision = Decision("x", document.id, {"seen": []}, "take", by="ada", guideline_gap=True)
        project.apply(Edit("decide", inserted([decision])))
        assert read.document(document.id) == document
        assert read.documents_like("x", document.sha256) == {document.id: document.sha256}
        assert read.documents_like("x", "y") == {}
        assert read.annotation(claim.id) == claim
        assert read.relation(link.id) == link
        assert read.entity(entity.id) == entity
        assert read.annotator("ada") == Annotator("ada")
        assert list(read.decisions(document=document.id)) == [decision]
        assert read.value("tagset", "1") == read.tagset()
        assert read.value("decision", "x") == decision
        assert [each.key for each in read.settings()] == ["id"]
        assert [each.version for each in read.tagsets()] == [1]
        assert read.values("annotation", (claim.id, "nobody")) == {claim.id: claim}
        assert [each.id for each in read.links_of(claim.id)] == [link.id]
        assert list(read.users_of_entity(entity.id)) == [annotation(project, "actor").id]
        assert read.mentions() == {entity.id: 1}
        assert read.text_length(document.id) == len(TEXT)
        assert read.text_length("nobody") == 0
        assert read.setting("nothing") == ""
        assert len(list(read.layers())) == 1
        assert read.counts() == {
            "document": 1,
            "annotation": 4,
            "relation": 2,
            "decision": 1,
            "entity": 1,
        }
        assert project.check() == []


def test_the_same_words_in_other_articles_of_this_person(path: Path) -> None:
    with Project.open(path, who="ada") as project:
        actor = annotation(project, "actor")
        (old,) = project.documents()
        words = actor.quote(old.text)
        new = document_of(f"Again. {words} and others.")
        layer = Layer.of(new.id, "ada")
        marked = verbs.mark(layer, [Span(7, 7 + len(words))], "claim", fresh=True)
        project.apply(Edit("import", inserted([new])))
        project.apply(marked)
        read = project.read
        assert list(read.tagged_alike("ada", words, but=new.id)) == [actor]
        assert [each.label for each in read.tagged_alike("ada", words, but=old.id)] == ["claim"]
        assert not list(read.tagged_alike("bob", words, but=""))
        assert not list(read.tagged_alike("ada", words[:-1], but=""))
        assert not list(read.tagged_alike("ada", "—", but=""))


def test_another_program_is_noticed(path: Path) -> None:
    with Project.open(path, who="ada") as one, Project.open(path, who="bob") as other:
        before = one.read.version()
        assert one.read.version() == before
        other.apply(verbs.add_entity("Armenia"))
        assert one.read.version() != before


def test_a_closed_project_says_so(path: Path) -> None:
    project = Project.open(path, who="ada")
    project.close()
    with pytest.raises((UserError, sqlite3.ProgrammingError)):
        project.read.counts()
