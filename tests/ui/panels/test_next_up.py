"""Which article comes next: as listed, the least sure first, or at random by a seed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.core import verbs
from annotator.core.edits import Edit, change, inserted
from annotator.core.model import Annotation, Annotator, Document, Layer, Setting
from annotator.core.span import Span
from annotator.core.suggestions import reject
from annotator.project import Project
from annotator.suggest.work_order import KEY, Way, WorkOrder
from annotator.ui.hub import Hub
from annotator.ui.panels.listing import ListingModel
from annotator.ui.panels.next_up import NextUp
from tests.ui.conftest import document

pytestmark = pytest.mark.usefixtures("qapp")
SURE = {2: 0.9, 3: 0.2, 5: 0.6}
"""How sure the machine is of its one suggestion for an article, by number."""


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    with Project.create(tmp_path / "p.db", who="ann") as project:
        documents = [document(number) for number in range(1, 7)]
        project.apply(Edit("import", inserted([*documents, Annotator("machine")])))
        for number, sure in SURE.items():
            suggest(project, documents[number - 1], sure)
        hub = Hub(project)
        yield hub
        hub.close()


def suggest(project: Project, article: Document, sure: float) -> None:
    layer = Layer.of(article.id, "machine", role="machine", state="done")
    meta = {"by": "cues", "confidence": sure}
    made = Annotation(f"s {article.title}", layer.id, (Span(0, 3),), "actor", meta=meta)
    project.apply(Edit("suggest", inserted([layer, made])))


def next_up(hub: Hub, by: Way, seed: int = 0) -> NextUp:
    before = hub.project.read.setting(KEY)
    known = Setting(KEY, before) if before else None
    hub.apply(Edit("order", change(known, Setting(KEY, WorkOrder(by, seed).dumps()))))
    return NextUp(hub, ListingModel(hub))


def article(hub: Hub, number: int) -> Document:
    return list(hub.project.documents())[number - 1]


def titles(hub: Hub, ids: list[str]) -> list[int]:
    found = (hub.project.read.document(each) for each in ids)
    return [int(each.title.split()[1]) for each in found if each is not None]


def done(hub: Hub, number: int) -> None:
    layer = hub.project.layer(article(hub, number).id)
    hub.apply(verbs.set_state(layer, "done", fresh=True))


def test_as_listed(hub: Hub) -> None:
    up = next_up(hub, "queue")
    assert titles(hub, up.ahead(1, 9)) == [3, 4, 5, 6, 1]
    done(hub, 3)
    assert titles(hub, [up.after(1) or "", up.expected(1) or ""]) == [4, 3]
    assert up.expected(5) is None
    for number in (1, 2, 4, 5, 6):
        done(hub, number)
    assert up.after(1) is None


def test_what_the_machine_is_least_sure_of(hub: Hub) -> None:
    up = next_up(hub, "uncertainty")
    assert titles(hub, up.ahead(0, 9)) == [3, 5, 2, 4, 6]
    assert titles(hub, [up.expected(2) or ""]) == [5]
    done(hub, 5)
    assert titles(hub, up.ahead(2, 9)) == [2, 1, 4, 6]
    # What is suggested anew counts at once; one that was put aside doesn't come back at once.
    suggest(hub.project, article(hub, 6), 0.1)
    assert titles(hub, up.ahead(0, 2)) == [6, 3]
    hub.open_document(article(hub, 6).id)
    assert titles(hub, up.ahead(0, 9)) == [3, 2, 4, 6]
    # A judgement brings nothing new into the order while the person goes on.
    layer = Layer.of(article(hub, 3).id, "machine", role="machine").id
    made = next(iter(hub.project.read.annotations(layer=layer)))
    hub.apply(reject([made], "ann"))
    assert titles(hub, up.ahead(0, 1)) == [3]
    hub.open_document(None)
    hub.reread.emit()
    assert titles(hub, up.ahead(0, 1)) == [2]


def test_at_random_it_is_the_same_for_everybody_with_the_seed(hub: Hub) -> None:
    first = titles(hub, next_up(hub, "random", 7).ahead(-1, 9))
    assert sorted(first) == [1, 2, 3, 4, 5, 6]
    again = next_up(hub, "random", 7)
    assert titles(hub, again.ahead(-1, 9)) == first
    assert titles(hub, again.ahead(first[0] - 1, 9)) == first[1:]
    done(hub, first[2])
    assert titles(hub, again.ahead(-1, 9)) == [*first[:2], *first[3:]]
    # The setting is followed, whoever changes it.
    other = WorkOrder("random", 8).dumps()
    now = Setting(KEY, hub.project.read.setting(KEY))
    hub.apply(Edit("order", change(now, Setting(KEY, other))))
    assert again.order.seed == 8
    assert titles(hub, again.ahead(-1, 9)) != [*first[:2], *first[3:]]
