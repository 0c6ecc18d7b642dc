"""REFI-QDA: projects and code books, by a validator of the format's own rules."""

import re
from contextlib import ExitStack
from dataclasses import replace
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.article import Article, Work
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Annotator, Entity, Layer, Relation, TagsetVersion
from annotator.core.span import Span
from annotator.core.tagset import Label, RelationType, Tagset
from annotator.core.tagset_toml import dumps, loads
from annotator.formats.base import Found, Item, Note
from annotator.formats.refi import aside, own
from annotator.formats.refi import format as refi
from annotator.formats.refi.aside import Link, Links
from annotator.formats.refi.format import CODE_BOOK, FORMAT
from annotator.formats.refi.qde import OWN, PROJECT, SPACE
from annotator.formats.tree import parts, tree
from tests.formats.rough import (
    articles,
    bytes_of,
    problems,
    read,
)
from tests.formats.test_cas import TEXT, example, strip
from tests.formats.test_inception import packed
from tests.strategies import document_of, examples

# The format's rules, as its schema of March 2019 has them: the children of an element in their
# order, the attributes that it must have, and all that it may have.
_MADE = ("creatingUser", "creationDateTime", "modifyingUser", "modifiedDateTime")
RULES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "Project": (
        ("Users", "CodeBook", "Sources", "Notes", "Links", "Description", "NoteRef"),
        ("name",),
        ("origin", "creatingUserGUID", "creationDateTime", "basePath"),
    ),
    "Users": (("User",), (), ()),
    "User": ((), ("guid",), ("name", "id")),
    "CodeBook": (("Codes",), (), ()),
    "Codes": (("Code",), (), ()),
    "Code": (("Description", "NoteRef", "Code"), ("guid", "name", "isCodable"), ("color",)),
    "Sources": (("TextSource",), (), ()),
    "TextSource": (
        ("Description", "PlainTextContent", "PlainTextSelection", "Coding", "NoteRef"),
        ("guid",),
        ("name", "plainTextPath", *_MADE),
    ),
    "PlainTextSelection": (
        ("Description", "Coding", "NoteRef"),
        ("guid", "startPosition", "endPosition"),
        ("name", *_MADE),
    ),
    "Coding": (("CodeRef", "NoteRef"), ("guid",), _MADE[:2]),
    "CodeRef": ((), ("targetGUID",), ()),
    "Links": (("Link",), (), ()),
    "Link": (
        ("NoteRef",),
        ("guid",),
        ("name", "direction", "color", "originGUID", "targetGUID"),
    ),
    "Description": ((), (), ()),
}
GUID = re.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
COLOR = re.compile("#([A-Fa-f0-9]{6}|[A-Fa-f0-9]{3})")
REFERENCES = ("targetGUID", "originGUID", "creatingUser")


def tag_of(element: Element) -> str:
    assert element.tag.startswith(f"{{{SPACE}}}")
    return element.tag.rpartition("}")[2]


def require_valid(data: bytes) -> Element:
    """A project that keeps the format's rules; its root."""
    with ZipFile(BytesIO(data)) as zip_:
        names = zip_.namelist()
        assert len(set(names)) == len(names)
        assert PROJECT == "Project.qde"
        assert all(each in (PROJECT, OWN) or each.startswith("Sources/") for each in names)
        root = tree(zip_.read(PROJECT), PROJECT)
        texts = {each: zip_.read(each).decode() for each in names if each.startswith("Sources/")}
    for each in root.iter():
        require_element(each)
    guids = [each.get("guid") for each in root.iter() if each.get("guid")]
    assert len(set(guids)) == len(guids)
    assert all(GUID.fullmatch(each) for each in guids if each)
    for each in root.iter():
        assert all(each.get(key, guids[0]) in guids for key in REFERENCES if each.get(key))
    for source in root.iter(f"{{{SPACE}}}TextSource"):
        path = source.get("plainTextPath", "")
        assert path.startswith("internal://")
        text = texts[f"Sources/{path.removeprefix('internal://')}"]
        for each in source.iter(f"{{{SPACE}}}PlainTextSelection"):
            start, end = int(each.get("startPosition", "")), int(each.get("endPosition", ""))
            assert 0 <= start < end <= len(text)
            assert text[start:end][:200] == each.get("name", "").removesuffix("…")[:200]
    return root


