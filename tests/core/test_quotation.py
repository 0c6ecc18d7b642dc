from annotator.core.model import Document
from annotator.core.quotation import quotation
from annotator.core.span import Span

TEXT = "The ministry says that nobody\nwas hurt."


def test_a_quotation_says_where_it_is_from() -> None:
    document = Document(
        "d", "Nobody hurt", TEXT, "", "Agency", "https://example.org/1", "2022-09-13"
    )
    assert quotation(document, [Span(4, 12), Span(23, 38)], label="claim", by="mira") == (
        "“ministry … nobody was hurt” — Nobody hurt, Agency, 2022-09-13, https://example.org/1, "
        "characters 4–12, 23–38, claim by mira"
    )


def test_what_is_not_known_is_left_out() -> None:
    document = Document("d", "Nobody hurt", TEXT, "")
    assert quotation(document, [Span(4, 12)]) == "“ministry” — Nobody hurt, characters 4–12"
    assert quotation(document, [Span(4, 12)], by="mira").endswith("characters 4–12")
    assert quotation(document, [Span(4, 12)], label="claim").endswith("4–12, claim")
