"""The ledger of a project's layers."""

import gc
from pathlib import Path

import pytest

from annotator.core import verbs
from annotator.core.edits import Edit, inserted
from annotator.core.errors import UserError
from annotator.core.model import Annotator, Entity, Layer
from annotator.core.span import Span
from annotator.ledger.values import Ledger
from annotator.project import Project
from annotator.transfer import finish
from annotator.transfer.ledgers import layers_of, ledger_of, pages, write, written
from tests.ledger.helpers import sample_ledger
from tests.strategies import document_of
from tests.transfer.helpers import GOLD, bring


def test_the_sample_s_gold_out_of_a_project(project: Project) -> None:
    bring(project, GOLD)
    assert finish(ledger_of(project)) == sample_ledger()


def test_layers_by_role_name_and_all(filled: Project) -> None:
    with pytest.raises(UserError, match="no gold layer"):
        finish(ledger_of(filled))
    mira = finish(ledger_of(filled, layer="mira"))
    everybody = finish(ledger_of(filled, layer="all"))
    assert finish(ledger_of(filled, layer="annotator")) == everybody
    assert len(mira.statements) < len(everybody.statements)
    # What all three mark alike is shown once, with three places.
    assert max(len(each.places) for each in everybody.casualties) == 3


def test_the_collector_goes_on_afterwards(filled: Project) -> None:
    job = ledger_of(filled, layer="mira")
    next(job)
    assert not gc.isenabled()
    job.close()
    assert gc.isenabled()
    gc.disable()
    try:
        finish(ledger_of(filled, layer="mira"))
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_some_articles_only(filled: Project) -> None:
    document = document_of("Nobody said anything.")
    filled.apply(Edit("add", inserted([document])))
    assert finish(ledger_of(filled, layer="mira", documents=[document.id])) == Ledger()
    there = next(filled.documents()).id
    one = finish(ledger_of(filled, layer="mira", documents=[there]))
    assert one == finish(ledger_of(filled, layer="mira"))
    with pytest.raises(UserError, match="no article"):
        finish(ledger_of(filled, layer="mira", documents=["gone"]))


def test_of_rounds_the_newest_counts(project: Project) -> None:
    document = document_of("Ten men died.")
    rounds = [Layer.of(document.id, "ada", round_=number) for number in (2, 1)]
    project.apply(Edit("add", inserted([document, Annotator("ada"), *rounds])))
    assert layers_of(project.read, "ada") == [rounds[0]]


def test_very_many_entities_and_articles_one_after_the_other(project: Project) -> None:
    with project.bring_in("much") as intake:
        intake.add(inserted([Entity(f"e{number}", f"Actor {number}") for number in range(10_000)]))
        intake.add(inserted([Annotator("ada")]))
        for number in range(130):
            document = document_of(f"Article {number}: ten men died.")
            layer = Layer.of(document.id, "ada", state="open")
            mark = verbs.mark(layer, [Span(0, 7)], "claim", fresh=True)
            intake.add([*inserted([document]), *mark.changes])
    told = list(ledger_of(project, layer="ada"))
    assert [each.done for each in told] == [0, 64, 128]
    assert {each.total for each in told} == {130}
    assert len(finish(ledger_of(project, layer="ada")).claims) == 1


def test_writing(project: Project, tmp_path: Path) -> None:
    bring(project, GOLD)
    found = finish(ledger_of(project))
    out = tmp_path / "ledger.html"
    write(found, "html", out, own=project.path)
    assert "own voice is hidden: 7" in out.read_text("utf-8")
    with pytest.raises(UserError, match="exists already"):
        write(found, "csv", out, own=project.path)
    write(found, "csv", out, own=project.path, own_voice=True, force=True)
    assert out.read_bytes().count(b"\r\n") == 33
    assert "own voice" not in "".join(written(found, "table", own_voice=True))
    with pytest.raises(UserError, match="project itself"):
        write(found, "csv", project.path, own=project.path, force=True)


def test_reading_leaves_out_mentions_that_nothing_leads_to(project: Project) -> None:
    bring(project, GOLD)
    layers = list(project.read.layers())
    (whole,) = project.read.works(layers)
    (part,) = project.read.works(layers, unlinked=["actor"])
    assert (len(whole.annotations), len(whole.relations)) == (83, 37)
    assert whole.relations == part.relations
    linked = {end for each in whole.relations for end in (each.source, each.target)}
    left = [each for each in whole.annotations if each.label != "actor" or each.id in linked]
    assert list(part.annotations) == left
    assert len(list(pages(project.read, layers))) == 1
    assert not list(project.read.works([]))
