"""How a corpus is cited: fields from settings, and a file that CFF's readers take."""

import pytest
import yaml

from annotator.core.citation import Author, Citation, backgrounds, cff, field_problem
from annotator.core.errors import UserError
from annotator.core.model import Setting


def test_fields_come_from_settings() -> None:
    settings = [
        Setting("corpus.title", "Two days"),
        Setting("corpus.authors", "Petrosyan, Mira; 0000-0002-1825-0097; YSU; Dept. 1\nThe Desk"),
        Setting("corpus.keywords", "war\nnews"),
        Setting("corpus.unknown", "x"),
        Setting("background.mira", "linguist"),
        Setting("background.jonas", ""),
        Setting("other", "x"),
    ]
    found = Citation.of(settings)
    assert found == Citation(
        title="Two days",
        authors=(
            Author("Petrosyan", "Mira", "0000-0002-1825-0097", "YSU; Dept. 1"),
            Author("The Desk"),
        ),
        keywords=("war", "news"),
    )
    assert backgrounds(settings) == {"mira": "linguist"}


def test_file_says_what_was_given() -> None:
    authors = (
        Author("Petrosyan", "Mira", "0000-0002-1825-0097", "YSU: Yerevan"),
        Author("Desk #1", affiliation="none"),
    )
    words = 'A "quoted": title\nof two lines, with 🙂, \u2028 and \x85 # signs'
    found = Citation(
        words,
        "About.",
        authors,
        "1.0",
        "2026-11-23",
        "10.1/x",
        "https://a.b",
        "CC-BY-4.0",
        ("a", "b"),
    )
    assert yaml.safe_load(cff(found, "else")) == {
        "cff-version": "1.2.0",
        "message": "If you use this corpus, please cite it as below.",
        "type": "dataset",
        "title": words,
        "authors": [
            {
                "family-names": "Petrosyan",
                "given-names": "Mira",
                "orcid": "https://orcid.org/0000-0002-1825-0097",
                "affiliation": "YSU: Yerevan",
            },
            {"name": "Desk #1"},
        ],
        "abstract": "About.",
        "version": "1.0",
        "date-released": "2026-11-23",
        "doi": "10.1/x",
        "url": "https://a.b",
        "license": "CC-BY-4.0",
        "keywords": ["a", "b"],
    }


def test_nothing_given() -> None:
    found = yaml.safe_load(cff(Citation(), "Untitled"))
    assert (found["title"], found["authors"]) == ("Untitled", [{"alias": "anonymous"}])
    assert yaml.safe_load(cff(Citation(licence="https://a.b/l"), "x"))["license-url"]
    assert "license" not in cff(Citation(licence="ask us"), "x")


def test_fields_that_cannot_be() -> None:
    for name, value in (("date", "2026"), ("doi", "https://doi.org/10.1/x"), ("url", "a.b")):
        assert value in field_problem(name, value)
    for name, value in (
        *(("date", "2026-11-23"), ("doi", "10.1234/x.y"), ("url", "https://a.b/c")),
        *(("authors", "A, B\nC"), ("title", "x")),
    ):
        assert field_problem(name, value) == ""
    with pytest.raises(UserError, match="names no author"):
        field_problem("authors", "A\n; 0000-0002-1825-0097")
