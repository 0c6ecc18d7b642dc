"""WebAnno TSV 3: files written by hand from its published description."""

import pytest

from annotator.formats import registry
from annotator.formats.base import Found, Note, Problem
from annotator.formats.webanno.format import FORMAT
from tests.formats import rough

HEAD = "#FORMAT=WebAnno TSV 3.3\n"
NER = "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|value\n"
FRAMES = (
    "#T_SP=webanno.custom.Frame|FE|ROLE_webanno.custom.Frame:Roles_webanno.custom.FrameLink"
    "|webanno.custom.Lu\n#T_SP=webanno.custom.Lu|lu\n"
)
SPAN = "#T_SP=webanno.custom.Span|value\n"
LINKED = f"{SPAN}#T_RL=webanno.custom.Rel|value|sure|BT_webanno.custom.Span\n"
EMOJI = (
    f"{HEAD}{LINKED}\n\n"
    "#Sentence.id=s1\n#Text=I like 😊 it\n"
    "1-1\t0-1\tI\t_\t_\t_\t_\t\n"
    "1-2\t2-6\tlike\t_\t_\t_\t_\t\n"
    "1-3\t7-9\t😊\t*[1]|x\\_y[2]\t_\t_\t_\t\n"
    "1-4\t10-12\tit\t*[1]|x\\_y[2]|z[3]\tr|*\tyes|*\t1-3[1_3]|2-2[0_3]\t\n\n"
    "#Text=The 😊\n#Text=end\n"
    "2-1\t14-17\tThe\t*[4]\t_\t_\t_\t\n"
    "2-2\t18-20\t😊\tq\t_\t_\t_\t\n"
    "2-3\t21-24\tend\t_\t_\t_\t_\t\n"
)


def read(text: str | bytes, labels: str = "") -> list[Found | Problem | Note]:
    data = text.encode() if isinstance(text, str) else text
    found = rough.read(FORMAT, data, "a/f.tsv", {"labels": labels} if labels else {})
    assert not isinstance(found, str), found
    return list(found)