def require_element(each: Element) -> None:
    children, must, may = RULES[tag_of(each)]
    order = [children.index(tag_of(child)) for child in each]
    assert order == sorted(order)
    assert set(must) <= set(each.attrib) <= {*must, *may}
    if tag_of(each).endswith("s") and tag_of(each) != "Codes":
        assert len(each)
    if each.get("color"):
        assert COLOR.fullmatch(each.get("color", ""))
    if each.get("direction"):
        assert each.get("direction") in ("Associative", "OneWay", "Bidirectional")


TAGSET = Tagset(
    *("t", 3, (Label("claim", color="#123456", guideline="Mark <it>."), Label("unused"))),
    (RelationType("source", symmetric=True),),
)


def several() -> list[Item]:
    article = example()
    layer = Layer.of(article.document.id, "bo", role="machine", meta={"x": 1})
    odd = Annotation("01a20954-3cef-7492-b022-47997cfc5016", layer.id, (Span(0, 79),), "a\x01")
    more = replace(odd, id="01a20954-3cef-7492-b022-47997cfc5017", note="n\x02")
    link = Relation("01a20954-3cef-7492-b022-47997cfc5018", layer.id, "r\x03", odd.id, more.id)
    works = (*article.works, Work(layer, (odd, more), (link,)))
    long = Article(document_of("Long. " * 100), ())
    return [
        *(TagsetVersion(3, dumps(TAGSET)), Annotator("ada", "Ada"), Entity("e", "Yerevan")),
        replace(article, works=works),
        long,
    ]


def test_everything_comes_back() -> None:
    items = several()
    data = bytes_of(*items, format_=FORMAT)
    root = require_valid(data)
    found = read(FORMAT, data)
    assert problems(found) == []
    assert not isinstance(found, str)
    heads = [each.item for each in found if isinstance(each, Found)][:3]
    assert heads == items[:3]
    first, second = articles(found)
    assert isinstance(items[3], Article)
    for number in range(2):
        there, here = (
            replace(each, works=each.works[number : number + 1]) for each in (first, items[3])
        )
        assert strip(there) == strip(here)
    assert second == items[4]
    codes = [each.get("name") for each in root.iter(f"{{{SPACE}}}Code")]
    assert codes == ["claim", "unused", "actor", "\ufffd odd", "a\ufffd"]
    users = [each.get("name") for each in root.iter(f"{{{SPACE}}}User")]
    assert users == ["ada (round 2)", "bo (machine)"]
    links = [each.get("direction") for each in root.iter(f"{{{SPACE}}}Link")]
    assert links == ["Bidirectional", "OneWay"]


def test_bytes_are_the_same_each_time() -> None:
    items = several()
    assert bytes_of(*items, format_=FORMAT) == bytes_of(*items, format_=FORMAT)
    require_valid(bytes_of(Article(document_of("")), format_=FORMAT))
    (empty,) = articles(read(FORMAT, bytes_of(Article(document_of("")), format_=FORMAT)))
    assert empty.document.text == ""


# What strangers write

A, B, C, D, E_, F, G, H = (f"{letter * 8}-0000-4000-8000-000000000000" for letter in "ABCDEF12")


def project(sources: str, more: str = "", codes: str = "") -> bytes:
    codes = codes or f'<Code guid="{A}" name="fear" isCodable="true" color="#F08"/>'
    return (
        f'<Project xmlns="{SPACE}" name="p"><Users><User guid="{B}" name="Ada"/></Users>'
        f"<CodeBook><Codes>{codes}</Codes></CodeBook><Sources>{sources}</Sources>{more}</Project>"
    ).encode()


