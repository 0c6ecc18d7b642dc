"""`annotator merge`."""

import json
import shutil
from pathlib import Path

from annotator.core import verbs
from annotator.project import Project
from tests.cli.conftest import Run


def test_merge_says_what_would_come_and_brings_it(sample: Path, run: Run, tmp_path: Path) -> None:
    mira = Path(shutil.copyfile(sample, tmp_path / "mira.db"))
    with Project.open(mira, who="mira") as project:
        project.apply(verbs.add_entity("A new one"))
        twin = next(each for each in project.read.entities() if each.name != "A new one")
        project.apply(verbs.add_entity(twin.name, type_=twin.type))
    code, out, error = run("merge", sample, mira, "--dry-run", "--as", "lead")
    assert (code, out) == (0, "mira.db: new: 2 actors.\nNothing was changed.\n")
    assert error == (
        f"“{twin.name}” is in the register 2 times; merge the entries if they are one.\n"
    )
    code, out, _ = run("merge", sample, mira, "--as", "lead", "--json")
    told = json.loads(out)
    assert (code, told["applied"], told["new"]["entity"]) == (0, True, 2)
    assert told["conflicts"] == []
    code, out, error = run("merge", sample, mira, mira)
    assert (code, error) == (0, "")
    assert out == f"{'mira.db: nothing new.' + chr(10)}" * 2 + "Nothing was changed.\n"
    assert run("check", sample)[0] == 0


def test_merge_refuses_by_name(sample: Path, run: Run, tmp_path: Path) -> None:
    text = tmp_path / "mira.txt"
    text.write_text("Not a project.", encoding="utf-8")
    code, out, error = run("merge", sample, text)
    assert (code, out) == (1, "")
    assert error == f"annotator: {text} is not an Annotator project.\n"
    assert run("merge", sample)[0] == 2
    gone = tmp_path / "gone.db"
    code, _, error = run("merge", sample, gone)
    assert (code, error) == (1, f"annotator: There is no file {gone}; look where it is.\n")
