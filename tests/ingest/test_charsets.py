"""What a page says of its encoding against what its bytes are."""

import pytest

from annotator.core.errors import UserError
from annotator.ingest.charsets import decoded_page
from annotator.ingest.original import Original

RUSSIAN = "Министр заявил, что переговоры продолжаются, погибли 49 военных."


def page(words: str, said: str, encoding: str) -> Original:
    return Original("a.html", f'<meta charset="{said}"><p>{words}'.encode(encoding))


@pytest.mark.parametrize(
    ("words", "said", "encoding", "known"),
    [
        (RUSSIAN, "windows-1251", "cp1251", "cp1251"),
        (RUSSIAN, "KOI8-R", "koi8-r", "koi8-r"),
        ("şişli ağaç", "iso-8859-9", "cp1254", "cp1254"),
        ("“café” naïve", "iso-8859-1", "cp1252", "cp1252"),
        ("中文新闻报道", "gb2312", "gb18030", "gb18030"),
        ("Talks", "windows-1251", "ascii", "utf-8"),
        (RUSSIAN, "utf-8", "utf-8-sig", "utf-8-sig"),
        (RUSSIAN, "utf-16", "utf-8", "utf-8"),
        (RUSSIAN, "utf-16", "utf-16", "utf-16"),
    ],
)
def test_what_fits_is_taken(words: str, said: str, encoding: str, known: str) -> None:
    found = decoded_page(page(words, said, encoding), None)
    assert words in found.text
    assert found.encoding == known
    assert not any("guess" in note or "The page says" in note for note in found.notes)


def test_a_page_that_is_wrong_about_itself() -> None:
    found = decoded_page(page(RUSSIAN, "windows-1251", "utf-8"), None)
    assert RUSSIAN in found.text
    assert found.notes == ("The page says that it is in windows-1251; it was read as utf-8.",)
    found = decoded_page(page(RUSSIAN, "ascii", "cp1251"), None, "utf-8")
    assert RUSSIAN in found.text
    assert found.encoding == "cp1251"


@pytest.mark.parametrize("said", ["nonsense", "rot13", "utf-8"])
def test_names_that_say_nothing(said: str) -> None:
    found = decoded_page(page(RUSSIAN * 3, said, "cp1251"), None)
    assert found.encoding == "cp1251"
    assert found.notes[0] == "Not UTF-8; read as cp1251, which is a guess."


def test_a_choice_comes_before_all() -> None:
    found = decoded_page(page(RUSSIAN, "koi8-r", "cp1251"), "cp1251")
    assert RUSSIAN in found.text
    with pytest.raises(UserError, match=r"a.html: Byte \d+ of the file is not utf-8"):
        decoded_page(page(RUSSIAN, "koi8-r", "cp1251"), "utf-8")
