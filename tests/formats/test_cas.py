"""UIMA CAS in both forms: out and in, judged by dkpro-cassis, and what strangers write."""

import json
from dataclasses import replace
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example as case
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.article import Article, Work
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Entity, Layer, Relation, TagsetVersion
from annotator.core.span import Span
from annotator.core.tagset import Attribute, Label, RelationType, Tagset
from annotator.core.tagset_toml import dumps
from annotator.formats import extras
from annotator.formats.base import Format, Found
from annotator.formats.cas.format import JSON, XMI
from annotator.formats.cas.names import (
    attribute_of,
    feature_of,
    label_of,
    text_of,
    value_of,
    words_of,
)
from annotator.formats.cas.values import ANNOTATION, LINK, SENTENCE, TOKEN, Type
from annotator.formats.cas.xmi_form import ranges_in, type_system
from annotator.formats.tree import writable
from tests.formats.rough import articles, problems, read
from tests.strategies import CLEAN, document_of, json_values

cassis: Any = import_module("cassis")  # it has no types
TEXT = "🙂 Yerevan denied that 14 soldiers were killed. Baku said so.\n«Nobody» knows 漢字."
BOTH = pytest.mark.parametrize("format_", [JSON, XMI], ids=["json", "xmi"])
NER = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"


def example() -> Article:
    document = document_of(TEXT, meta={"file": "a.txt"}, language="en", source="Outlet")
    layer = Layer.of(document.id, "ada", round_=2, state="question", meta={"seed": 3})
    spans = (
        Annotation("01a20937-fc47-7fb4-9428-be77ff8d26c1", layer.id, (Span(2, 9),), "actor"),
        Annotation(
            *("01a20937-fc47-7fb4-9428-be77ff8d26c2", layer.id, (Span(10, 16), Span(22, 46))),
            *("claim", {"low": 14, "high": "14", "war crime": ["a", True], "else": "no"}),
            *("a note", {"confidence": 0.5}),
        ),
        Annotation("01a20937-fc47-7fb4-9428-be77ff8d26c3", layer.id, (Span(47, 51),), "\x01 odd"),
    )
    spans = (*spans[:2], replace(spans[2], note="\x02", attributes={"text": "\x03"}))
    links = (
        Relation(
            "01a20937-fc47-7fb4-9428-be77ff8d26c4",
            layer.id,
            "source",
            spans[1].id,
            spans[0].id,
            {"implied": True},
        ),
    )
    return Article(document, (Work(layer, spans, links),))


def written(format_: Format, folder: Path, *items: Any, **options: str) -> dict[str, bytes]:
    folder.mkdir(exist_ok=True)
    assert format_.to_folder is not None
    list(format_.to_folder(items, folder, options))
    return {each.name: each.read_bytes() for each in sorted(folder.iterdir())}


def one_file(format_: Format, tmp_path: Path, article: Article, **options: str) -> bytes:
    tmp_path.mkdir(exist_ok=True)
    return written(format_, tmp_path / "out", article, **options)[f"a{format_.suffixes[0]}"]


# Out and in


@BOTH
def test_everything_comes_back(format_: Format, tmp_path: Path) -> None:
    article = example()
    found = read(format_, one_file(format_, tmp_path, article))
    assert problems(found) == []
    assert [strip(each) for each in articles(found)] == [strip(article)]


def strip(article: Article) -> Any:
    """An article whose values know nothing of their layer's id, which the import gives them."""
    work = article.works[0]
    spans = [replace(each, layer="") for each in work.annotations]
    return article.document, work.layer, spans, [replace(each, layer="") for each in work.relations]


@BOTH
def test_bytes_are_the_same_each_time(format_: Format, tmp_path: Path) -> None:
    article = example()
    assert written(format_, tmp_path / "a", article) == written(format_, tmp_path / "b", article)