def coding(guid: str = F, code: str = A, user: str = B) -> str:
    by = f'creatingUser="{{{user}}}"' if user else ""
    return f'<Coding guid="{guid}" {by}><CodeRef targetGUID="{code.lower()}"/></Coding>'


def selection(start: Any, end: Any, inside: str = "", guid: str = E_, name: str = "") -> str:
    return (
        f'<PlainTextSelection guid="{guid}" name="{name}" startPosition="{start}" '
        f'endPosition="{end}">{inside}</PlainTextSelection>'
    )


def source(inside: str, text: str = "🙂 Baku said.") -> str:
    content = f"<PlainTextContent>{text}</PlainTextContent>"
    return f'<TextSource guid="{C}" name="On Baku">{content}{inside}</TextSource>'


def test_project_of_others_is_read() -> None:
    note = f'<Notes><Note guid="{D}"><PlainTextContent>why</PlainTextContent></Note></Notes>'
    inside = f'<Description>who</Description>{coding()}<NoteRef targetGUID="{D}"/>'
    passages = selection(3, 7, inside, name="Baku") + selection(
        8, 12, coding(G, user=""), H, "said"
    )
    link = f'<Links><Link guid="{D}" originGUID="{E_}" targetGUID="{G}"/></Links>'
    same = link.replace(G, F)
    data = project(source(passages), note + link + same.replace("Links>", "Links>"))
    found = read(FORMAT, data)
    assert not isinstance(found, str)
    (version,) = (
        each.item
        for each in found
        if isinstance(each, Found) and not isinstance(each.item, Article)
    )
    assert isinstance(version, TagsetVersion)
    assert loads(version.toml).labels == (Label("fear", "fear", color="#ff0088"),)
    assert [each.what for each in found if isinstance(each, Note)] == [
        "Its positions count UTF-16 units."
    ]
    (article,) = articles(found)
    assert article.document.title == "On Baku"
    ada, nobody = article.works
    assert (ada.layer.annotator, nobody.layer.annotator) == ("Ada", "")
    (fear,) = ada.annotations
    assert (fear.label, fear.spans, fear.note) == ("fear", (Span(2, 6),), "who\nwhy")
    assert problems(found) == [
        "its ends are of different people or articles",
        "it links a span to itself",
    ]


def test_links_join_passages_of_one_person() -> None:
    passages = selection(0, 4, coding()) + selection(5, 9, coding(G), H)
    link = f'<Link guid="{D}" originGUID="{E_}" targetGUID="{H}" name="%s"/>'
    stray = f'<Link guid="{D}" originGUID="{E_}" targetGUID="{B}"/>'
    links = f"<Links>{link % ''}{link % 'so'}{stray}</Links>"
    found = read(FORMAT, project(source(passages, "Baku said."), links))
    assert problems(found) == ["one of its ends is no coded passage"]
    assert [each.type for each in articles(found)[0].works[0].relations] == ["link", "so"]


def test_what_is_broken_is_named() -> None:
    passages = (
        selection(0, 99, coding())
        + selection("x", 4, coding(G), H, "words")
        + selection(0, 4, coding(G, D), D)
        + selection(0, 4, "<Coding/>", D)
        + selection(0, 4, "", G)
        + coding(B)
    )
    gone = f'<TextSource guid="{H}" name="gone" plainTextPath="internal://x.txt"/>'
    found = read(FORMAT, project(source(passages) + gone + f'<PDFSource guid="{G}"/>'))
    assert problems(found) == [
        "there is nothing from 0 to 99 in the text",
        "its positions are no whole numbers",
        "its code is not in the code book",
        "its code is not in the code book",
        "1 passages without a code stay out",
        "1 codes of the whole article stay out",
        'Its text "internal://x.txt" is not in the file',
        "It is no text, so it stays out",
    ]


