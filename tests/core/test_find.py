"""Finding words whatever their case, accents and line ends; offsets are the text's own."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.core.find import fold, occurrences
from annotator.core.span import Span
from annotator.core.words import inside_word
from tests import strategies


def found(text: str, sought: str, **options: bool) -> list[str]:
    return [span.of(text) for span in occurrences(text, sought, **options)]


def spaced(text: str, *, case: bool, diacritics: bool) -> list[str]:
    return fold(text, case=case, diacritics=diacritics).split()


@given(strategies.texts(), st.data(), st.booleans(), st.booleans(), st.booleans())
def test_what_is_found_folds_to_what_was_sought(
    text: str, data: st.DataObject, case: bool, diacritics: bool, whole_words: bool
) -> None:
    sought = data.draw(strategies.spans(len(text))).of(text)
    options = {"case": case, "diacritics": diacritics}
    hits = occurrences(text, sought, whole_words=whole_words, **options)
    assert all(a.end <= b.start for a, b in pairwise(hits))
    for span in hits:
        assert spaced(span.of(text), **options) == spaced(sought, **options)
        if whole_words:
            assert not inside_word(text, span.start)
            assert not inside_word(text, span.end)


@given(strategies.texts(), st.data())
def test_whole_lines_are_found_where_they_are(text: str, data: st.DataObject) -> None:
    line = data.draw(st.sampled_from(text.split("\n"))).strip()
    around = f"x\n{line}\ny"
    for case in (True, False):
        hits = occurrences(around, line, case=case)
        words = fold(line, case=case).split()
        assert bool(words) == bool(hits)


@pytest.mark.parametrize(
    ("text", "sought", "words"),
    [
        ("Armenia, ARMENIA and armenian", "armenia", ["Armenia", "ARMENIA", "armenia"]),
        ("The Ministry\nof  Defence", "ministry of defence", ["Ministry\nof  Defence"]),
        ("Straße und STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("Straße", "stras", []),
        ("İzmir izmir", "izmir", ["İzmir", "izmir"]),
        ("re\u0301sume\u0301s, résumé", "resume", ["re\u0301sume\u0301", "résumé"]),
        ("كِتَاب كتاب", "كتاب", ["كِتَاب", "كتاب"]),
        ("Հայեվ հայև ՀԱՅԵՎ", "հայեվ", ["Հայեվ", "ՀԱՅԵՎ"]),
        ("Հայաստանը և ՀԱՅԱՍՏԱՆ", "հայաստան", ["Հայաստան", "ՀԱՅԱՍՏԱՆ"]),
        ("мой мои Ещё", "мои", ["мои"]),
        ("мои\u0306 мой", "мой", ["мои\u0306", "мой"]),
        ("Ещё и еще", "еще", ["Ещё", "еще"]),
        ("が か", "か", ["か"]),
        ("한 하", "하", ["하"]),
        ("🇦🇲 Kara\u00adbakh", "KARABAKH", ["Kara\u00adbakh"]),
        ("the army’s and the army's", "army's", ["army’s", "army's"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("aéa", "\u0301", []),
        ("nothing", " \n", []),
        ("", "word", []),
    ],
)
def test_case_accents_and_line_ends_do_not_count(text: str, sought: str, words: list[str]) -> None:
    assert found(text, sought) == words


def test_case_and_accents_count_where_asked() -> None:
    text = "Résumé résumé resume re\u0301sume\u0301 resume\u0301"
    assert found(text, "Resume", case=True) == ["Résumé"]
    assert len(found(text, "résumé", case=True)) == 4
    assert found(text, "résumé", diacritics=True) == ["Résumé", "résumé", "re\u0301sume\u0301"]
    assert found(text, "resume", diacritics=True) == ["resume"]
    assert found(text, "Résumé", case=True, diacritics=True) == ["Résumé"]


def test_whole_words_may_be_parts_of_joined_ones() -> None:
    text = "Armenian Armenia's Armenia-backed in Armenia. 亚美尼亚外交部"
    assert found(text, "armenia", whole_words=True) == ["Armenia"] * 3
    assert found(text, "外交部", whole_words=True) == ["外交部"]


def test_offsets_are_code_points_far_into_a_text() -> None:
    text = "🙂ß é\n" * 3_000 + "Նիկոլ Փաշինյան"
    assert occurrences(text, "նիկոլ փաշինյան") == [Span(15_000, 15_014)]