@BOTH
def test_layers_of_an_article_are_files_of_their_own(format_: Format, tmp_path: Path) -> None:
    article = example()
    others = (
        Work(Layer.of(article.document.id, "gold", role="gold")),
        Work(Layer.of(article.document.id, "bo", role="machine")),
    )
    nobody = Article(document_of("Nobody.", meta={"file": "b.txt"}))
    entity = Entity("e", "Yerevan")
    files = written(
        format_, tmp_path / "o", entity, replace(article, works=article.works + others), nobody
    )
    end = format_.suffixes[0]
    assert list(files) == sorted(
        ["TypeSystem.xml", f"a.ada-2{end}", f"a.bo-machine{end}", f"a.gold{end}", f"b{end}"]
    )
    first = read(format_, files[f"a.ada-2{end}"])
    assert isinstance(first[0], Found)
    assert first[0].item == entity
    (gold,) = articles(read(format_, files[f"a.gold{end}"]))
    assert gold.works == (others[0],)
    assert articles(read(format_, files[f"b{end}"])) == [nobody]


@case(name="_")
@case(name="begin_")
@given(name=st.text(CLEAN, max_size=8))
def test_any_attribute_has_a_feature_of_its_own(name: str) -> None:
    feature = feature_of(name)
    assert feature.isascii()
    assert feature.isidentifier()
    assert attribute_of(feature) == name


@given(value=json_values())
def test_any_value_is_a_text_that_xml_can_hold(value: Any) -> None:
    assert writable(text_of(value))
    assert value_of(text_of(value)) == value


@given(label=st.text(CLEAN, max_size=8))
def test_any_label_is_a_text_that_xml_can_hold(label: str) -> None:
    assert writable(words_of(label))
    assert label_of(words_of(label)) == label


@pytest.mark.parametrize("text", ["-", '"', "nothing", "{a", '"\\ud800"', "[" * 9_999, "NaN", " "])
def test_words_are_no_json(text: str) -> None:
    assert value_of(text) == text
    assert label_of(text) == text


def test_names_read_well() -> None:
    assert feature_of("certainty") == "certainty"
    assert feature_of("war crime") == "war__20_crime"
    assert feature_of("note") == "note_"
    assert attribute_of("__110000_") == "__110000_"
    assert attribute_of("__d800_") == "__d800_"
    assert label_of('"a" b') == '"a" b'
    assert label_of('"a"') == "a"


# cassis as a judge


def loaded(format_: Format, files: dict[str, bytes], name: str) -> Any:
    if format_ is JSON:
        return cassis.load_cas_from_json(files[name].decode())
    types = cassis.load_typesystem(BytesIO(files["TypeSystem.xml"]))
    return cassis.load_cas_from_xmi(BytesIO(files[name]), typesystem=types)


@BOTH
def test_cassis_reads_what_is_written(format_: Format, tmp_path: Path) -> None:
    files = written(format_, tmp_path / "out", example())
    cas = loaded(format_, files, f"a{format_.suffixes[0]}")
    assert cas.sofa_string == TEXT
    found = [(each.label, each.get_covered_text()) for each in cas.select(ANNOTATION)]
    assert sorted(found) == [
        ('"\\u0001 odd"', "Baku"),
        ("actor", "Yerevan"),
        ("claim", "14 soldiers were killed."),
        ("claim", "denied"),
    ]
    (link,) = cas.select(LINK)
    assert link.label == "source"
    assert link.Governor.get_covered_text() == "denied"
    assert link.Dependent.get_covered_text() == "Yerevan"
    assert link.implied == "true"
    assert [each.get_covered_text() for each in cas.select(SENTENCE)] == [
        *(
            "🙂 Yerevan denied that 14 soldiers were killed.",
            "Baku said so.",
            "«Nobody» knows 漢字.",
        )
    ]
    words = [each.get_covered_text() for each in cas.select(TOKEN)]
    assert words[:3] == ["🙂", "Yerevan", "denied"]
    assert words[-7:] == ["«", "Nobody", "»", "knows", "漢", "字", "."]
    claim = next(each for each in cas.select(ANNOTATION) if each.get_covered_text() == "denied")
    assert (claim.low, claim.high, claim.note) == ("14", '"14"', "a note")
    assert claim.get("else_") == "no"


def test_tokens_can_stay_out(tmp_path: Path) -> None:
    assert TOKEN.encode() + b'","@sofa"' not in one_file(JSON, tmp_path, example(), tokens="no")


def test_type_system_has_what_the_tag_set_has(tmp_path: Path) -> None:
    tagset = Tagset(
        *("t", 1, (Label("claim", attributes=(Attribute("form"),)),)),
        (RelationType("source", attributes=(Attribute("implied"),)),),
    )
    files = written(XMI, tmp_path / "out", TagsetVersion(1, dumps(tagset)))
    types = cassis.load_typesystem(BytesIO(files["TypeSystem.xml"]))
    assert types.get_type(ANNOTATION).get_feature("form") is not None
    assert types.get_type(LINK).get_feature("implied") is not None


