"""The command line: its exit codes, its JSON, and that it loads neither Qt nor anything heavy."""

import contextlib
import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import pytest

from annotator import __main__, __version__, cli, console
from annotator.__main__ import main
from annotator.core import verbs
from annotator.project import Project
from tests.corpora import HEAD, annotation, document, layer, write
from tests.rows import damage, looked_at

Run = Callable[..., tuple[int, str, str]]
JsonRun = Callable[..., Any]


@pytest.fixture
def found(run: Run) -> JsonRun:
    """What a command that succeeds says with --json."""

    def call(*words: object) -> Any:
        code, out, _ = run(*words, "--json")
        assert code == 0
        return json.loads(out)

    return call


@pytest.fixture
def empty(tmp_path: Path, run: Run) -> Path:
    assert run("new", tmp_path / "empty.db", "--as", "ada")[0] == 0
    return tmp_path / "empty.db"


def process(*words: object, **options: Any) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "-m", "annotator", *map(str, words)]
    return subprocess.run(command, capture_output=True, check=False, timeout=60, **options)


# Each command


def test_demo(sample: Path, run: Run, found: JsonRun) -> None:
    code, out, error = run("demo", "--into", sample)
    assert (code, out) == (1, "")
    assert error == f"annotator: {sample} exists already; choose another name, or use --force.\n"
    assert found("demo", "--into", sample, "--force") == {"path": str(sample)}
    assert run("check", sample)[0] == 0


def test_info(sample: Path, run: Run, found: JsonRun) -> None:
    info = found("info", sample)
    assert info == {
        "documents": 1,
        "annotations": 240,
        "relations": 88,
        "decisions": 0,
        "entities": 29,
        "annotators": ["mira", "jonas", "noor"],
        "labels": {"actor": 150, "casualty": 26, "claim": 58, "denial": 6},
        "layers": {"annotator": {"done": 3}},
        "schema": info["schema"],
        "remarks": [],
    }
    listed = found("info", sample, "--layers")["layers"]
    assert sum(each["annotations"] for each in listed) == 240
    assert {each["annotator"] for each in listed} == {"mira", "jonas", "noor"}
    assert set(listed[0]) == {"document", "annotator", "role", "state", "annotations"}
    code, out, _ = run("info", sample)
    assert code == 0
    assert "annotators: mira, jonas, noor\n" in out
    assert "layers: annotator done 3\n" in out
    assert run("info", sample, "--layers")[1].count("\nlayers: document ") == 3


def test_new(tmp_path: Path, run: Run, found: JsonRun) -> None:
    assert found("new", tmp_path / "a.db")["labels"] == ["claim", "denial", "casualty", "actor"]
    assert run("new", tmp_path / "a.db")[0] == 1
    tagset = tmp_path / "tags.toml"
    tagset.write_text('name = "mine"\n[[label]]\nname = "thing"\n')
    code, out, _ = run("new", tmp_path / "a.db", "--tagset", tagset, "--force")
    assert (code, out) == (0, f"Made {tmp_path / 'a.db'} with the labels thing.\n")
    tagset.write_text("=")
    assert (
        f"{tagset}: The tag set is not valid TOML"
        in run("new", tmp_path / "b.db", "--tagset", tagset)[2]
    )
    tagset.write_bytes(b'name = "\xff"')
    assert "is not UTF-8" in run("new", tmp_path / "b.db", "--tagset", tagset)[2]
    assert "No such file" in run("new", tmp_path / "b.db", "--tagset", tmp_path / "no.toml")[2]
    assert not (tmp_path / "b.db").exists()


def test_import_and_its_report(empty: Path, tmp_path: Path, run: Run, found: JsonRun) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"One.\r\n")
    (folder / "b.txt").write_bytes(b"One.\n")
    (folder / "c.json").write_text("{}")
    code, out, error = run("import", empty, folder)
    assert (code, out) == (0, "Imported 1 article; 1 there already; 1 problem.\n")
    assert error.splitlines()[0].startswith(f"{folder / 'c.json'}: it is in no format")
    assert error.splitlines()[1] == f"{folder / 'a.txt'}: 1 line end turned into LF."
    report = found("import", empty, folder)
    assert (report["documents"], report["duplicates"]) == (0, 2)
    assert [set(each) for each in report["problems"]] == [{"where", "what"}]
    code, out, error = run("import", empty, folder, "--strict")
    assert (code, out) == (1, "")
    assert error.startswith("annotator: Nothing was imported. ")
    assert error.count("\n") == 1


