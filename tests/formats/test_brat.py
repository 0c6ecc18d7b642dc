"""brat: what is unchanged stays byte for byte, what is written reads back, errors are named."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.article import Article, Work
from annotator.core.errors import UserError
from annotator.core.ids import inner_id
from annotator.core.model import (
    Annotation,
    Annotator,
    Document,
    Entity,
    Layer,
    Relation,
    TagsetVersion,
)
from annotator.core.span import Span
from annotator.core.tagset import Attribute, Label, Tagset
from annotator.formats.base import Found, Item, Lost, Note, Problem, Source
from annotator.formats.brat import conf
from annotator.formats.brat import format as brat
from annotator.formats.brat.lines import parsed
from annotator.formats.brat.meaning import Meaning, meaning
from annotator.formats.brat.sheet import Sheet
from annotator.formats.units import ruler_of
from tests.corpora import corpora
from tests.formats.test_jsonl import items_of
from tests.strategies import annotations, document_of, texts

TEXT = "Yerevan denied that 14 soldiers were killed.\nBaku said so 🙂 twice."
ANN = (
    "T1\tactor 0 7\tYerevan\n"
    "T2\tdenial 8 14\tdenied\n"
    "T3\tcasualty 20 31;37 43\t14 soldiers killed\n"
    "T4\tactor 45 49\tBaku\r\n"
    "R1\tsource Arg1:T2 Arg2:T1\t\n"
    "E1\tdenial:T2 denies:T3 denies2:T4\n"
    "E2\tactor:T1\n"
    "A1\tcertainty T2 certain\n"
    "M1\tNegation E1\n"
    "N1\tReference T1 Wikipedia:1\tYerevan\n"
    "#1\tAnnotatorNotes T3\tperhaps\n"
    "#2\tAnnotatorNotes T3\tor not\n"
    "#3\tLemma T2\tdeny\n"
    "*\tAlias T1 T4 T3\n"
    "\n"
    "a line that is none\n"
)


def meaning_of(ann: str, text: str = TEXT) -> Meaning:
    return meaning([parsed(raw) for raw in ann.split("\n")], ruler_of(text, ()))


def work_of(ann: str, text: str = TEXT) -> Work:
    """The work that a file is in a project, with ids of its own."""
    found, layer = meaning_of(ann, text), Layer.of("d", "ada")
    ids = {each: inner_id(layer.id, each) for each in (*found.annotations, *found.relations)}
    spans = (replace(each, id=ids[each.id], layer=layer.id) for each in found.annotations.values())
    links = (
        Relation(ids[each.id], layer.id, each.type, ids[each.source], ids[each.target])
        for each in found.relations.values()
    )
    return Work(layer, tuple(spans), tuple(links))


def rendered(work: Work, former: str = ANN, text: str = TEXT) -> str:
    return Sheet(work, text, former).rendered()


def changed(ann: str, new: str) -> tuple[list[str], list[str]]:
    """The lines that went, and those that came."""
    before, after = ann.split("\n"), new.split("\n")
    return [each for each in before if each not in after], [
        each for each in after if each not in before
    ]


def with_span(work: Work, old: str, **fields: Any) -> Work:
    """The work with fields of its span of this label changed."""
    spans = tuple(
        replace(each, **fields) if each.label == old else each for each in work.annotations
    )
    return replace(work, annotations=spans)


def bare(value: Any) -> Any:
    """A value without what a file can't know of it."""
    if isinstance(value, Annotation):
        return (value.spans, value.label, value.attributes, value.note, value.meta)
    return value


# What the lines mean


