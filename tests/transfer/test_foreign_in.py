"""Sets of several annotators in foreign formats come in as layers, in one step, and only once."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotator.core.ids import is_ours
from annotator.project import Project
from annotator.transfer import Exported, finish, named
from annotator.transfer import export_to as export
from tests.corpora import values_of
from tests.transfer.helpers import bring

SPAN = {"start": 0, "end": 1, "label": "ORG"}


def prodigy() -> str:
    found = [
        {"text": text, "spans": [SPAN], "answer": "accept", "_session_id": f"news-{who}"}
        for who in ("mira", "lev")
        for text in ("A hit B.", "B hit A.")
    ]
    return "\n".join(map(json.dumps, found))


def tasks() -> str:
    item = {"id": "r", "type": "labels", "value": {"start": 0, "end": 1, "labels": ["ORG"]}}
    annotations: list[dict[str, Any]] = [
        {"completed_by": {"email": "mira"}, "result": [item]},
        {"completed_by": {"email": "lev"}, "result": [item]},
        {"completed_by": {"email": "lev"}, "ground_truth": True, "result": [item]},
    ]
    return json.dumps([{"data": {"text": "A hit B."}, "annotations": annotations}])


@pytest.mark.parametrize(
    ("data", "whose", "texts"),
    [
        (prodigy(), ["news-lev", "news-mira"], 2),
        (tasks(), ["gold", "lev", "mira"], 1),
    ],
)
def test_annotators_are_layers(
    project: Project, tmp_path: Path, data: str, whose: list[str], texts: int
) -> None:
    file = tmp_path / "set.json"
    file.write_text(data)
    report = bring(project, file)
    assert report.problems == ()
    assert report.documents == texts
    layers = list(project.read.layers())
    assert sorted({each.annotator for each in layers}) == whose
    assert all(len(list(project.annotations(layer=each.id))) == 1 for each in layers)
    before = values_of(project)
    again = bring(project, file)
    assert values_of(project) == before
    assert again.annotations == 0


@pytest.mark.parametrize("name", ["prodigy", "doccano", "label-studio", "web-annotation"])
def test_what_went_out_comes_back_as_what_it_was(
    filled: Project, tmp_path: Path, name: str
) -> None:
    """A file of ours brought back into its project brings nothing new: ids of ours stay."""
    format_ = named(name, writes=True)
    out = tmp_path / f"out{format_.suffixes[0]}"
    before = values_of(filled)
    finish(export(filled, format_, out, chosen=Exported("mira")))
    report = bring(filled, out)
    assert report.problems == ()
    assert values_of(filled) == before
    assert any(map(is_ours, before["annotation"]))