def stranger(text: str = TEXT) -> Any:
    """What INCEpTION might hold: its own layers, a relation, and a slot."""
    types = cassis.TypeSystem()
    base = "uima.tcas.Annotation"
    entity = types.create_type(NER, base)
    for name, range_ in (("value", "uima.cas.String"), ("sure", "uima.cas.Boolean")):
        types.create_feature(entity, name, range_)
    types.create_feature(entity, "weight", "uima.cas.Float")
    types.create_feature(entity, "rank", "uima.cas.Integer")
    relation = types.create_type("webanno.custom.Says", base)
    types.create_feature(relation, "Governor", entity)
    types.create_feature(relation, "Dependent", entity)
    slot = types.create_type("webanno.custom.EventLink", "uima.cas.TOP")
    types.create_feature(slot, "role", "uima.cas.String")
    types.create_feature(slot, "target", entity)
    event = types.create_type("webanno.custom.Event", base)
    types.create_feature(event, "who", "uima.cas.FSArray", elementType=slot)
    types.create_feature(event, "tags", "uima.cas.StringArray")
    cas = cassis.Cas(typesystem=types)
    cas.sofa_string, cas.sofa_mime = text, "text/plain"
    one = entity(begin=2, end=9, value="LOC", sure=True, weight=0.5, rank=3)
    other = entity(begin=47, end=51)
    happens = event(begin=10, end=16)
    array = types.get_type("uima.cas.FSArray")
    happens.who = array(elements=[slot(role="speaker", target=one), slot(target=other)])
    cas.add_all([one, other, happens, relation(begin=47, end=51, Governor=one, Dependent=other)])
    return cas


def told(article: Article) -> tuple[Any, Any]:
    (work,) = article.works
    by_id = {each.id: each.label for each in work.annotations}
    spans = [
        (each.quote(article.document.text), each.label, dict(each.attributes))
        for each in work.annotations
    ]
    links = [(each.type, by_id[each.source], by_id[each.target]) for each in work.relations]
    return sorted(spans, key=str), sorted(links)


SPANS = [
    ("Baku", "NamedEntity", {}),
    ("Yerevan", "LOC", {"sure": True, "weight": "0.5", "rank": 3}),
    ("denied", "Event", {}),
]
LINKS = [
    ("Says", "LOC", "NamedEntity"),
    ("speaker", "Event", "LOC"),
    ("who", "Event", "NamedEntity"),
]


def test_json_of_others_is_read() -> None:
    found = read(JSON, stranger().to_json().encode())
    (article,) = articles(found)
    assert problems(found) == []
    assert told(article) == (SPANS, LINKS)
    assert article.document.meta == {"file": "a.json"}
    (layer,) = (each.layer for each in article.works)
    assert (layer.annotator, layer.state) == ("", "done")


def test_xmi_of_others_is_read_with_its_type_system() -> None:
    cas = stranger()
    found = read(XMI, cas.to_xmi().encode(), TypeSystem_xml=cas.typesystem.to_xml().encode())
    (article,) = articles(found)
    assert problems(found) == []
    assert told(article) == (SPANS, LINKS)


def test_xmi_of_others_is_read_without_it_as_far_as_that_goes() -> None:
    (article,) = articles(read(XMI, stranger().to_xmi().encode()))
    spans, links = told(article)
    assert links == LINKS
    assert ("Yerevan", "LOC", {"sure": "true", "weight": "0.5", "rank": "3"}) in spans


@pytest.mark.parametrize(
    ("option", "label"), [("type", "NamedEntity"), ("rank", "NamedEntity"), ("value", "LOC")]
)
def test_feature_of_the_label_can_be_chosen(option: str, label: str) -> None:
    (article,) = articles(read(JSON, stranger().to_json().encode(), options={"labels": option}))
    assert label in [each[1] for each in told(article)[0] if each[0] == "Yerevan"]


def raw(*structures: Any, text: Any = "Baku said.") -> bytes:
    sofa = {"%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaID": "_InitialView", "sofaString": text}
    return json.dumps({"%TYPES": {}, "%FEATURE_STRUCTURES": [sofa, *structures]}).encode()


