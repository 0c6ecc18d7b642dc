"""Learning in a process of its own: what it is asked, what it answers, what comes of it."""

import io
import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import annotator
from annotator.core.edits import Edit, inserted
from annotator.core.model import Annotation, Document, Layer
from annotator.core.span import Span
from annotator.project import Project
from annotator.suggest.proposing import Proposal
from annotator.transfer import learner
from annotator.transfer.suggesting import MACHINE, bring
from tests.strategies import document_of, examples

TOWNS = ("Goris", "Jermuk", "Sotk", "Kapan", "Vardenis", "Martuni")


def article(town: str, number: int) -> Document:
    return document_of(
        f"Near {town} {number} soldiers were killed. Nobody denies it.", language="en"
    )


@pytest.fixture
def taught(tmp_path: Path) -> tuple[Path, list[Document]]:
    """A project with six articles done, and one that isn't."""
    path = tmp_path / "taught.db"
    documents = [article(town, number) for number, town in enumerate(TOWNS, 12)]
    last = article("Berdzor", 49)
    with Project.create(path, who="ada") as project:
        values: list[Layer | Annotation] = []
        for each in documents:
            layer = Layer.of(each.id, "ada", state="done")
            start = each.text.index("1")
            span = Span(start, each.text.index(" were"))
            values += [layer, Annotation(f"a {each.id}", layer.id, (span,), "casualty")]
        project.apply(Edit("add", inserted([*documents, last, *values])))
    return path, [*documents, last]


proposals = st.builds(
    Proposal,
    st.sampled_from(["claim", "casualty"]),
    st.builds(lambda a, b: Span(a, a + b), st.integers(0, 99), st.integers(1, 99)),
    st.dictionaries(st.text(max_size=3), st.integers() | st.text(max_size=3), max_size=2),
    confidence=st.floats(0, 1),
)


@given(st.dictionaries(st.text(max_size=4), st.lists(proposals, max_size=3), max_size=3))
@examples(30)
def test_what_is_written_is_read(found: dict[str, list[Proposal]]) -> None:
    assert learner.loads(learner.dumps(found)) == found


def test_the_process_proposes_what_it_has_learned(taught: tuple[Path, list[Document]]) -> None:
    path, documents = taught
    answer = path.with_name("answer.json")
    home = Path(annotator.__file__).parent.parent
    done = subprocess.run(
        learner.command(path, answer),
        input=f"{documents[-1].id}\ngone\n",
        text=True,
        cwd=home,
        check=True,
        capture_output=True,
    )
    assert done.stderr == ""
    (found,) = learner.loads(answer.read_text("utf-8"))[documents[-1].id]
    assert (found.label, found.span.of(documents[-1].text)) == ("casualty", "49 soldiers")


def test_what_it_does(
    taught: tuple[Path, list[Document]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    path, documents = taught
    answer = tmp_path / "answer.json"
    monkeypatch.setattr("os.nice", lambda _kind: 0, raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO(documents[-1].id))
    assert learner.main([str(path), str(answer)]) == 0
    assert list(json.loads(answer.read_text("utf-8"))) == [documents[-1].id]
    assert learner.proposals(path, []) == {}
    # Where nothing is done nothing is proposed.
    with Project.create(tmp_path / "empty.db", who="ada"):
        pass
    assert learner.proposals(tmp_path / "empty.db", []) == {}
    # Where nothing can be read it says so, and writes nothing.
    monkeypatch.delattr("os.nice", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    other = tmp_path / "other.json"
    assert learner.main([str(tmp_path / "none.db"), str(other)]) == 1
    assert "none.db" in capsys.readouterr().err
    assert not other.exists()


def test_what_was_proposed_elsewhere_is_brought_in_by_nobody(
    taught: tuple[Path, list[Document]],
) -> None:
    path, documents = taught
    last = documents[-1]
    count = Proposal("casualty", Span(13, 24), {"low": 49}, confidence=0.9)
    strange = Proposal("weather", Span(0, 4))
    with Project.open(path, who="ada") as project:
        before = project.undo_name
        report = bring(project, "learned", {last.id: [count, strange], "gone": [count]})
        assert (report.documents, report.new, dict(report.by)) == (1, 1, {"learned": 1})
        layer = Layer.of(last.id, MACHINE, role="machine").id
        (found,) = project.read.annotations(layer=layer)
        assert found.meta == {"by": "learned", "confidence": 0.9}
        assert project.undo_name == before
        # It is renewed: what is not proposed any more goes; with nothing, nothing happens.
        assert bring(project, "learned", {last.id: []}).gone == 1
        assert bring(project, "learned", {}).documents == 0
        assert project.check() == []


def test_gold_and_other_layers_are_not_lost(taught: tuple[Path, list[Document]]) -> None:
    path, documents = taught
    with Project.open(path, who="ada") as project:
        own = project.layer(documents[0].id)
        before = list(project.read.annotations(layer=own.id))
        bring(project, "learned", {documents[0].id: []})
        assert list(project.read.annotations(layer=own.id)) == before