def test_each_kind_of_line_is_understood() -> None:
    found = meaning_of(ANN)
    one, two, three, four = found.annotations.values()
    assert (one.label, one.spans) == ("actor", (Span(0, 7),))
    assert two.attributes == {"certainty": "certain", "Negation": True}
    assert three.spans == (Span(20, 31), Span(37, 43))
    assert three.note == "perhaps\nor not"
    assert four.spans == (Span(45, 49),)
    links = [(each.type, each.source, each.target) for each in found.relations.values()]
    assert links == [
        ("source", "T2", "T1"),
        ("denies", "T2", "T3"),
        ("denies", "T2", "T4"),
        ("Alias", "T1", "T4"),
        ("Alias", "T1", "T3"),
    ]
    assert found.problems == [(16, "it is no line of brat's")]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("T9\tactor 0 9999\tx", "T9 is not a place in the text"),
        ("T9\tactor 7 0\tx", "T9 is not a place in the text"),
        ("T9\tactor 0 99999999999999999\tx", "T9 is not a place in the text"),
        ("T9\tactor 0 7\tBaku", "the words of T9 do not stand where it says"),
        ("T9\tactor a b\tx", "its offsets are no pairs of whole numbers"),
        ("T1\tactor 0 7\tYerevan", "there is another T1 before it"),
        ("R9\tsource Arg1:T2 Arg2:T99", "there is no T99"),
        ("R9\tsource Arg1:T2 Arg2:T2", "it links a span to itself"),
        ("R9\tsource Arg1:T2", "a relation has two ends"),
        ("R1\tsource Arg1:T2 Arg2:T1", "there is another R1 before it"),
        ("E9\tdenial", "an event has roles with an id each"),
        ("E9\tdenial:T2 denies:T77", "there is no T77"),
        ("A9\tcertainty T77 x", "there is no T77"),
        ("A9\tcertainty T2 possible", "T2 has another certainty before it"),
        ("A9\tcertainty", "an attribute has a name, an id, and a value or none"),
        ("#9\tAnnotatorNotes T77\tx", "there is no T77"),
        ("#9\tAnnotatorNotes", "a comment has a type and an id"),
        ("*\tAlias T1 T77", "there is no T77"),
        ("*\tAlias T1", "it is no line of brat's"),
        ("X1\tactor 0 7\tYerevan", "it is no line of brat's"),
        ("T9", "it is no line of brat's"),
    ],
)
def test_what_is_broken_is_named_kept_and_left_out(line: str, problem: str) -> None:
    ann = f"{ANN}{line}\n"
    found = meaning_of(ann)
    assert found.problems[1:] == [(17, problem)]
    assert found.annotations == meaning_of(ANN).annotations
    assert rendered(work_of(ann), ann) == ann


@pytest.mark.parametrize(
    "line",
    [
        "A9\tcertainty T2 certain",
        "#9\tAnnotatorNotes R1\ton a link",
        "#9\tAnnotatorData T1\tnot ours",
        '#9\tAnnotatorData T99\t{"attributes": {}}',
        '#9\tAnnotatorData T1\t{"attributes": {}, "spans": [[3, 1]]}',
        "T9\tactor 45 49\t",
    ],
)
def test_what_is_odd_but_right_is_no_problem(line: str) -> None:
    ann = f"{ANN}{line}\n"
    assert len(meaning_of(ann).problems) == 1
    assert rendered(work_of(ann), ann) == ann


# Line by line


@pytest.mark.parametrize("ann", [ANN, ANN.removesuffix("\n"), "", "\n\n", "T1\tactor 0 7\tYerevan"])
def test_what_is_not_changed_stays_byte_for_byte(ann: str) -> None:
    assert rendered(work_of(ann), ann) == ann


def test_new_span_adds_its_line_alone() -> None:
    work = work_of(ANN)
    new = Annotation("new", work.layer.id, (Span(50, 54),), "actor")
    grown = replace(work, annotations=(*work.annotations, new))
    assert rendered(grown) == f"{ANN}T5\tactor 50 54\tsaid\n"
    short = ANN.removesuffix("\n")
    assert rendered(grown, short) == f"{ANN}T5\tactor 50 54\tsaid\n"