def test_inner_codes_are_labels_and_twins_have_two_names() -> None:
    codes = (
        f'<Code guid="{A}" name="food" color="red"><Code guid="{B}" name="milk"/></Code>'
        f'<Code guid="{C}" name="drink"><Description>wet</Description>'
        f'<Code guid="{D}" name="milk"/></Code><Code guid="{E_}" name=""/>'
    )
    book = (
        project("", codes=codes)
        .replace(b"Project", b"CodeBook")
        .replace(b":project:", b":codebook:")
    )
    assert refi.sniff_book(book)
    assert not refi.sniff_book(project(""))
    (found,) = list(read(CODE_BOOK, book))
    assert isinstance(found, Found)
    assert isinstance(found.item, TagsetVersion)
    labels = loads(found.item.toml).labels
    assert [each.name for each in labels] == ["food", "drink", "milk", "drink / milk"]
    assert labels[1].guideline == "wet"
    assert "no REFI-QDA code book" in read(CODE_BOOK, project(""))
    assert "no REFI-QDA project" in read(FORMAT, book)


def test_code_book_goes_out_and_comes_in() -> None:
    data = bytes_of(TagsetVersion(3, dumps(TAGSET)), Annotator("ada"), format_=CODE_BOOK)
    (found,) = list(read(CODE_BOOK, data))
    assert isinstance(found, Found)
    assert isinstance(found.item, TagsetVersion)
    labels = loads(found.item.toml).labels
    assert [(each.name, each.color, each.guideline) for each in labels] == [
        ("claim", "#123456", "Mark <it>."),
        ("unused", TAGSET.labels[1].color, ""),
    ]
    (none,) = list(read(CODE_BOOK, bytes_of(format_=CODE_BOOK)))
    assert isinstance(none, Found)


def test_texts_stand_in_the_archive_whatever_the_case() -> None:
    where = f'<TextSource guid="{C}" plainTextPath="internal://Ab.txt"/>'
    lost = f'<Note guid="{D}" name="n" plainTextPath="relative://x"/>'
    note = f'<Notes>{lost}<Note guid="{G}"><PlainTextContent/></Note></Notes>'
    gone = f'<TextSource guid="{H}" plainTextPath="internal://gone.txt"/>'
    data = packed({"project.qde": project(where + gone, note), "sources/aB.TXT": "Baku said."})
    found = read(FORMAT, data, "a.qdpx")
    assert problems(found) == ['Its text "internal://gone.txt" is not in the file']
    (article,) = articles(found)
    assert article.document.text == "Baku said."


def test_what_is_ours_may_be_broken() -> None:
    data = bytes_of(*several(), format_=FORMAT)
    with ZipFile(BytesIO(data)) as zip_:
        files = {each: zip_.read(each) for each in zip_.namelist()}
    own = files[OWN].decode()
    files[OWN] = (own + "{\n" + '{"record": "what"}\n').encode()
    assert len(problems(read(FORMAT, packed(files)))) == 2
    for old, new in (
        ('"layers": [', '"layers": [3, {"user": 3}, {"user": "x", "annotator": 3}, '),
        ('"layers": [', '"layers": 3, "x": ['),
        ('"parts": [', '"parts": ["none", '),
        ('"layers": [', '"layers": [{"user": "x", "annotator": "ada", "meta": 3}, '),
    ):
        files[OWN] = own.replace(old, new).encode()
        assert len(articles(read(FORMAT, packed(files)))) == 2
    files[PROJECT] = files[PROJECT].replace(b'endPosition="16"', b'endPosition="30"')
    files[OWN] = own.encode()
    (article, _) = articles(read(FORMAT, packed(files)))
    assert (Span(10, 30),) in [each.spans for each in article.works[0].annotations]
    files[PROJECT] = files[PROJECT].replace(b'" name="ada', b'x" name="ada')
    read(FORMAT, packed(files))


def test_users_of_one_name_are_one_annotator() -> None:
    users = f'<User guid="{D}" name="Ada"/></Users>'
    passages = selection(0, 4, coding()) + selection(5, 9, coding(G, user=D), H)
    data = project(source(passages, "Baku said.")).replace(b"</Users>", users.encode())
    (work,) = articles(read(FORMAT, data))[0].works
    assert len(work.annotations) == 2


