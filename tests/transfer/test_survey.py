"""A look into files before they come in, and an export that leaves nothing behind."""

from pathlib import Path
from tempfile import gettempdir

import pytest

from annotator.core.errors import UserError
from annotator.formats.base import Source
from annotator.project import Project
from annotator.transfer import (
    Exported,
    Survey,
    Way,
    export_to,
    finish,
    is_folder,
    named,
    rehearse,
    survey,
)
from annotator.transfer.publishing import Publishing
from annotator.transfer.survey import NAMED
from tests.corpora import TEXT, annotation, document, layer
from tests.transfer.helpers import LINK, bring, records


def look(project: Project, path: Path, way: Way | None = None, **more: int) -> Survey:
    return finish(survey(project.read, Source(path.name, path), way or Way(), **more))


def test_what_is_in_a_file(project: Project, tmp_path: Path) -> None:
    both = annotation("c1", 0, 7, "claim"), annotation("a1", 20, 28, "PER")
    work = layer(*both, relations=[LINK]), layer(annotation("x", 0, 7, "PER"), annotator="bob")
    twin = document(text=TEXT, id_="d2", title="Twin")
    head = {"record": "annotator", "name": "ada"}
    first = document(*work, title="First")
    path = records(tmp_path / "a", head, first, twin, "broken", {"record": "document"})
    found = look(project, path)
    assert (found.format, found.whole) == ("jsonl", True)
    assert found.labels == {"PER": 2, "claim": 1}
    assert found.relations == {"source": 1}
    assert found.annotators == {"ada": 2, "bob": 1}
    assert found.counts == {
        "article": 2,
        "annotation": 3,
        "link": 1,
        "problem": 2,
        "duplicate": 1,
    }
    one, second = found.samples
    assert (one.title, one.labels) == ("First", (("PER", 2), ("claim", 1)))
    assert (one.annotators, one.known) == (("ada", "bob"), "")
    assert one.lines == (TEXT,)
    assert second.known == "First"
    assert found.duplicates[0].endswith("its text is there already, as “First”.")
    assert found.problems[0].startswith("a.jsonl")
    assert project.read.count_documents() == 0


def test_what_the_project_has_already(project: Project, tmp_path: Path) -> None:
    path = records(tmp_path / "a", document(title="First"), document(text="Other.", id_="d2"))
    bring(project, path)
    found = look(project, path)
    assert [each.known for each in found.samples] == ["First", "Other."]


def test_the_first_articles_alone(project: Project, tmp_path: Path) -> None:
    many = (document(text=f"Text {each}.", id_=f"d{each}") for each in range(50))
    path = records(tmp_path / "a", *many)
    found = look(project, path, most=2)
    assert (len(found.samples), found.whole) == (2, False)
    whole = look(project, path)
    assert (len(whole.samples), whole.counts["article"], whole.whole) == (5, 50, True)
    progress = list(survey(project.read, Source(path.name, path), Way()))
    assert len(progress) == 3
    assert progress[-1].done > progress[0].done


def test_many_problems_are_counted_and_few_are_kept(project: Project, tmp_path: Path) -> None:
    found = look(project, records(tmp_path / "a", *(["broken"] * (NAMED + 5))))
    assert (len(found.problems), found.counts["problem"]) == (NAMED, NAMED + 5)


def test_long_lines_are_cut(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("word " * 100 + "\n\n\nsecond\nthird\nfourth", "utf-8")
    (sample,) = look(project, path).samples
    first, *rest = sample.lines
    assert first.endswith("word…")
    assert rest == ["second", "third"]


def test_files_that_can_not_be_read(project: Project, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("[", "utf-8")
    found = look(project, broken)
    assert (found.format, found.samples, found.counts["problem"]) == ("", (), 1)
    assert look(project, tmp_path / "gone.txt").problems == (
        "gone.txt: it cannot be read: No such file or directory.",
    )


def test_another_way_gives_another_look(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Заявлено.".encode("cp1251"))
    wrong = look(project, path, Way("text", {"encoding": "cp1252"}))
    right = look(project, path, Way("text", {"encoding": "cp1251"}))
    assert right.samples[0].lines == ("Заявлено.",)
    assert wrong.samples[0].lines != right.samples[0].lines


@pytest.mark.parametrize("name", ["jsonl", "conll", "csv", "text"])
def test_a_rehearsal_says_what_the_export_says(
    filled: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("TMPDIR", gettempdir())
    format_, wish = named(name, writes=True), Exported("all")
    told = finish(rehearse(filled, format_, wish))
    assert told == finish(export_to(filled, format_, tmp_path / "out", chosen=wish))
    assert (tmp_path / "out").is_dir() == is_folder(filled.read, format_, wish)


def test_a_rehearsal_leaves_nothing_behind(
    filled: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    finish(rehearse(filled, named("csv"), Exported("all")))
    job = rehearse(filled, named("csv"), Exported("all"))
    next(job)
    assert list((tmp_path / "temporary").iterdir())
    job.close()
    assert not list((tmp_path / "temporary").iterdir())


def test_a_file_or_a_folder(filled: Project) -> None:
    conll = named("conll", writes=True)
    assert is_folder(filled.read, conll, Exported("all"))
    assert not is_folder(filled.read, conll, Exported("mira"))
    assert not is_folder(filled.read, named("jsonl"), Exported("all"))
    with pytest.raises(UserError, match="no layer"):
        is_folder(filled.read, conll, Exported("nobody"))


def test_articles_that_come_without_their_texts(filled: Project, tmp_path: Path) -> None:
    wish = Exported("all", publishing=Publishing(without_text=True))
    finish(export_to(filled, named("jsonl"), tmp_path / "out.jsonl", chosen=wish))
    found = look(filled, tmp_path / "out.jsonl")
    assert found.counts["withheld"] == found.counts["article"] == 1
    assert found.samples[0].known
