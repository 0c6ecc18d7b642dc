"""The commands for a team."""

import json
from pathlib import Path

from annotator.project import Project
from tests.cli.conftest import Run


def test_a_plan_is_shown_made_and_listed(sample: Path, run: Run) -> None:
    code, _, err = run("plan", sample, "--annotators", "ada, eve", "--each", 4, "--json")
    assert (code, "1 to 2 of 2, not to 4" in err) == (1, True)
    words = ("plan", sample, "--annotators", "ada, eve,mira,jonas,noor", "--each", 4)
    code, out, _ = run(*words, "--dry-run")
    assert (code, out.splitlines()[0]) == (0, "This would be the plan.")
    code, out, _ = run(*words, "--json")
    told = json.loads(out)
    assert (told["applied"], told["assigned"]) == (True, 1)
    code, out, _ = run("plan", sample, "--show", "--json")
    assert sorted(json.loads(out)["annotators"])[:2] in (["ada", "jonas"], ["eve", "jonas"])
    assert "mira" in run("plan", sample, "--show")[1]
    assert run("plan", sample)[0] == 2
    assert run("plan", sample, "--show", "--annotators", "a")[0] == 2


def test_nobody_has_anything(tmp_path: Path, run: Run) -> None:
    run("new", tmp_path / "p.db")
    assert run("plan", tmp_path / "p.db", "--show")[1] == "Nobody has an article yet.\n"


def test_a_file_for_one_annotator(sample: Path, tmp_path: Path, run: Run) -> None:
    out = tmp_path / "mira.db"
    code, said, _ = run("handoff", sample, "--to", "mira", "--out", out)
    assert (code, said.startswith("Handed 1 article with 81 annotations")) == (0, True)
    assert run("handoff", sample, "--to", "mira", "--out", out)[0] == 1
    code, said, _ = run("handoff", sample, "--to", "mira", "--out", out, "--force", "--json")
    assert json.loads(said)["annotator"] == "mira"
    with Project.open(out) as project:
        assert project.who == "mira"
        assert project.check() == []


def test_a_name_that_may_be_mistyped_is_doubted(sample: Path, tmp_path: Path, run: Run) -> None:
    asked = ("handoff", sample, "--out", tmp_path / "x.db", "--force", "--to")
    assert "Did you mean mira?" in run(*asked, "Mirra")[2]
    assert "Did you mean" not in run(*asked, "Zenobia")[2]


def test_another_name(sample: Path, run: Run) -> None:
    code, said, _ = run("rename", sample, "mira", "Мира")
    assert (code, said) == (0, "mira is called Мира now.\n")
    told = json.loads(run("rename", sample, "Мира", "mira", "--json")[1])
    assert told == {"former": "Мира", "name": "mira", "layers": 1}
    assert run("rename", sample, "zoe", "x")[0] == 1


def test_a_whole_copy(sample: Path, tmp_path: Path, run: Run) -> None:
    copy = tmp_path / "copy.db"
    assert run("copy", sample, "--out", copy)[1] == f"Copied {sample} to {copy}.\n"
    assert json.loads(run("copy", sample, "--out", copy, "--force", "--json")[1]) == {
        "path": str(copy)
    }
    assert run("copy", sample, "--out", sample, "--force")[0] == 1
    assert run("check", copy)[0] == 0


def test_where_a_file_lies_is_said(sample: Path, tmp_path: Path, run: Run) -> None:
    assert json.loads(run("info", sample, "--json")[1])["remarks"] == []
    shared = tmp_path / "Dropbox"
    shared.mkdir()
    sample.rename(shared / "s.db")
    (remark,) = json.loads(run("info", shared / "s.db", "--json")[1])["remarks"]
    assert "a folder that Dropbox copies" in remark
    assert remark in run("info", shared / "s.db")[1]