def test_import_with_everything_said(empty: Path, tmp_path: Path, found: JsonRun) -> None:
    corpus = write(tmp_path / "c.jsonl", HEAD, document(layer(annotation("x", 0, 7, "place"))))
    options = ("--annotator", "eva", "--role", "machine", "--state", "open", "--format", "jsonl")
    report = found("import", empty, corpus, *options, "--as", "bob")
    assert report["added_labels"] == ["place"]
    (own,) = found("info", empty, "--layers")["layers"]
    assert (own["annotator"], own["role"], own["state"]) == ("eva", "machine", "open")
    assert found("undo", empty, "--list")["journal"][-1]["who"] == "bob"


def test_many_problems_are_not_all_listed(empty: Path, tmp_path: Path, run: Run) -> None:
    corpus = write(tmp_path / "c.jsonl", HEAD, document(), *("x" for _ in range(30)))
    _, out, error = run("import", empty, corpus)
    assert out == "Imported 1 article; 30 problems.\n"
    assert error.splitlines()[-1] == "… and 10 more; --json lists all."
    assert len(error.splitlines()) == 21


def test_what_stayed_out_is_named_before_what_was_done(
    empty: Path, tmp_path: Path, run: Run
) -> None:
    corpus = tmp_path / "c"
    corpus.mkdir()
    (corpus / "a.txt").write_bytes("“Née”".encode("cp1252"))
    (corpus / "b.txt").write_bytes(b"")
    _, _, error = run("import", empty, corpus)
    assert [line.split(": ")[0][-5:] for line in error.splitlines()] == ["b.txt", "a.txt"]


def test_standard_input_and_output(sample: Path, empty: Path, tmp_path: Path) -> None:
    out = process("export", sample, "--format", "jsonl", "--layer", "all", "--out", "-")
    assert (out.returncode, out.stderr) == (0, b"")
    (tmp_path / "a.txt").write_text("One.")
    done = process("import", empty, "-", tmp_path / "a.txt", "--json", input=out.stdout)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["documents"] == 2
    text = process("import", empty, "-", input=b"Two.")
    assert text.stdout == b"Imported 1 article.\n"