@pytest.mark.parametrize(
    ("label", "fields", "gone", "come"),
    [
        (
            "casualty",
            {"spans": (Span(20, 22),)},
            ["T3\tcasualty 20 31;37 43\t14 soldiers killed"],
            ["T3\tcasualty 20 22\t14"],
        ),
        (
            "denial",
            {"label": "claim"},
            ["T2\tdenial 8 14\tdenied", "E1\tdenial:T2 denies:T3 denies2:T4"],
            ["T2\tclaim 8 14\tdenied", "E1\tclaim:T2 denies:T3 denies2:T4"],
        ),
        (
            "denial",
            {"attributes": {"certainty": "possible", "Negation": True, "kind": "explicit"}},
            ["A1\tcertainty T2 certain"],
            ["A1\tcertainty T2 possible", "A2\tkind T2 explicit"],
        ),
        ("denial", {"attributes": {"certainty": "certain"}}, ["M1\tNegation E1"], []),
        (
            "casualty",
            {"note": "yes"},
            ["#1\tAnnotatorNotes T3\tperhaps", "#2\tAnnotatorNotes T3\tor not"],
            ["#4\tAnnotatorNotes T3\tyes"],
        ),
    ],
)
def test_change_touches_its_lines_alone(
    label: str, fields: dict[str, Any], gone: list[str], come: list[str]
) -> None:
    work = with_span(work_of(ANN), label, **fields)
    assert changed(ANN, rendered(work)) == (gone, come)


def test_attribute_that_no_line_can_hold_goes_as_data() -> None:
    attributes = {"certainty": "not so sure", "Negation": True}
    new = rendered(with_span(work_of(ANN), "denial", attributes=attributes))
    gone, come = changed(ANN, new)
    assert gone == ["A1\tcertainty T2 certain"]
    (line,) = come
    assert line.startswith("#4\tAnnotatorData T2\t")
    assert meaning_of(new).annotations["T2"].attributes == attributes


def test_configuration_lists_the_values_that_the_files_have() -> None:
    given = {"low": 3, "tone": "calm", "sure": True, "odd": "a|b", "long": "two words"}
    (first, *_) = (work := work_of(ANN)).annotations
    spans = (replace(first, label="casualty", attributes=given),)
    values = conf.Values()
    values.see(Article(document_of(TEXT), (replace(work, annotations=spans, relations=()),)))
    kinds = {"low": "number", "tone": "text", "odd": "text", "long": "text", "sure": "flag"}
    known = tuple(Attribute(name, type_) for name, type_ in kinds.items())  # type: ignore[arg-type]  # the types are literals
    lines = conf.rendered(Tagset("", labels=(Label("casualty", attributes=known),)), values)
    assert lines.partition("[attributes]\n")[2].splitlines() == [
        "low Arg:casualty, Value:3",
        "tone Arg:casualty, Value:calm",
        "sure Arg:casualty",
    ]


