"""The ledger as JSON, as a table, as plain text and as a page."""

import csv
from html.parser import HTMLParser

from annotator.ledger.html import page
from annotator.ledger.joining import ledger
from annotator.ledger.plain import lines
from annotator.ledger.records import COLUMNS, as_json, table
from annotator.ledger.values import Ledger
from tests.ledger.helpers import ARMENIA, AUGUST, BAKU, Desk, sample_ledger

SAMPLE = sample_ledger()


def odd() -> Ledger:
    """Two articles with all that a page must bear: signs of HTML, rivals, loose links, no side."""
    desk, other = Desk("<d1>", "2022-09-14"), Desk("d2")
    for each in (desk, other):
        ministry = each.actor("the ministry")
        claim = each.claim("=HYPERLINK(<b>) & so it was on that very day", ministry)
        denial = each.mark("denial", "no, it was not")
        each.link("denies", denial, claim)
        each.link("denies", denial, "gone")
        each.mark("denial", "we don't confirm that")
        each.claim("the others began", each.actor("Baku", BAKU), when=AUGUST)
    told = {"when": AUGUST, "whose": "e3", "outcome": "killed"}
    two = desk.mark("casualty", "two men", low=2, high=2, **told)
    desk.mark("casualty", "five men", low=9, high=5, **told)
    desk.mark("casualty", "several", bound="vague")
    said = desk.claim("against all", desk.actor("Yerevan", ARMENIA))
    desk.link("against", said, desk.annotations[0])
    desk.link("disputes", said, two)
    return ledger([desk.page(), other.page()])


ODD = odd()


def test_json_has_each_annotation_for_itself() -> None:
    found = as_json(SAMPLE)
    assert [len(found[each]) for each in ("claims", "denials", "casualties")] == [20, 2, 10]
    first, soldiers = found["claims"][0], found["casualties"][0]
    assert list(first["sources"][0]) == ["annotation", "entity", "name", "side"]
    assert first["denials"][0]["text"].startswith("deny that")
    assert list(first["denials"][0]) == ["annotation", "document", "text", "sources"]
    assert first["when"] == {
        "from": "2022-09-12",
        "to": "2022-09-13",
        "text": "the night of September 12",
    }
    assert soldiers["said_by"][0]["annotation"]
    assert soldiers["whose"][0]["annotation"] is None
    assert soldiers["origin"]
    assert (len(found["unanswered"]), found["untargeted"], found["competing"]) == (17, [], [])
    assert found["answers"][0] == {"side": "Armenia", "denies": "Azerbaijan", "count": 1}
    assert {each["voice"] for each in found["claims"]} == {"own", "reported"}
    (undated,) = found["over_time"]["published"]
    assert (undated["from"], undated["to"]) == (None, None)
    assert [len(undated[each]) for each in ("claims", "denials", "casualties")] == [20, 2, 10]
    *dated, undated = found["over_time"]["when"]
    assert [each["from"] for each in dated] == sorted(each["from"] for each in dated)
    assert undated["from"] is None
    published = as_json(ODD)["over_time"]["published"]
    assert [each["from"] for each in published] == ["2022-09-14", None]


def test_json_of_what_is_odd() -> None:
    found = as_json(ODD)
    assert len(found["competing"][0]) == 2
    assert (found["loose_links"], len(found["disputed"]), len(found["untargeted"])) == (2, 1, 2)
    assert found["claims"][0]["when"] is None
    assert found["casualties"][0]["origin"] is None


def test_a_table_has_a_row_for_each_annotation() -> None:
    rows = list(csv.DictReader(table(SAMPLE)))
    assert len(rows) == 32
    assert tuple(rows[0]) == COLUMNS
    soldiers = next(each for each in rows if each["text"] == "14 soldiers")
    assert (soldiers["kind"], soldiers["low"], soldiers["from"]) == ("casualty", "14", "2022-08-03")
    assert (soldiers["whose_sides"], soldiers["sides"]) == ("Nagorno-Karabakh", "Nagorno-Karabakh")
    statements = {each["statement"] for each in rows}
    assert len(statements) == 30
    denied = next(each for each in rows if each["denied_by"])
    assert next(each for each in rows if each["annotation"] == denied["denied_by"])["denies"]


def test_a_table_has_no_formulas() -> None:
    texts = [each["text"] for each in csv.DictReader(table(ODD))]
    assert sum(each.startswith("'=HYPERLINK") for each in texts) == 2


def test_plain_text() -> None:
    told = list(lines(SAMPLE))
    assert told[0] == "18 claims, 2 denials"
    assert "Claims that somebody denies: 2" in told
    assert "Casualties, 3 August 2022" in told
    assert "  Armenia                     0        1" in told
    assert any(each.startswith("  the article, 12–13 September 2022: “To prevent") for each in told)
    strange = list(lines(ODD, hidden="Something is hidden."))
    assert strange[1] == "Something is hidden."
    assert "2 links to something that is not there, left out." in strange
    assert any("9 to 5 (low above high) (competing)" in each for each in strange)
    assert any(each.startswith("    also: ") and "[On d2]" in each for each in strange)
    assert any("no side given" in each for each in strange)
    assert list(lines(Ledger())) == ["0 claims, 0 denials"]


class Checker(HTMLParser):
    """Follows a page's elements: they must close in order, and bring nothing from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.names: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        assert not {"src", "href", "onclick"} & {name for name, _ in attrs}
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_page_is_whole_escaped_and_needs_nothing() -> None:
    for found in (SAMPLE, ODD, Ledger()):
        checker = Checker()
        checker.feed(text := "".join(page(found, hidden="<hidden>")))
        checker.close()
        assert checker.open == []
        assert not {"script", "link", "img", "b"} & set(checker.names)
        assert checker.names.count("table") == checker.names.count("caption")
        assert "&lt;hidden&gt;" in text
    strange = "".join(page(ODD))
    assert "=HYPERLINK(&lt;b&gt;) &amp; so it was" in strange
    assert "competing" in strange
    assert 'class="bar vague"' in strange
    assert "prefers-color-scheme: dark" in strange
    assert "@media print" in strange