def span(id_: Any, begin: Any, end: Any, type_: Any = "x.Thing", **more: Any) -> dict[str, Any]:
    return {"%ID": id_, "%TYPE": type_, "@sofa": 1, "begin": begin, "end": end, **more}


def test_structures_that_are_broken_are_named() -> None:
    found = read(
        JSON,
        raw(
            *(span(2, 0, 4), span(2, 5, 9), span("3", 0, 4), span(4, 0, 99), span(5, 4, 4)),
            *(span(6, 4, 0), span(7, "0", 4), span(8, True, 4), 17, span(9, 5, 9)),
            span(10, 0, 1, **{"@Governor": 2, "@Dependent": 77}),
            span(11, 0, 1, **{"@Governor": 2, "@Dependent": 2}),
            span(12, 0, 1, "x.Other", **{"@Governor": "2", "@Dependent": None, "a": None, "b": []}),
            {"%ID": 13, "%TYPE": "x.Array", "%ELEMENTS": "abc"},
            span(14, 0, 4, ANNOTATION, label=7, annotator="[]", note=8),
            span(15, 0, 4, ANNOTATION, label="b", annotator='{"spans": 3}'),
            span(16, 0, 4, ANNOTATION, label="", annotator="{}"),
        ),
    )
    assert problems(found) == [
        "there is another structure with the id 2",
        "it has no id or no type",
        "its begin and end are not whole numbers",
        "its begin and end are not whole numbers",
        "it has no id or no type",
        "there is nothing from 0 to 99 in the text",
        "there is nothing from 4 to 4 in the text",
        "there is nothing from 4 to 0 in the text",
        '"spans" is no list',
        "it has no label",
        "it links a span to itself",
        "1 of the layer Thing link what is no annotation here",
    ]
    (article,) = articles(found)
    assert [(each.id, each.label) for each in article.works[0].annotations] == [
        *(("#2", "Thing"), ("#9", "Thing"), ("#12", "Other"), ("#14", "Annotation"))
    ]


def test_fragments_that_cant_be_one_annotation_are_several() -> None:
    own = '{"id": "n"}'
    found = read(
        JSON,
        raw(
            span(2, 0, 4, ANNOTATION, label="a", annotator=own),
            span(3, 4, 9, ANNOTATION, label="a", annotator=own),
            span(4, 0, 4, ANNOTATION, label="b", annotator=own),
            span(5, 5, 9, ANNOTATION, label="b", annotator=own),
        ),
    )
    spans = [each.spans for each in articles(found)[0].works[0].annotations]
    assert spans == [(Span(0, 4),), (Span(4, 9),), (Span(0, 4), Span(5, 9))]


def test_other_views_stay_out_and_structures_may_stand_by_their_ids() -> None:
    sofas = [
        {"%TYPE": "uima.cas.Sofa", "sofaID": "other", "sofaString": "Other."},
        {"%TYPE": "uima.cas.Sofa", "sofaID": "_InitialView", "sofaString": "Baku."},
    ]
    rows = {"1": sofas[0], "2": sofas[1], "3": span(3, 0, 4), "4": span(4, 0, 4) | {"@sofa": 2}}
    rows |= {"x": sofas[0], "5": 5}  # type: ignore[dict-item]  # a number where an object is due
    (article,) = articles(read(JSON, json.dumps({"%FEATURE_STRUCTURES": rows}).encode()))
    assert [each.id for each in article.works[0].annotations] == ["#4"]
    first = {"1": sofas[0], "2": {**sofas[1], "sofaString": None}}
    (article,) = articles(read(JSON, json.dumps({"%FEATURE_STRUCTURES": first}).encode()))
    assert article.document.text == "Other."


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"[1]", "no CAS"),
        (b'{"%FEATURE_STRUCTURES": 3}', "no feature structures"),
        (raw(text=3), "has no text"),
        (b'{"_context": {}}', "legacy JSON"),
        (b"{", "can't be read"),
    ],
)
def test_json_that_is_no_cas_is_refused(data: bytes, said: str) -> None:
    assert said in read(JSON, data)


XML = b'<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" '
XML += b'xmlns:n="http:///uima/noNamespace.ecore" xmlns:c="http:///x.ecore">%s'
XML += b'<cas:Sofa xmi:id="1" sofaID="_InitialView" sofaString="Baku said."/></xmi:XMI>'