def test_annotated_text_of_only_spaces_comes_in(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(" \n")
    (tmp_path / "a.ann").write_text("T1\tclaim 0 1\t \n")
    found = [*brat.read(Source(str(tmp_path / "a.ann"), tmp_path / "a.ann"))]
    (item,) = [each.item for each in found if isinstance(each, Found)]
    assert isinstance(item, Article)
    assert [each.label for each in item.works[0].annotations] == ["claim"]


def test_removed_span_takes_along_what_is_about_it() -> None:
    work = work_of(ANN)
    casualty = next(each for each in work.annotations if each.label == "casualty")
    spans = tuple(each for each in work.annotations if each is not casualty)
    links = tuple(each for each in work.relations if each.target != casualty.id)
    gone, come = changed(ANN, rendered(Work(work.layer, spans, links)))
    assert come == ["E1\tdenial:T2 denies2:T4", "*\tAlias T1 T4"]
    assert gone == [
        "T3\tcasualty 20 31;37 43\t14 soldiers killed",
        "E1\tdenial:T2 denies:T3 denies2:T4",
        "#1\tAnnotatorNotes T3\tperhaps",
        "#2\tAnnotatorNotes T3\tor not",
        "*\tAlias T1 T4 T3",
    ]
    assert rendered(Work(work.layer, (), ())) == "\na line that is none\n"


def test_removed_link_takes_its_line_and_data_along() -> None:
    work = work_of(ANN)
    bare_links = replace(work, relations=())
    gone, come = changed(ANN, rendered(bare_links))
    assert come == ["E1\tdenial:T2"]
    assert "R1\tsource Arg1:T2 Arg2:T1\t" in gone
    assert "*\tAlias T1 T4 T3" in gone
    links = tuple(replace(each, attributes={"implied": True}) for each in work.relations)
    data = rendered(replace(work, relations=links))
    assert data.count("AnnotatorData") == len(links)
    again = work_of(data)
    assert len(again.relations) == len(links)
    assert {each.attributes["implied"] for each in meaning_of(data).relations.values()} == {True}
    assert rendered(replace(again, relations=()), data).count("AnnotatorData") == 0


def test_link_that_means_another_thing_is_a_new_one() -> None:
    work = work_of(ANN)
    first, *rest = work.relations
    other = replace(first, target=work.annotations[3].id)
    gone, come = changed(ANN, rendered(replace(work, relations=(other, *rest))))
    assert gone == ["R1\tsource Arg1:T2 Arg2:T1\t"]
    assert come == ["R2\tsource Arg1:T2 Arg2:T4"]


# Property


@given(corpora())
def test_everything_that_is_kept_reads_back(corpus: tuple[Tagset, list[Any]]) -> None:
    articles = [each for each in items_of(*corpus) if isinstance(each, Article)]
    for item in articles:
        for work in item.works:
            text = item.document.text
            ann = rendered(work, "", text)
            found = meaning_of(ann, text)
            assert found.problems == []
            assert list(map(bare, found.annotations.values())) == list(map(bare, work.annotations))
            names = dict(
                zip((each.id for each in work.annotations), found.annotations, strict=True)
            )
            assert [
                (each.type, each.source, each.target, each.attributes)
                for each in found.relations.values()
            ] == [
                (each.type, names[each.source], names[each.target], each.attributes)
                for each in work.relations
            ]
            assert rendered(replace_ids(work, ann, text), ann, text) == ann


def replace_ids(work: Work, ann: str, text: str) -> Work:
    """The work as an import of `ann` makes it."""
    made, links = work_of(ann, text), meaning_of(ann, text).relations
    attributes = [each.attributes for each in links.values()]
    pairs = zip(made.relations, attributes, strict=True)
    relations = tuple(replace(each, attributes=value) for each, value in pairs)
    return replace(made, relations=relations)


@given(st.data())
def test_span_that_was_added_differs_by_its_line(data: st.DataObject) -> None:
    text = data.draw(texts(min_size=3))
    spans = annotations(text=text, layer="", labels=("claim", "a b", "50%"))
    drawn = [replace(each, note="", meta={}) for each in data.draw(st.lists(spans, max_size=4))]
    first = Work(Layer.of("d", "ada"), tuple(drawn))
    ann = rendered(first, "", text)
    work = work_of(ann, text)
    new = Annotation("new", work.layer.id, (Span(1, 2),), "actor")
    grown = rendered(replace(work, annotations=(*work.annotations, new)), ann, text)
    assert grown.startswith(ann)
    assert grown[len(ann) :].startswith(f"T{len(drawn) + 1}\tactor 1 2\t")


# Files


def folder_of(tmp_path: Path, ann: str = ANN, text: str = TEXT) -> Source:
    (tmp_path / "a.txt").write_bytes(text.encode())
    (tmp_path / "a.ann").write_bytes(ann.encode())
    return Source("a.ann", tmp_path / "a.ann")


def items_in(source: Source) -> list[Item]:
    return [each.item for each in brat.read(source) if isinstance(each, Found)]


def test_files_are_read_in_the_unit_that_fits(tmp_path: Path) -> None:
    text = "🙂 Baku said.\r\nYerevan denied."
    ann = "T1\tactor 3 7\tBaku\nT2\tactor 14 21\tYerevan\n"
    *notes, found = brat.read(folder_of(tmp_path, ann, text))
    assert [each.what for each in notes if isinstance(each, Note)][-1] == (
        "Its offsets are counted in UTF-16 units, each line end as one."
    )
    assert isinstance(found, Found)
    assert isinstance(found.item, Article)
    (work,) = found.item.works
    assert [each.quote(found.item.document.text) for each in work.annotations] == [
        "Baku",
        "Yerevan",
    ]
    layer = Layer.of(found.item.document.id, "ada", meta=work.layer.meta)
    spans = tuple(
        replace(each, id=inner_id(layer.id, each.id), layer=layer.id) for each in work.annotations
    )
    (tmp_path / "out").mkdir()
    list(brat.write([replace(found.item, works=(Work(layer, spans),))], tmp_path / "out"))
    # Now they are code points, as the text beside them has them.
    assert (tmp_path / "out" / "a.ann").read_text() == ann.replace("3 7", "2 6").replace(
        "14 21", "13 20"
    )


def test_problems_name_their_line(tmp_path: Path) -> None:
    problems = [each for each in brat.read(folder_of(tmp_path)) if isinstance(each, Problem)]
    assert problems == [Problem("a.ann, line 16", "it is no line of brat's")]


def test_text_must_stand_beside(tmp_path: Path) -> None:
    source = folder_of(tmp_path)
    (tmp_path / "a.txt").unlink()
    with pytest.raises(UserError, match=r"a\.ann has no text beside it: a\.txt is missing"):
        list(brat.read(source))


def test_register_and_configuration_go_beside(tmp_path: Path) -> None:
    document = document_of(TEXT, meta={"file": "a.txt"})
    layer = Layer.of(document.id, "ada")
    one, other = Entity("e1", "Yerevan", side="Armenia"), Entity("e2", "nobody")
    spans = (
        Annotation("x", layer.id, (Span(0, 7),), "actor", {"entity": ["e1", "e3"], "n": 1}),
        Annotation("y", layer.id, (Span(45, 49),), "actor", {"entity": "e1"}),
    )
    tagset = (Path(__file__).parents[2] / "resources/tagsets/default.toml").read_text()
    items: list[Item] = [TagsetVersion(1, tagset), Annotator("ada"), one, other]
    items.append(Article(document, (Work(layer, spans),)))
    *gone, lost = brat.write(items, tmp_path)
    assert (gone, lost) == (items, Lost("entities", 1))  # nobody names the second
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "a.ann",
        "a.txt",
        "annotation.conf",
        "register.jsonl",
    ]
    conf = (tmp_path / "annotation.conf").read_text()
    assert "source Arg1:claim|denial|casualty, Arg2:actor" in conf
    assert "repeats Arg1:claim|casualty, Arg2:claim|casualty, <REL-TYPE>:symmetric" in conf
    assert "outcome Arg:casualty, Value:killed|wounded" in conf
    entity, article = items_in(Source("a.ann", tmp_path / "a.ann"))
    assert entity == one
    assert isinstance(article, Article)
    assert [each.attributes for each in article.works[0].annotations] == [
        each.attributes for each in spans
    ]


def test_empty_file_is_a_layer_without_annotations(tmp_path: Path) -> None:
    (article,) = items_in(folder_of(tmp_path, ""))
    assert isinstance(article, Article)
    assert article.works[0].annotations == ()
    out = tmp_path / "out"
    out.mkdir()
    list(brat.write([article, Article(Document("x", "b", "b", "0" * 64))], out))
    assert (out / "a.ann").read_bytes() == b""
    assert not (out / "b.ann").exists()


def test_name_tells_the_format() -> None:
    assert brat.sniff(b"", "A.ANN")
    assert not brat.sniff(b"", "a.txt")
    assert not brat.sniff(b"\0", "a.ann")


def test_note_and_odd_spans_that_no_line_can_hold_go_as_data() -> None:
    work = work_of("T1\tactor 0 7\tYerevan\n")
    spans = (Span(0, 7), Span(44, 50))
    new = rendered(with_span(work, "actor", spans=spans, note="a\r\nb"), "T1\tactor 0 7\tYerevan\n")
    found = meaning_of(new).annotations["T1"]
    assert (found.spans, found.note) == (spans, "a\r\nb")
