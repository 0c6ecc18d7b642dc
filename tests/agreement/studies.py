"""Articles that several people have done, made for tests."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from hypothesis import strategies as st

from annotator import paths
from annotator.agreement.comparison import Basis, Comparison
from annotator.core.article import Work
from annotator.core.model import Annotation, Document, Entity, Layer, Relation
from annotator.core.span import Span
from annotator.core.tagset_toml import loads
from annotator.core.text import sha256

TEXT = "The army said that “two soldiers” were killed. The Army denied it; no one was. " * 2
LABELS = ("claim", "denial", "casualty", "actor")
ENTITIES = (
    Entity("e1", "Army", side="north", type="armed force"),
    Entity("e2", "army", side="north", type="armed force"),
    Entity("e3", "Navy", side="south"),
)
"""The first two are twins."""
Made = tuple[Any, ...]
"""Start, end, label, and maybe attributes; a list of two is two fragments."""
Link = tuple[str, int, int]
"""Type, and the numbers of the annotations at its ends."""


@cache
def basis(**options: Any) -> Basis:
    """The default tag set with the register above."""
    toml = (paths.resources() / "tagsets" / "default.toml").read_text("utf-8")
    return Basis.of(loads(toml), ENTITIES, **options)


def work(who: str, made: Sequence[Made], links: Sequence[Link] = (), document: str = "d") -> Work:
    """One person's work."""
    layer = Layer.of(document, who, state="done")
    annotations = tuple(
        Annotation(
            f"{document}-{who}-{number}",
            layer.id,
            tuple(Span(*each) for each in start)
            if isinstance(start, list)
            else (Span(start, end),),
            label,
            dict(*rest),
        )
        for number, (start, end, label, *rest) in enumerate(made)
    )
    relations = tuple(
        Relation(
            f"{document}-{who}-r{number}", layer.id, type_, annotations[one].id, annotations[two].id
        )
        for number, (type_, one, two) in enumerate(links)
    )
    return Work(layer, annotations, relations)


def compared(
    people: Mapping[str, Sequence[Made]],
    links: Mapping[str, Sequence[Link]] | None = None,
    *,
    document: str = "d",
    text: str = TEXT,
    ground: Basis | None = None,
) -> Comparison:
    """An article that these people have done so."""
    works = {
        who: work(who, each, (links or {}).get(who, ()), document) for who, each in people.items()
    }
    return Comparison.of(Document(document, "T", text, sha256(text)), works, ground or basis())


def marks(text: str = TEXT, most: int = 6) -> st.SearchStrategy[list[Made]]:
    """What somebody may mark, with overlaps, attributes, and nothing at all."""
    ends = st.tuples(st.integers(0, len(text) - 2), st.integers(1, 25))
    told = st.fixed_dictionaries(
        {},
        optional={
            "certainty": st.sampled_from(("certain", "probable")),
            "low": st.integers(0, 5),
            "high": st.integers(5, 9),
            "bound": st.sampled_from(("exact", "about")),
            "entity": st.lists(st.sampled_from(("e1", "e2", "e3")), max_size=2),
        },
    )
    one = st.builds(
        lambda two, label, more: (two[0], min(len(text), two[0] + two[1]), label, more),
        ends,
        st.sampled_from(LABELS),
        told,
    )
    return st.lists(one, max_size=most)


def links_of(made: Sequence[Made]) -> list[Link]:
    """A link from each span to the next, of some type."""
    types = ("source", "denies", "disputes")
    return [(types[at % 3], at, at + 1) for at in range(len(made) - 1)]


@st.composite
def studies(draw: st.DrawFn, *, people: int = 3, document: str = "d") -> Comparison:
    """Articles done by two people or more."""
    names = ("ann", "bob", "cy", "di")[: draw(st.integers(2, people))]
    made = {who: draw(marks()) for who in names}
    return compared(made, {who: links_of(each) for who, each in made.items()}, document=document)