def test_xmi_that_is_broken_in_places() -> None:
    body = b'<c:A xmi:id="2" sofa="1" begin="0" end="4"/><c:A begin="0" end="4"/>'
    body += b'<c:A xmi:id="3" begin="x" end="4"/><c:A xmi:id="4" sofa="9" begin="0" end="4"/>'
    body += b'<n:B xmi:id="5" begin="5" end="9"><s>one</s><s>two</s><t/></n:B><cas:NULL/><d/>'
    found = read(XMI, XML % body)
    assert problems(found) == ["it has no id", "its begin and end are not whole numbers"]
    (article,) = articles(found)
    assert told(article)[0] == [("Baku", "A", {}), ("said", "B", {"s": ["one", "two"], "t": [""]})]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<a/>", "has no text"),
        (b"<a>", "is not XML"),
        (b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', "declares a document type"),
        (b"<a>" * 200 + b"</a>" * 200, "nests more than 100"),
        (b'<?xml version="1.0" encoding="utf-99"?><a/>', "is not XML"),
    ],
)
def test_xml_that_is_no_xmi_is_refused(data: bytes, said: str) -> None:
    assert said in read(XMI, data)


def test_type_systems_give_ranges_with_those_inherited() -> None:
    types = [
        Type("x.A", "x.B", {"one": "uima.cas.Integer"}),
        Type("x.B", "x.A", {"one": "uima.cas.String", "two": "x.A"}),
    ]
    found = ranges_in(type_system(types).encode(), "t")
    assert found["x.A"] == {"one": "uima.cas.Integer", "two": "x.A"}
    body = b'<c:A xmi:id="2" begin="0" end="4" one="-3" two="x"/>'
    described = type_system(
        [Type("x.A", "uima.tcas.Annotation", {"one": "uima.cas.Integer", "two": "x.A"})]
    )
    (article,) = articles(read(XMI, XML % body, TypeSystem_xml=described.encode()))
    assert told(article)[0] == [("Baku", "A", {"one": -3, "two": "x"})]


def test_title_and_language_come_from_the_metadata() -> None:
    about = {"documentTitle": "On Baku", "language": "de"}
    other = {"documentTitle": " ", "language": "x-unspecified"}
    type_ = "uima.tcas.DocumentAnnotation"
    found = read(JSON, raw(span(2, 0, 9, type_, **about), span(3, 0, 9, type_, **other)))
    (article,) = articles(found)
    assert (article.document.title, article.document.language) == ("On Baku", "de")


def test_what_is_carried_of_a_layer_may_be_broken(tmp_path: Path) -> None:
    data = json.loads(one_file(JSON, tmp_path, example()))
    own = data["%FEATURE_STRUCTURES"][2]
    carried = json.loads(own["annotator"])
    own["annotator"] = json.dumps({**carried, "layer": {"annotator": 3}})
    (article,) = articles(read(JSON, json.dumps(data).encode()))
    assert article.works[0].layer.annotator == ""
    assert article.document.source == "Outlet"


def test_offsets_count_the_line_ends_of_the_file() -> None:
    (article,) = articles(read(JSON, raw(span(2, 4, 8), text="🙂\r\nBaku")))
    assert told(article)[0] == [("Baku", "Thing", {})]


def test_content_tells_the_form(tmp_path: Path) -> None:
    json_, xmi = (one_file(each, tmp_path / each.name, example()) for each in (JSON, XMI))
    assert JSON.sniff is not None
    assert XMI.sniff is not None
    assert JSON.sniff(json_, "")
    assert not JSON.sniff(xmi, "")
    assert XMI.sniff(xmi, "")
    assert not XMI.sniff(json_, "")
    assert not JSON.sniff(b'{"record": "corpus"}', "")
    assert not JSON.sniff(b'{"text": "", "note": ["_context", "%TYPES"]}', "")
    assert JSON.sniff(b'\xef\xbb\xbf{ "_context": {}}', "")
    assert JSON.sniff(b'{"$schema": "any",\n "%VIEWS": {}}', "")


def test_missing_library_is_named_with_its_command() -> None:
    assert extras.need("none", "json") is json
    with pytest.raises(UserError, match=r'pip install "event-annotator\[spacy\]"'):
        extras.need("spacy", "no_such_library")
