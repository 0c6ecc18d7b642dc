"""CoNLL: what a plain reader finds in it, and what is read of files that others wrote."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.core.article import Article, Work
from annotator.core.errors import UserError
from annotator.core.model import Annotation, Layer, TagsetVersion, Value
from annotator.core.span import Span
from annotator.core.tagset import Label, Tagset
from annotator.core.tagset_toml import dumps
from annotator.formats import registry
from annotator.formats.base import Found, Item, Lost, Note, Problem, Source
from annotator.formats.conll import reader as conll_reader
from annotator.formats.conll.format import FORMAT
from annotator.formats.conll.spaces import spaced
from annotator.formats.conll.tags import tags, written
from tests.corpora import corpora
from tests.formats.test_jsonl import items_of
from tests.strategies import document_of

TEXT = "Baku denies\tit 🙂.\n\n  Yerevan says so, too. "
GERMAN = "1\tDie\tO\tO\n2\tUniversität\tB-ORG\tO\n3\tWien\tI-ORG\tB-LOC\n"


def read(data: bytes | str, **options: str) -> list[Any]:
    stream = BytesIO(data.encode() if isinstance(data, str) else data)
    assert FORMAT.read is not None
    return list(FORMAT.read(Source("a/x.conll", stream=stream), options))


def articles(found: Iterable[Any]) -> list[Article]:
    items = (each.item for each in found if isinstance(each, Found))
    return [each for each in items if isinstance(each, Article)]


def told(article: Article) -> list[tuple[str, str]]:
    return [
        (each.label, each.quote(article.document.text))
        for work in article.works
        for each in work.annotations
    ]


def write(items: Iterable[Item], **options: str) -> tuple[str, list[Lost]]:
    stream = BytesIO()
    assert FORMAT.to_stream is not None
    losses = [each for each in FORMAT.to_stream(items, stream, options) if isinstance(each, Lost)]
    return stream.getvalue().decode(), losses


def tagset(*labels: str) -> TagsetVersion:
    made = Tagset("t", 1, tuple(Label(each, key="", color="#000000") for each in labels))
    return TagsetVersion(1, dumps(made))


def article(*spans: tuple[int, int, str], text: str = TEXT) -> Article:
    document = document_of(text)
    layer = Layer.of(document.id, "ada", state="open", meta={"blind": 1, "lines": {"brat": "x"}})
    notes = (
        Annotation(str(number), layer.id, (Span(start, end),), label)
        for number, (start, end, label) in enumerate(spans)
    )
    return Article(document, (Work(layer, tuple(notes)),))


# Writing


def test_a_column_a_label() -> None:
    out, losses = write(
        [tagset("claim", "actor"), article((0, 4, "actor"), (0, 14, "claim"), (21, 28, "actor"))]
    )
    assert losses == []
    lines = [line for line in out.split("\n") if not line.startswith(("# annotator", "# newdoc"))]
    assert lines == [
        "# global.columns = FORM claim actor",
        r"# text = Baku denies\tit 🙂.\n\n \s",
        "Baku\tB-claim\tB-actor",
        "denies\tI-claim\tO",
        "it\tI-claim\tO",
        "🙂\tO\tO",
        ".\tO\tO",
        "",
        r"# text = Yerevan says so, too.\s",
        "Yerevan\tO\tB-actor",
        "says\tO\tO",
        "so\tO\tO",
        ",\tO\tO",
        "too\tO\tO",
        ".\tO\tO",
        "",
        "",
    ]


def test_outermost_and_bioes() -> None:
    out, losses = write(
        [tagset("claim", "actor"), article((0, 4, "actor"), (0, 14, "claim"), (21, 28, "actor"))],
        labels="outermost",
        scheme="BIOES",
        comments="no",
    )
    assert out.split("\n")[:9] == [
        "-DOCSTART-\tO",
        "",
        "Baku\tB-claim",
        "denies\tI-claim",
        "it\tE-claim",
        "🙂\tO",
        ".\tO",
        "",
        "Yerevan\tS-actor",
    ]
    assert [(each.what, each.count) for each in losses] == [
        ("annotations", 1),
        ("article details", 1),
        ("articles", 1),
        ("details of layers", 1),
    ]
    assert "0-4" in losses[0].where
    assert "overlaps a longer one" in losses[0].why
    (back,) = articles(read(out))
    assert told(back) == [("claim", "Baku denies it"), ("actor", "Yerevan")]


def test_what_is_moved_or_left_out_is_lost() -> None:
    made = article((1, 9, "claim"), (17, 20, "claim"), (0, 4, "other"))
    two = replace(made.works[0].annotations[0], id="9", spans=(Span(21, 28), Span(34, 36)))
    notes = (*made.works[0].annotations, two)
    out, losses = write([tagset("claim"), replace(made, works=(Work(made.works[0].layer, notes),))])
    assert [each.why for each in losses] == [
        "it covers nothing but white space",
        "the tag set has no such label",
        "its fragments became one span",
        "its ends were moved to the edges of tokens",
    ]
    assert told(articles(read(out))[0]) == [
        ("claim", "Baku denies"),
        ("claim", "Yerevan says so"),
    ]


def test_a_sentence_goes_on_where_a_span_does() -> None:
    out, losses = write([tagset("claim"), article((12, 33, "claim"))])
    assert losses == []
    assert out.count("# text") == 1


def test_without_works_labels_or_tokens() -> None:
    bare = Article(document_of(" \n"))
    out, losses = write([bare, article(text="x")])
    assert losses == []
    found = read(out)
    assert [each.document for each in articles(found)] == [
        bare.document,
        articles(found)[1].document,
    ]
    assert [len(each.works) for each in articles(found)] == [0, 1]
    assert articles(read(write([bare])[0]))[0].document == bare.document
    simple = Article(document_of("Baku said so."))
    assert [each.what for each in write([simple], comments="no")[1]] == ["article details"]


def one_layer(items: list[Item]) -> list[Item]:
    return [
        replace(each, works=each.works[:1], decisions=()) if isinstance(each, Article) else each
        for each in items
    ]


@settings(max_examples=60)
@given(corpora(), st.sampled_from(("BIO", "BIOES")), st.sampled_from(("columns", "outermost")))
def test_a_plain_reader_finds_what_was_written(
    corpus: tuple[Tagset, list[Value]], scheme: str, labels: str
) -> None:
    items = one_layer(items_of(*corpus))
    out, losses = write(items, scheme=scheme, labels=labels)
    rows = [line.split("\t") for line in out.split("\n") if line and not line.startswith("# ")]
    assert len({len(row) for row in rows}) < 2
    begun = Counter(cell[2:] for row in rows for cell in row[1:] if cell[:2] in ("B-", "S-"))
    before = [each for each in items if isinstance(each, Article)]
    dropped = sum("moved" not in each.why and "became" not in each.why for each in losses)
    all_ = sum(len(work.annotations) for each in before for work in each.works)
    assert begun.total() == all_ - dropped
    texts = "".join(form for form, *_ in rows)
    assert texts == "".join(
        sign
        for each in before
        for sign in each.document.text
        if not sign.isspace() and sign not in "\u200b\ufeff"
    )
    if before:
        found = read(out)
        assert [each.document for each in articles(found)] == [each.document for each in before]
        assert not [each for each in found if isinstance(each, Problem)]
        same = sum(
            ((Counter(_spans(one)) & Counter(_spans(other))).total())
            for one, other in zip(before, articles(found), strict=True)
        )
        assert same == all_ - len(losses)


def _spans(article: Article) -> list[tuple[str, tuple[Span, ...]]]:
    return [(each.label, each.spans) for work in article.works for each in work.annotations]


@given(st.text(min_size=1))
def test_labels_are_no_trouble(label: str) -> None:
    assert not any(sign.isspace() or sign in ",;|" for sign in written(label))
    assert tags("x", 1, "BIOES") == ["S-x"]


# Reading


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ("B-X I-X O B-X B-X", ["a b", "d", "e"]),
        ("B-X E-X O S-X S-X", ["a b", "d", "e"]),
        ("I-X I-X O I-X B-X", ["a b", "d", "e"]),
        ("B-X L-X U-X U-X O", ["a b", "c", "d"]),
        ("B-X I-Y I-Y O E-Y", ["a", "b c", "e"]),
        ("B-X I-X E-X I-X E-X", ["a b c", "d e"]),
        ("B-X,B-Y I-X,I-Y I-Y O O", ["a b", "a b c"]),
        ("B-X|B-Y O O O B-a,b", ["a", "a", "e"]),
        ("B I O _ -", ["a b"]),
    ],
)
def test_schemes_are_found_by_looking(cells: str, expected: list[str]) -> None:
    lines = (f"{form} {cell}" for form, cell in zip("abcde", cells.split(), strict=True))
    (found,) = articles(read("\n".join(lines)))
    assert [quote for _, quote in told(found)] == expected


def test_what_was_repaired_is_said() -> None:
    found = read("a B-X\nb O\nc I-X\n\nd I-X\n")
    notes = [each.what for each in found if isinstance(each, Note)]
    assert notes[0].startswith("The text of 1 article was put together from the tokens")
    assert notes[1].startswith("2 spans that began without a B- taken as they stand")
    assert notes[1].endswith("the first in line 3.")
    found = read("a I-X\nb B-X\nc O\n")
    assert found[-1].what == "Its tags are read as IOB1: B- only parts neighbours."
    assert told(articles(found)[0]) == [("X", "a"), ("X", "b")]


def test_articles_of_conll_2003() -> None:
    chunked = (
        "-DOCSTART- -X- -X- O\n\nEU NNP B-NP B-ORG\nrejects VBZ B-VP O\n. . O O\n\n\n"
        "-DOCSTART- -X- -X- O\n\nPeter NNP B-NP B-PER\nBlackburn NNP I-NP I-PER\n"
    )
    found = articles(read(chunked))
    assert [each.document.text for each in found] == ["EU rejects.", "Peter Blackburn"]
    assert [told(each) for each in found] == [[("ORG", "EU")], [("PER", "Peter Blackburn")]]
    assert found[0].document.meta == {"file": "x.conll"}
    assert found[0].works[0].layer.state == "done"
    assert len(articles(read("a B-X\n\nb O\n\nc O\n", articles="sentences"))) == 3


def test_more_columns_of_tags() -> None:
    (found,) = articles(read(GERMAN))
    assert told(found) == [("ORG", "Universität Wien"), ("LOC", "Wien")]
    (found,) = articles(read(GERMAN, tags="last"))
    assert told(found) == [("LOC", "Wien")]
    (found,) = articles(read("a B-NP\nb I-NP\n"))
    assert told(found) == [("NP", "a b")]


def test_the_text_of_a_comment_is_taken() -> None:
    found = read("# newdoc id = 1\n# text = It’s  here .\nIt B-X\n’s O\nhere B-X\n. O\n")
    assert articles(found)[0].document.text == "It’s  here ."
    assert [quote for _, quote in told(articles(found)[0])] == ["It", "here"]
    found = read("# text = Not this\nIt B-X\nis O\n\n# text = a\u0007\na O\n")
    assert articles(found)[0].document.text == "It is\na"
    assert "2 sentences whose # text has not all its tokens" in found[-1].what


def test_a_sign_may_be_a_token() -> None:
    (found,) = articles(read("# B-X\nthe O\n#\n# a comment\n#tag B-X\n"))
    assert found.document.text == "#the\n#tag" or told(found) == [("X", "#"), ("X", "#tag")]


def test_odd_tokens_keep_offsets_right() -> None:
    data = "a\u0001b\tB-X\n\ufeff\tO\nc\u2028d\tB-X\nNew York\tB-X\n"
    (found,) = articles(read(data))
    assert [quote for _, quote in told(found)] == ["a\ufffdb", "c\nd", "New York"]


def test_broken_lines_are_named() -> None:
    found = read("a\tB-X\nb\nc\tI-X\td\n\tO\ne\tQ-X\nf\tO\n" + "g\tO\n" * 9)
    assert [(each.where, each.what) for each in found if isinstance(each, Problem)] == [
        ("a/x.conll, line 2", "it has 1 column, not 2; its tags were left out"),
        ("a/x.conll, line 3", "it has 3 columns, not 2; its tags were left out"),
        ("a/x.conll, line 4", "it has no token"),
        ("a/x.conll, line 5", '"Q-X" is no tag like B-person or O'),
    ]
    assert articles(found)[0].document.text.startswith("a b c e f")


def test_own_comments_that_are_broken() -> None:
    out, _ = write([tagset("claim"), article((0, 4, "claim"))])
    for sound, broken, what in (
        ('"role": "annotator"', '"role": "boss"', 'of its "layer", "role" is not one of'),
        ("# annotator = {", "# annotator = {,", "it is not JSON"),
    ):
        found = read(out.replace(sound, broken))
        assert any(each.what.startswith(what) for each in found if isinstance(each, Problem))
        assert told(articles(found)[0]) == [("claim", "Baku")]


def test_what_is_too_large_stays_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conll_reader, "LIMIT", 10)
    found = read(
        "-DOCSTART-\tO\n\n" + "abcd\tO\n" * 5 + "\n-DOCSTART-\tO\n\na\tB-X\n" + "b\tO\n" * 2
    )
    assert [each.what for each in found if isinstance(each, Problem)] == [
        "the article is longer than 10 characters"
    ]
    assert told(articles(found)[0]) == [("X", "a")]
    monkeypatch.setattr("annotator.formats.streams.LIMIT", 8)
    found = read("a\tB-X\n" + "b" * 20 + "\tO\nc\tO\n")
    assert found[0].where == "a/x.conll, line 2"


@pytest.mark.parametrize("data", ["", "\n\n", "# a\n", "Plain words here.\nAnd more\n", "a\nb\n"])
def test_other_files_are_refused(data: str) -> None:
    with pytest.raises(UserError, match="is no CoNLL file"):
        read(data)
    assert registry.sniffed(data.encode(), "x.txt") is None


def test_it_knows_itself() -> None:
    for data in (GERMAN, "a B-X\nb O\n", write([tagset("é"), article()])[0]):
        assert registry.sniffed(data.encode(), "x.txt") is FORMAT
    assert registry.sniffed(b"a\tO", "x.conll") is FORMAT
    assert registry.sniffed(b"claim O\nand more words\nthat are none\n", "x.txt") is None
    assert registry.sniffed(b"Vitamin B\n\nIt is scarce.\n", "x.txt") is None
    assert registry.sniffed(b"Vitamin B\nis O\n", "x.conll") is FORMAT


OWN = write([tagset("claim", "actor"), article((0, 4, "actor"), (0, 14, "claim")), article()])[0]


def test_spaces() -> None:
    forms = ["He", "said", ":", '"', "It", "'s", "(", "not", ")", "done", '"', ".", "Do", "n't"]
    text, starts = spaced(forms)
    assert text == "He said: \"It's (not) done\". Don't"
    assert all(text.startswith(form, at) for form, at in zip(forms, starts, strict=True))
