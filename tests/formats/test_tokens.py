"""Sentences and tokens: all of a text, in order, once."""

from hypothesis import given

from annotator.formats.tokens import sentences, tokens
from tests.strategies import texts


@given(text=texts())
def test_tokens_of_sentences_are_all_that_is_no_space(text: str) -> None:
    found = [token for sentence in sentences(text) for token in tokens(text, sentence)]
    assert "".join(each.of(text) for each in found) == "".join(text.split())
    assert found == sorted(found)


def test_sentences_end_with_lines_and_stops() -> None:
    text = "Headline\n\n Mr. Smith said so. Baku denied it. \n"
    assert [each.of(text) for each in sentences(text)] == [
        *("Headline", "Mr. Smith said so.", "Baku denied it.")
    ]


def test_tokens_are_words_and_signs() -> None:
    text = 'He said: "No, 1,000!" e\u0301'
    (sentence,) = sentences(text)
    assert [each.of(text) for each in tokens(text, sentence)] == [
        *("He", "said", ":", '"', "No", ",", "1,000", "!", '"', "e\u0301")
    ]