def told(text: str, labels: str = "") -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Annotations by label, words and attributes; relations by type, words of ends, attributes."""
    (article,) = rough.articles(read(text, labels))
    (work,) = article.works
    words = {each.id: each.quote(article.document.text) for each in work.annotations}
    assert len(words) == len(work.annotations)
    return (
        [(each.label, words[each.id], dict(each.attributes)) for each in work.annotations],
        [
            (each.type, words[each.source], words[each.target], dict(each.attributes))
            for each in work.relations
        ],
    )


def test_units_stacks_relations_and_several_sentences() -> None:
    spans, links = told(EMOJI)
    assert spans == [
        ("Span", "😊 it", {}),
        ("x_y", "😊 it", {}),
        ("z", "it", {}),
        ("Span", "The", {}),
        ("q", "😊", {}),
    ]
    assert links == [("r", "😊 it", "it", {"sure": "yes"}), ("Rel", "😊", "it", {})]
    (article,) = rough.articles(read(EMOJI))
    assert article.document.text == "I like 😊 it \nThe 😊\nend"
    assert article.document.meta == {"file": "f.tsv"}


@pytest.mark.parametrize(
    ("unit", "places"),
    [
        ("code points", ("7-8", "9-11", "12-14")),
        ("UTF-8 bytes", ("7-11", "12-14", "15-17")),
    ],
)
def test_other_units_are_found(unit: str, places: tuple[str, ...]) -> None:
    text = f"{HEAD}{SPAN}\n\n#Text=I like 😊 it\n1-1\t0-1\tI\t_\n1-2\t{places[0]}\t😊\tA\n"
    text += f"1-3\t{places[1]}\tit\tB\n\n#Text=So\n2-1\t{places[2]}\tSo\tC\n"
    assert [each[:2] for each in told(text)[0]] == [("A", "😊"), ("B", "it"), ("C", "So")]
    assert Note("a/f.tsv", f"Its offsets are counted in {unit}.") in read(text)


def test_slots() -> None:
    text = (
        f"{HEAD}{FRAMES}\n\n#Text=Bob auctioned the clock to John.\n"
        "1-1\t0-3\tBob\t_\t_\t_\tbob\n"
        "1-2\t4-13\tauctioned\ttransaction\tseller;goods;*\t1-1;1-3[4];1-6\t_\n"
        "1-3\t14-17\tthe\t_\t_\t_\tclock[4]\n"
        "1-4\t18-23\tclock\t_\t_\t_\tclock[4]\n"
        "1-5\t24-26\tto\t*[5]|b[6]\t_|*[6]\t_|1-1\t_\n"
        "1-6\t27-31\tJohn\t*\t*\t_\tjohn\n"
        "1-7\t31-32\t.\t_\t_\t_\t_\n"
    )
    spans, links = told(text, "FE")
    assert ("transaction", "auctioned", {}) in spans
    assert ("Lu", "the clock", {"lu": "clock"}) in spans
    assert links == [
        ("seller", "auctioned", "Bob", {}),
        ("goods", "auctioned", "the clock", {}),
        ("Roles", "auctioned", "John", {}),
        ("Roles", "to", "Bob", {}),
    ]
    spans, _ = told(text)
    assert ("Frame", "auctioned", {"FE": "transaction"}) in spans


def test_labels_and_attributes() -> None:
    text = f"{HEAD}{NER}\n\n#Text=Yerevan\n1-1\t0-7\tYerevan\thttp://x/Q1\tLOC\t\n"
    assert told(text)[0] == [("LOC", "Yerevan", {"identifier": "http://x/Q1"})]
    assert told(text, "type")[0] == [
        ("NamedEntity", "Yerevan", {"identifier": "http://x/Q1", "value": "LOC"})
    ]


def test_layers_of_tokens_are_none_of_ours() -> None:
    lemma = "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Lemma|value\n"
    text = f"{HEAD}{lemma}#T_SP=x.Quote|\n\n\n#Text=said so\n1-1\t0-4\tsaid\tsay\t*[1]\t\n"
    text += "1-2\t5-7\tso\tso\t*[1]\t\n"
    assert told(text)[0] == [("Quote", "said so", {})]


@pytest.mark.parametrize("turned", [False, True])
def test_chains(turned: bool) -> None:
    names = ["referenceType", "referenceRelation"]
    rows = [["pr[1]", "coref->1-1"], ["pr[1]", "*->1-2"], ["*[1]|*[2]|*[3]", "*->1-3|*->2-1|odd"]]
    lines = [f"1-1\t0-2\tHe\t{{}}\t{{}}\t{EOL}", f"1-2\t3-7\tshot\t{{}}\t{{}}\t{EOL}"]
    lines += [f"1-3\t8-15\thimself\t{{}}\t{{}}\t{EOL}", f"1-4\t16-17\t.\t_\t_\t{EOL}"]
    head = f"{HEAD}#T_CH=x.CoreferenceLink|{'|'.join(names[::-1] if turned else names)}\n\n\n"
    body = "".join(
        line.format(*(row[::-1] if turned else row))
        for line, row in zip(lines, [*rows, ["", ""]], strict=True)
    )
    spans, links = told(f"{head}#Text=He shot himself .\n{body}")
    assert spans == [
        ("pr", "He", {}),
        ("pr", "shot", {}),
        ("Coreference", "himself", {}),
        ("Coreference", "himself", {}),
    ]
    assert links == [("coref", "He", "shot", {}), ("Coreference", "shot", "himself", {})]


EOL = "\n"


def test_relations_without_features() -> None:
    head = f"{HEAD}#T_SP=x.A|value\n#T_RL=x.R|BT_x.A\n\n\n#Text=a b\n"
    slim = f"{head}1-1\t0-1\ta\tX\t_\t\n1-2\t2-3\tb\tY\t1-1\t\n"
    wide = f"{head}1-1\t0-1\ta\tX\t_\t_\t\n1-2\t2-3\tb\tY\t*\t1-1\t\n"
    for text in (slim, wide):
        assert told(text)[1] == [("R", "a", "b", {})]


def test_slots_of_any_layer_and_links_to_nothing() -> None:
    head = (
        f"{HEAD}#T_SP=x.P|ROLE_x.P:args_x.Link|uima.tcas.Annotation\n#T_SP=x.A|value\n"
        "#T_RL=x.R|value|BT_x.A\n\n\n#Text=a b c\n"
    )
    text = (
        f"{head}1-1\t0-1\ta\tA0;A1;A2\t1-2[3];1-3;odd\t_\t_\t_\n"
        "1-2\t2-3\tb\t_\t_\tX[3]\tr|r\t1-2[3_3]|1-3\n"
        "1-3\t4-5\tc\t_\t_\tY\tr|r|r\t1-2[3_0]|1-2[3_0]|1-2[9_0]\n"
    )
    assert told(text)[1] == [
        ("r", "c", "b", {}),
        ("r", "b", "c", {}),
        ("r", "b", "c", {}),
        ("A0", "a", "b", {}),
        ("A1", "a", "c", {}),
    ]
    assert sorted(rough.problems(read(text))) == [
        '"A2" links what is no annotation here',
        '"r" links a span to itself',
        '"r" links what is no annotation here',
    ]


def test_parts_of_tokens_and_empty_ones() -> None:
    text = (
        f"{HEAD}{SPAN}\n\n#Text=plays on\n1-1\t0-5\tplays\ta[1]\n1-1.1\t0-4\tplay\tb\n"
        "1-1.2\t4-5\ts\tc[2]\n1-2\t6-8\ton\tc[2]|a[1]\n1-2.1\t6-6\t\td\n1-2.2\t7-7\t\t_\n"
    )
    assert [each[:2] for each in told(text)[0]] == [
        ("a", "plays on"),
        ("b", "play"),
        ("c", "s on"),
    ]
    assert rough.problems(read(text)) == ["it is empty; its annotations were left out"]


def test_escapes() -> None:
    text = f"{HEAD}{SPAN}\n\n#Text=a\\tb \\\\ \\u00e9\n"
    text += "1-1\t0-1\ta\t\\[x\\|y\\]\\->z\\;[1]|\\*\\_[2]\n1-2\t2-3\tb\tc\n"
    text += "1-3\t4-5\t\\\\\t\\\\\n1-4\t6-7\t\\u00e9\te\n"
    spans, _ = told(text)
    assert spans == [
        *(("[x|y]->z;", "a", {}), ("*_", "a", {})),
        *(("c", "b", {}), ("\\", "\\", {}), ("e", "é", {})),
    ]


def test_broken_rows_are_named() -> None:
    text = (
        f"{HEAD}{SPAN}\n\n1-1\t0-1\ta\tX\n#Text=a b c d\nodd\n1-1\t0-1\ta\tX\tY\tZ\n"
        "1-2\t2-3\tq\tX\n1-3\t4-5\tc\n1-4\t6-7\td\tD\n"
    )
    assert [(each[0], each[1]) for each in told(text)[0]] == [("D", "d")]
    assert rough.problems(read(text)) == [
        "there is no #Text before it",
        "it is no row: it does not begin with 1-1 and a place",
        "it has 3 cells for 1 columns; its annotations were left out",
        '"q" does not stand where it says; its annotations were left out',
        "it has 0 cells for 1 columns; its annotations were left out",
    ]


def test_gaps_that_cannot_be() -> None:
    text = f"{HEAD}{SPAN}\n\n#Text=a\n1-1\t900000000-900000001\ta\tA\n\n#Text=b\n"
    text += "2-1\t3-4\tb\tB\n\n#Text=c\n\n#Text=d\n4-1\t9-10\td\tD\r\n"
    (article,) = rough.articles(read(text))
    assert article.document.text == "a\nb\nc  \nd"
    assert [each[:2] for each in told(text)[0]] == [("A", "a"), ("B", "b"), ("D", "d")]


def test_it_knows_itself() -> None:
    assert registry.sniffed(EMOJI.encode(), "f.tsv") is FORMAT
    assert registry.sniffed(b"\xef\xbb\xbf" + EMOJI.encode(), "f.txt") is FORMAT
    assert told("\ufeff" + EMOJI) == told(EMOJI)