def test_export(sample: Path, tmp_path: Path, run: Run, found: JsonRun) -> None:
    code, out, error = run("export", sample, "--format", "csv", "--out", tmp_path / "c")
    assert (code, out) == (1, "")
    assert "no gold layer; choose one with --layer: all, annotator" in error
    code, out, error = run(
        "export", sample, "--format", "csv", "--out", tmp_path / "c", "--layer", "all"
    )
    assert (code, out) == (0, f"Wrote 1 article, 240 annotations, 88 links to {tmp_path / 'c'}.\n")
    assert error.splitlines()[0] == "Not kept by csv: 3 details of annotators"
    with (tmp_path / "c" / "spans.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 240
    document_ = found("info", sample, "--layers")["layers"][0]["document"]
    words = ("export", sample, "--format", "jsonl", "--layer", "mira", "--document", document_)
    assert run(*words, "--out", tmp_path / "c")[0] == 1
    report = found(*words, "--out", tmp_path / "m.jsonl")
    assert report == {
        "documents": 1,
        "annotations": 81,
        "relations": 28,
        "lost": [],
        "places": [],
        "notes": [],
    }
    assert run(*words, "--out", tmp_path / "m.jsonl")[0] == 1
    assert run(*words, "--out", tmp_path / "m.jsonl", "--force")[0] == 0
    code, _, error = run("export", sample, "--format", "jsonl", "--out", "x", "--document", "no")
    assert (code, error) == (1, "annotator: The project has no article with the id no.\n")


def test_check(sample: Path, run: Run, found: JsonRun) -> None:
    assert found("check", sample) == {"ok": True, "problems": []}
    assert run("check", sample)[1] == f"{sample} is sound.\n"
    damage(sample, "UPDATE document SET text = text || '!'")
    code, out, _ = run("check", sample, "--json")
    assert code == 1
    assert json.loads(out)["ok"] is False
    assert json.loads(out)["problems"]
    code, out, _ = run("check", sample)
    assert (code, out.splitlines()[0]) == (1, f"{sample} is not sound.")


def test_undo_and_redo(empty: Path, tmp_path: Path, run: Run, found: JsonRun) -> None:
    assert found("undo", empty) == {"undone": None}
    assert run("redo", empty)[1] == "There is nothing to do again.\n"
    (tmp_path / "a.txt").write_text("One.")
    run("import", empty, tmp_path / "a.txt", "--as", "ada")
    assert run("undo", empty, "--as", "eva")[1] == "There is nothing to take back.\n"
    assert run("undo", empty, "--as", "ada")[1] == "Taken back: import a.txt.\n"
    assert found("info", empty)["documents"] == 0
    assert found("redo", empty, "--as", "ada") == {"redone": "import a.txt"}
    assert run("undo", empty, "--as", "gold")[0] == 1
    journal = found("undo", empty, "--list")["journal"]
    assert [each["kind"] for each in journal if each["who"]] == ["redo", "undo", "edit"]
    keys = {"id", "time", "who", "name", "kind", "of", "stands", "words", "document"}
    assert set(journal[0]) == keys
    listed = run("undo", empty, "--list")[1]
    assert "  ada took back “import a.txt”: removed the article “" in listed


def test_formats(run: Run, found: JsonRun) -> None:
    listed = {each["name"]: each for each in found("formats")["formats"]}
    assert listed["jsonl"]["loses"] == []
    assert (listed["conllu"]["read"], listed["conllu"]["write"]) == (False, True)
    assert "entities" in listed["conllu"]["loses"]
    assert run("formats")[1].split()[:4] == ["jsonl", "read", "and", "write"]


# Wrong usage and other trouble


@pytest.mark.parametrize(
    "words",
    [
        ("nonsense",),
        ("info",),
        ("info", "a.db", "--loud"),
        ("import", "a.db"),
        ("import", "a.db", "b.txt", "--format", "nonsense"),
        ("import", "a.db", "b.txt", "--format", "conllu"),
        ("import", "a.db", "b.txt", "--role", "boss"),
        ("export", "a.db", "--format", "nonsense", "--out", "x"),
        ("export", "a.db", "--format", "csv", "--out", "-"),
        ("export", "a.db", "--format", "jsonl", "--out", "-", "--json"),
        ("demo", "--perspective", "dreams"),
        ("demo", "--theme", "pink"),
        ("demo", "--size", "big"),
        ("demo", "--size", "10x10"),
        ("demo", "--size", "100000x100000"),
        ("demo", "--into", "x.db", "--screenshot", "x.png"),
        ("--nonsense",),
    ],
)
def test_wrong_usage(run: Run, words: tuple[str, ...]) -> None:
    code, out, error = run(*words)
    assert (code, out) == (2, "")
    assert error.startswith("annotator: ")
    assert error.count("\n") == 1


@pytest.mark.parametrize("command", ["info", "check", "undo", "redo", "export", "import"])
def test_file_that_is_no_project(tmp_path: Path, run: Run, command: str) -> None:
    (tmp_path / "text.db").write_text("not a project")
    (tmp_path / "a.txt").write_text("One.")
    more: dict[str, tuple[object, ...]] = {
        "export": ("--format", "jsonl", "--out", tmp_path / "x"),
        "import": (tmp_path / "a.txt",),
    }
    for name in ("text.db", "missing.db"):
        code, out, error = run(command, tmp_path / name, *more.get(command, ()), "--json")
        assert (code, out) == (1, "")
        assert str(tmp_path / name) in error
        assert error.count("\n") == 1
    assert (tmp_path / "text.db").read_text() == "not a project"


def test_paths_that_are_not_there(empty: Path, tmp_path: Path, run: Run) -> None:
    state = looked_at(empty)
    code, _, error = run("import", empty, tmp_path / "nothing")
    assert (code, error) == (1, f"annotator: There is no file or folder {tmp_path / 'nothing'}.\n")
    assert run("new", tmp_path / "no" / "a.db")[0] == 1
    assert looked_at(empty) == state


def test_bug_is_told_as_one(
    empty: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("oh")

    monkeypatch.setattr(Project, "check", fail)
    code, out, error = run("check", empty)
    assert (code, out) == (1, "")
    log = tmp_path / "config" / "errors.log"
    assert error.startswith("annotator: This is a bug in the program; nothing that was saved")
    assert str(log) in error
    assert error.count("\n") == 1
    assert "RuntimeError: oh" in log.read_text("utf-8")
    assert __version__ in log.read_text("utf-8")
    monkeypatch.setenv("ANNOTATOR_DEBUG", "1")
    assert "RuntimeError: oh" in run("check", empty)[2]
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(empty / "not a folder"))
    monkeypatch.delenv("ANNOTATOR_DEBUG")
    assert "set ANNOTATOR_DEBUG=1 to see where" in run("check", empty)[2]


@pytest.mark.parametrize(
    ("end", "code", "said"),
    [
        (KeyboardInterrupt(), 130, "Interrupted."),
        (click.Abort(), 130, "Interrupted."),
        (OSError(28, "No space left on device"), 1, "A file: No space left on device."),
        (OSError(28, "No space left on device", "x"), 1, "x: No space left on device."),
    ],
)
def test_other_ends(
    empty: Path, run: Run, *, end: BaseException, code: int, said: str, monkeypatch: Any
) -> None:
    def fail(_: object) -> None:
        raise end

    monkeypatch.setattr(Project, "check", fail)
    ended, out, written = run("check", empty)
    assert (ended, out, written.strip()) == (code, "", f"annotator: {said}")


def test_reader_that_goes_away(sample: Path) -> None:
    command = [sys.executable, "-m", "annotator", "export", str(sample)]
    command += ["--format", "jsonl", "--layer", "all", "--out", "-"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.read(10)
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(30) == 1


def wait_for_reader(pipe: Path) -> None:
    """Until the import has come as far as the pipe, where it waits."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            os.close(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
        except OSError:
            time.sleep(0.01)
        else:
            return
    raise TimeoutError


@pytest.mark.skipif(os.name == "nt", reason="signals differ on Windows")
@pytest.mark.parametrize(("sign", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_import_that_is_stopped_leaves_nothing(
    empty: Path, tmp_path: Path, run: Run, sign: signal.Signals, code: int
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(400):  # several batches
        (folder / f"{number:03}.txt").write_text(f"{number} " * 3000)
    os.mkfifo(folder / "pipe")
    state = looked_at(empty)
    command = [sys.executable, "-m", "annotator", "import", str(empty), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        wait_for_reader(folder / "pipe")
        running.send_signal(sign)
        _, error = running.communicate(timeout=30)
        assert running.returncode == code
        assert b"Traceback" not in error
    assert looked_at(empty) == state
    assert run("check", empty)[0] == 0
    with Project.open(empty, who="ada") as project:
        project.apply(verbs.add_entity("it can be written to"))


# The way to the window


class Window:
    """Stands in for the real one and remembers what it was asked."""

    def __init__(self) -> None:
        self.calls: list[tuple[Path | None, dict[str, Any]]] = []
        self.there: list[bool] = []

    def __call__(self, path: Path | None, **look: Any) -> int:
        self.calls.append((path, look))
        self.there.append(path is not None and path.is_file())
        return 7


@pytest.fixture
def window(monkeypatch: pytest.MonkeyPatch) -> Window:
    fake = Window()
    monkeypatch.setattr(__main__, "window", fake)
    return fake


def test_window(run: Run, window: Window, sample: Path, tmp_path: Path) -> None:
    plain = {
        "who": None,
        "perspective": None,
        "theme": None,
        "screenshot": None,
        "size": (1440, 900),
    }
    assert run() == (7, "", "")
    assert run(sample) == (7, "", "")
    words = ("--screenshot", "a.png", "--theme", "dark", "--size", "1024x700", sample)
    assert run(*words)[0] == 7
    assert json.loads(run(*words, "--json")[1]) == {"screenshot": "a.png"}
    assert window.calls[:2] == [(None, plain), (sample, plain)]
    look = {"theme": "dark", "screenshot": Path("a.png"), "size": (1024, 700)}
    assert window.calls[2] == (sample, plain | look)
    code, _, error = run(tmp_path / "missing.db")
    assert code == 1
    assert "annotator new" in error
    assert len(window.calls) == 4


def test_window_on_the_sample(run: Run, window: Window) -> None:
    assert run("demo", "--perspective", "annotate") == (7, "", "")
    ((path, _),) = window.calls
    assert path is not None
    assert window.there == [True]
    assert not path.parent.exists()


def test_real_window_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    from annotator.ui import app

    asked: list[Any] = []

    def note(path: Path | None, **look: Any) -> int:
        asked.append((path, look))
        return 7

    monkeypatch.setattr(app, "run", note)
    assert __main__.window(None, theme="dark") == 7
    assert asked == [(None, {"theme": "dark"})]


@pytest.mark.parametrize(
    ("words", "routed"),
    [
        ((), ["open"]),
        (("info", "x.db"), ["info", "x.db"]),
        (("x.db",), ["open", "x.db"]),
        (("./info",), ["open", "./info"]),
        (("--screenshot", "a.png"), ["open", "--screenshot", "a.png"]),
        (("--help",), ["--help"]),
        (("--version",), ["--version"]),
        (("nonsense",), ["nonsense"]),
    ],
)
def test_words_are_routed(words: Sequence[str], routed: list[str]) -> None:
    assert cli.routed(words) == routed


def test_help(run: Run) -> None:
    assert run("--version")[1] == f"annotator, version {__version__}\n"
    code, out, _ = run("--help")
    assert code == 0
    assert "..." not in out.partition("Commands:")[2]
    for words in commands(cli.main):
        code, out, _ = run(*words, "--help")
        assert code == 0
        assert "--json" in out


def commands(group: click.Group) -> Iterator[list[str]]:
    """The words of each command, those inside a group too."""
    for name, each in group.commands.items():
        if isinstance(each, click.Group):
            yield from ([name, *words] for words in commands(each))
        else:
            yield [name]


# On a terminal


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_on_a_terminal(
    empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console, "_PAUSE", 0)
    for name in "abc":
        (tmp_path / f"{name}.txt").write_text(name)
    terminal = Terminal()
    with contextlib.redirect_stderr(terminal):
        assert main(["import", str(empty), *(str(tmp_path / f"{name}.txt") for name in "abc")]) == 0
    assert "░░░" in terminal.getvalue()
    assert " 67%" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")
    monkeypatch.setattr(console, "_PAUSE", 1e9)
    with contextlib.redirect_stderr(Terminal()) as again:
        assert main(["import", str(empty), str(tmp_path / "a.txt")]) == 0
    assert again.getvalue().count("█") == 0


def test_progress_without_a_size(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"One.")))
    with contextlib.redirect_stderr(terminal):
        assert main(["import", str(empty), "-"]) == 0
    assert "  0% standard input" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")


def test_letters_that_a_terminal_lacks(empty: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Երևան")
    done = process(
        *("import", empty, tmp_path / "a.txt", "--as", "Էմմա"),
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert done.returncode == 0
    listed = process("undo", empty, "--list", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (listed.returncode, listed.stderr) == (0, b"")


# What is loaded


def test_neither_qt_nor_anything_heavy_is_loaded() -> None:
    code = """
import importlib, pkgutil, sys
import annotator
for each in pkgutil.walk_packages(annotator.__path__, "annotator."):
    if not each.name.startswith("annotator.ui") and each.name != "annotator.store.migrations":
        importlib.import_module(each.name)
heavy = ("PySide6", "shiboken6", "pandas", "numpy", "sqlite_utils", "charset_normalizer", "spacy")
print([name for name in heavy if name in sys.modules])
"""
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert out.stdout == "[]\n"


def test_importing_the_package_loads_nothing() -> None:
    code = "import annotator, sys; print([n for n in sys.modules if n.startswith('annotator.')])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert out.stdout == "[]\n"


def test_tag_set_without_labels_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bare.toml").write_text('name = "x"')
    code, _, said = run("new", tmp_path / "a.db", "--tagset", tmp_path / "bare.toml")
    assert (code, "bare.toml has no label" in said) == (1, True)
    assert not (tmp_path / "a.db").exists()


def test_name_with_a_line_end_is_refused(run: Run, tmp_path: Path) -> None:
    code, _, said = run("new", tmp_path / "a.db", "--as", "a\nb")
    assert (code, "control characters" in said) == (1, True)
    assert not (tmp_path / "a.db").exists()


def test_web_page_comes_in_without_its_menu(run: Run, tmp_path: Path) -> None:
    run("new", tmp_path / "a.db")
    words = "The two ministers met again on Tuesday, a day after shelling killed soldiers. " * 4
    page = f"<nav><a href='/'>Home page</a></nav><article><p>{words}</p></article>"
    (tmp_path / "page.html").write_text(f"\n<!DOCTYPE html><html><body>{page}</body></html>")
    code, said, _ = run("import", tmp_path / "a.db", tmp_path / "page.html", "--json")
    assert (code, json.loads(said)["documents"]) == (0, 1)
    with Project.open(tmp_path / "a.db") as project:
        assert [each.text for each in project.documents()] == [words.strip()]


# The tag set


def test_tagset_show_writes_what_new_reads(run: Run, found: JsonRun, sample: Path) -> None:
    code, out, _ = run("tagset", "show", sample)
    told = found("tagset", "show", sample)
    assert code == 0
    assert (told["version"], told["labels"][0], told["relations"][0]) == (1, "claim", "source")
    assert told["toml"] == out
    toml = sample.with_name("t.toml")
    toml.write_text(out, encoding="utf-8")
    assert run("new", sample.with_name("n.db"), "--tagset", toml)[0] == 0
    assert found("tagset", "show", sample.with_name("n.db"))["toml"] == out
    same = found("tagset", "set", sample, toml)
    assert same == {"changes": [], "applied": False}


def test_tagset_set_says_first_and_loses_nothing_unasked(
    run: Run, found: JsonRun, sample: Path
) -> None:
    toml = sample.with_name("t.toml")
    other = found("tagset", "show", sample)["toml"].replace('"claim"', '"statement"')
    toml.write_text(other, encoding="utf-8")
    claims = found("info", sample)["labels"]["claim"]
    told = found("tagset", "set", sample, toml, "--dry-run")
    assert told["applied"] is False
    assert told["changes"][0]["what"] == "removed"
    assert told["changes"][0]["label"] == "claim"
    assert told["changes"][0]["count"] == claims
    code, _, error = run("tagset", "set", sample, toml)
    assert code == 1
    assert "work would be lost: The label “Claim” goes" in error
    told = found("tagset", "set", sample, toml, "--becomes", "claim=statement", "--as", "ann")
    assert told["applied"] is True
    assert told["changes"][0]["now"] == "statement"
    assert found("info", sample)["labels"]["statement"] == claims
    assert found("check", sample)["ok"]
    assert found("undo", sample, "--as", "ann")["undone"] == "change the tag set"
    assert found("tagset", "set", sample, toml, "--drop")["applied"] is True
    assert "claim" not in found("info", sample)["labels"]


def test_tagset_set_knows_what_becomes_what(run: Run, sample: Path) -> None:
    toml = sample.with_name("t.toml")
    toml.write_text(run("tagset", "show", sample)[1], encoding="utf-8")
    for words in ("x=claim", "claim=x", "claim", "denies=claim"):
        code, _, error = run("tagset", "set", sample, toml, "--becomes", words)
        assert code == 2
        assert "must be a label or relation of the project" in error
    assert run("tagset", "set", sample, toml, "--becomes", "denies=source", "--dry-run")[0] == 0
