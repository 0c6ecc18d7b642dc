"""What a format says that it loses is what is not there when its files are read again.

The walk that counts it knows nothing of formats: it compares two projects, value by value.
"""

from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given

from annotator import transfer
from annotator.core.model import Annotation, Document, Layer, Relation
from annotator.core.tagset import Tagset
from annotator.core.tagset_toml import dumps
from annotator.formats import registry
from annotator.project import Project
from annotator.transfer import Exported, ExportReport, Imported, finish, named, sources
from annotator.transfer.outgoing import part_name
from tests.corpora import corpora, fill, values_of
from tests.strategies import examples

BOTH = sorted(
    each.name for each in registry.OWN.values() if each.read and each.write and not each.for_people
)
Values = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Corpus:
    """What a project says, whatever its ids are; documents are known by their hash."""

    values: Values
    works: dict[tuple[str, str, str, int], tuple[Layer, list[Annotation], list[Relation]]]

    @classmethod
    def of(cls, project: Project) -> "Corpus":
        values: Values = dict(values_of(project))
        hashes = {each.id: each.sha256 for each in values["document"].values()}
        works = {}
        for layer in values["layer"].values():
            key = (hashes[layer.document], layer.annotator, layer.role, layer.round)
            spans = list(project.annotations(layer=layer.id))
            works[key] = (layer, spans, list(project.relations(layer=layer.id)))
        return cls(values, works)


def told(annotation: Annotation) -> tuple[Any, ...]:
    return (annotation.label, annotation.spans)


def lacks(before: Corpus, after: Corpus) -> Counter[str]:
    """How many of each feature the second lacks."""
    found: Counter[str] = Counter()
    texts = {each.sha256: each for each in after.values["document"].values()}
    for each in before.values["document"].values():
        known = texts.get(each.sha256)
        found["articles"] += known is None
        there = known is not None and replace(known, id=each.id) == each
        found["article details"] += not there and _has_details(each)
    for key, (layer, spans, links) in before.works.items():
        if key not in after.works:
            found["layers without annotations"] += not spans
            found["details of layers"] += bool(_meta(layer))
            found["first passes"] += layer.id in before.values["first_pass"]
            found["time of work"] += layer.id in before.values["work"]
            found += _work_lacks(spans, links, [], [])
            continue
        other, spans_, links_ = after.works[key]
        for feature, kind in (("first passes", "first_pass"), ("time of work", "work")):
            one, there = before.values[kind].get(layer.id), after.values[kind].get(other.id)
            found[feature] += one is not None and one != there
        found["details of layers"] += _meta(layer) != _meta(other)
        found += _work_lacks(spans, links, spans_, links_)
    for feature, kind in (
        ("entities", "entity"),
        ("decisions", "decision"),
        ("settings", "setting"),
        ("details of annotators", "annotator"),
    ):
        here, there = before.values[kind], after.values[kind]
        found[feature] = sum(
            value != there.get(id_)
            for id_, value in here.items()
            if kind != "annotator" or value.display or value.color
        )
    return +found


def _has_details(each: Document) -> bool:
    """Whether there is more to an article than its text."""
    return replace(each, meta={}) != Document(each.id, "", each.text, each.sha256) or bool(
        each.meta
    )


def _meta(layer: Layer) -> dict[str, Any]:
    return {key: value for key, value in layer.meta.items() if key != "lines"}


def _work_lacks(
    spans: list[Annotation],
    links: list[Relation],
    spans_: list[Annotation],
    links_: list[Relation],
) -> Counter[str]:
    """The same for one layer; annotations are told apart by label, place, then all the rest."""
    found: Counter[str] = Counter()
    left = sorted(spans_, key=str)
    same: dict[str, str] = {}
    for each in spans:
        twins = [one for one in left if told(one) == told(each)]
        if not twins:
            found["annotations"] += 1
            found["attributes"] += bool(each.attributes)
            found["notes"] += bool(each.note or each.meta)
            found["annotations in several fragments"] += len(each.spans) > 1
            continue
        best = max(twins, key=lambda one: _likeness(each, one))
        left.remove(best)
        same[each.id] = best.id
        found["attributes"] += each.attributes != best.attributes
        found["notes"] += (each.note, each.meta) != (best.note, best.meta)
    by_ends: dict[tuple[str, str, str], list[Relation]] = {}
    for link in links_:
        by_ends.setdefault((link.type, link.source, link.target), []).append(link)
    for link in links:
        ends = (link.type, same.get(link.source, ""), same.get(link.target, ""))
        known = by_ends.get(ends)
        if not known:
            found["relations"] += 1
            found["attributes"] += bool(link.attributes)
        else:
            found["attributes"] += known.pop().attributes != link.attributes
    return found


def _likeness(one: Annotation, other: Annotation) -> int:
    return (
        (one.attributes == other.attributes) + (one.note == other.note) + (one.meta == other.meta)
    )


def sent(project: Project, name: str, out: Path) -> ExportReport:
    chosen = Exported("all")
    return finish(transfer.export_to(project, named(name, writes=True), out, chosen=chosen))


def brought(project: Project, name: str, out: Path, layers: list[Layer]) -> list[str]:
    """Import what was written, each part as the work of whom it is; the problems."""
    if named(name).layers != "one":
        found = [out]
        return _came(project, found, Imported())
    problems = []
    keys = sorted({(each.annotator, each.role, each.round) for each in layers})
    for key in keys:
        part = out / part_name(*key) if len(keys) > 1 else out
        part = part if part.exists() else part.with_name(part.name + named(name).suffixes[0])
        given = Imported(key[0], key[1], None, key[2])
        problems += _came(project, [part], given)
    return problems


def _came(project: Project, paths: list[Path], given: Imported) -> list[str]:
    found = sources(paths, but=project.path)
    job = transfer.import_sources(project, found, given=given)
    return [f"{each.where}: {each.what}" for each in finish(job).problems]


@pytest.mark.parametrize("name", BOTH)
@examples(15, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(corpus=corpora())
def test_losses_are_as_said(
    tmp_path_factory: pytest.TempPathFactory, name: str, corpus: tuple[Tagset, list[Any]]
) -> None:
    folder = tmp_path_factory.mktemp("there")
    tagset, values = corpus
    layers = [each for each in values if isinstance(each, Layer)]
    if not layers:
        return
    with Project.create(folder / "a.db", who="ada", tagset=dumps(tagset)) as project:
        fill(project, values)
        report = sent(project, name, folder / "out")
        before = Corpus.of(project)
    with Project.create(folder / "b.db", who="ada", tagset=dumps(tagset)) as project:
        assert brought(project, name, folder / "out", layers) == []
        assert project.check() == []
        said = Counter(dict(report.lost))
        del said["versions of the tag set"]  # the second project begins with the same one
        assert lacks(before, Corpus.of(project)) == said
