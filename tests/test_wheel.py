"""The wheel, installed where nothing else is, runs from any folder with all its resources."""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `annotator` command of a fresh environment into which only the wheel was installed."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(TOP)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "venv", with_pip=True)
    scripts = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    install = [str(scripts / "python"), "-m", "pip", "install", "--quiet", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    return scripts / "annotator"


def test_sample_is_built_and_drawn_from_any_folder(command: Path, tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "LANG": "C.UTF-8"}

    def run(*words: str) -> str:
        return subprocess.run(
            [str(command), *words],
            check=True,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=environment,
        ).stdout

    run("demo", "--into", "sample.db")
    assert json.loads(run("info", "sample.db", "--json"))["documents"] == 1
    assert json.loads(run("check", "sample.db", "--json")) == {"ok": True, "problems": []}
    run("demo", "--screenshot", "sample.png")
    assert (tmp_path / "sample.png").read_bytes().startswith(b"\x89PNG")