def test_archives_without_a_project_and_large_ones_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert "has no Project.qde" in read(FORMAT, packed({"a": "b"}))
    assert "not safe" in read(FORMAT, packed({PROJECT: b" " * 30_000_000}))
    with monkeypatch.context() as small:
        small.setattr(own, "LIMIT", 3)
        assert f"{OWN} is larger than" in read(
            FORMAT, packed({PROJECT: project(""), OWN: "{}\n\n"})
        )
        small.setattr(refi, "TEXT_LIMIT", 3)
        text = f'<TextSource guid="{C}" plainTextPath="internal://a.txt"/>'
        found = read(FORMAT, packed({PROJECT: project(text), "Sources/a.txt": "Baku"}))
        assert [each.rpartition(" is ")[2] for each in problems(found)] == ["larger than 0 MB"]
    monkeypatch.setattr(refi, "LIMIT", 10)
    assert "larger than" in read(FORMAT, packed({PROJECT: b" " * 30}))
    assert "larger than" in read(FORMAT, project(""))
    assert "larger than" in read(CODE_BOOK, project(""))


def test_it_knows_itself() -> None:
    data = bytes_of(*several(), format_=FORMAT)
    assert refi.sniff(data, "")
    assert refi.sniff(packed({}), "a.QDPX") is False
    assert refi.sniff(packed({"x": "y"}), "a.QDPX")
    assert refi.sniff(project(""), "")
    assert not refi.sniff(packed({"a.txt": TEXT}), "a.zip")


def test_sources_come_one_by_one_with_their_links() -> None:
    links = "".join(
        f'<Link guid="{D}" originGUID="{origin}" targetGUID="{target}" name="{name}"/>'
        for origin, target, name in ((H, E_, "back"), (E_, H, "so"), (A, H, "lost"))
    )
    passages = selection(0, 4, coding()) + selection(5, 9, coding(G), H)
    other = source("", "More.").replace(C, B)
    data = project(source(passages, "Baku said.") + other, f"<Links>{links}</Links>")
    found = read(FORMAT, data)
    first, second = articles(found)
    assert [each.type for each in first.works[0].relations] == ["back", "so"]
    assert (second.document.text, second.works) == ("More.", ())
    assert problems(found) == ["one of its ends is no coded passage"]


@examples(60)
@given(st.lists(st.text("abc", max_size=2)), st.lists(st.sets(st.text("abc", max_size=2))))
def test_links_laid_aside_are_taken_once_and_in_their_order(
    origins: list[str], wanted: list[set[str]]
) -> None:
    left = [Link(str(at), each, "t", "\u2028 n") for at, each in enumerate(origins)]
    with ExitStack() as stack:
        links = Links(stack)
        for each in left:
            links.add(each)
        for some in wanted:
            assert list(links.take(some)) == [each for each in left if each.origin in some]
            left = [each for each in left if each.origin not in some]
        assert list(links.left()) == left


def test_names_with_one_hash_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aside, "_hash", lambda _name: 7)
    test_sources_come_one_by_one_with_their_links()
    data = bytes_of(*several(), format_=FORMAT)
    with_one_hash = articles(read(FORMAT, data))
    monkeypatch.undo()
    assert with_one_hash == articles(read(FORMAT, data))


def test_parts_of_a_file_are_let_go() -> None:
    data = project("".join(source("", f"Text {number}. " * 9_000) for number in range(4)))
    found = list(parts(BytesIO(data), "a", apart=[f"{{{SPACE}}}Sources"], most=200_000))
    assert [tag_of(each) for each in found] == [*["TextSource"] * 4, "Project"]
    assert len(found[-1][2]) == 0
    with pytest.raises(UserError, match="larger than"):
        list(parts(BytesIO(data), "a", most=200_000))
