"""The reading layout: what the sample looks like, and that every offset finds its way back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotator.core import reading
from annotator.core.lines import BULLETS, SPACE
from annotator.core.reading import Paragraph, Reading, raw_layout, reading_layout, reading_steps
from annotator.core.span import Span
from annotator.core.steps import at_once

SAMPLE = Path(__file__).parents[2] / "seeds" / "000_fd73173760f4400c.txt"
PIECES = st.sampled_from(
    [
        *[*"aAé.,:;()-•*\t \n\n\n", "\n\n", "  • ", "\n    ", "word", "Nikol", "said\n\n"],
        *["\n.\n", "\n, ", "😀", "🇦🇲", "👩‍👧", "e\u0301", "עברית", "\u202b", "قال", "،", "漢字。"],
        *["ნ", "\u0301", "\u200b", "\u3000", "\xa0", "\u2003"],
    ]
)
TEXTS = st.lists(PIECES | st.characters(exclude_categories=["Cc", "Cs"])).map("".join)
Layout = Callable[[str], Reading]
LAYOUTS: st.SearchStrategy[Layout] = st.sampled_from([reading_layout, raw_layout])


@pytest.fixture
def short_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut where a test can see it."""
    monkeypatch.setattr(reading, "LONGEST", 12)
    monkeypatch.setattr(reading, "_SLACK", 5)


def blocks(at: Reading) -> list[str]:
    return [at.shown[paragraph.start : paragraph.end] for paragraph in at.paragraphs]


def looks(text: str) -> list[tuple[int, bool, str, str, str]]:
    """Each paragraph's indent, gap, bullet and kind, and its words."""
    at = reading_layout(text)
    return [
        (of.indent, of.gap, of.bullet, of.kind, words)
        for of, words in zip(at.paragraphs, blocks(at), strict=True)
    ]


def shown_positions(at: Reading) -> list[int]:
    """The code points of the text that are shown."""
    parts = zip(at.segments.source, at.segments.lengths, strict=True)
    return [position for start, length in parts for position in range(start, start + length)]


def test_the_sample_reads_as_it_was_written() -> None:
    at = reading_layout(SAMPLE.read_text(encoding="utf-8"))
    words = blocks(at)
    assert (
        "Prime Minister of Armenia Nikol Pashinyan held a meeting of the Security Council of the"
        " country, which was also attended by President Vaughan Khachaturian and Chairman of the"
        " National Assembly Alen Simanyan."
    ) in words
    assert (
        "According to the decree of Karabakh leader Araik Harutyunyan, a partial mobilization was"
        " announced in Nagorno-Karabakh."
    ) in words
    assert (
        "It is also known that Nikol Pashinyan called French President Emmanuel Macron."
    ) in words
    heading = words.index("The conflict in Karabakh")
    kinds = [paragraph.kind for paragraph in at.paragraphs]
    assert kinds[:heading] == ["text"] * heading
    assert kinds[heading:] == [
        "heading",
        *["bullet", "continuation"],
        *["bullet", "continuation", "continuation"],
        *["bullet", "continuation"] * 3,
        "bullet",
    ]
    assert [of.indent for of in at.paragraphs] == [0] * (heading + 1) + [1] * 12
    assert {of.bullet for of in at.paragraphs if of.kind == "bullet"} == {"•"}
    assert all(of.gap for of in at.paragraphs[1:])


def test_a_span_crosses_the_joints_of_the_sample() -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    at = reading_layout(text)
    start = text.index("Prime Minister of Armenia")
    span = Span(start, text.index(".", start) + 1)
    units = at.span_to_widget(span)
    assert at.shown[slice(*units)].startswith("Prime Minister of Armenia Nikol Pashinyan held")
    assert at.shown[slice(*units)].endswith("Alen Simanyan.")
    assert at.span_from_widget(*units) == span


def test_a_position_in_a_joint_maps_right_for_a_start_and_left_for_an_end() -> None:
    text = "He left the small town of\n\nGyumri\n\n, they say."
    at = reading_layout(text)
    assert at.shown == "He left the small town of Gyumri, they say."
    joint = text.index("\n")
    for position in (joint, joint + 1):
        assert at.to_widget(position) == at.shown.index("Gyumri")
    for position in (joint, joint + 1, joint + 2):
        assert at.to_widget(position, end=True) == at.shown.index(" Gyumri")
    blank = at.shown.index(" Gyumri")
    assert at.to_source(blank) == text.index("Gyumri")
    assert at.to_source(blank + 1, end=True) == joint
    assert at.span_from_widget(blank, blank + 1) is None
    assert at.span_to_widget(Span(joint, joint + 1)) == (blank + 1, blank + 1)


def test_lists_are_indented_and_headings_found() -> None:
    long = "A long first paragraph, longer than a heading is. " * 3
    items = (
        "- one\n  more of one\n\t* deeper\n\t  and deeper\n- two\nNot indented\n    nor under it"
    )
    assert looks(f"Title of it\n\n{long}\n\nList\n{items}\n") == [
        (0, False, "", "heading", "Title of it"),
        (0, True, "", "text", long.strip()),
        (0, True, "", "heading", "List"),
        (1, False, "-", "bullet", "one"),
        (1, False, "", "continuation", "more of one"),
        (2, False, "*", "bullet", "deeper"),
        (2, False, "", "continuation", "and deeper"),
        (1, False, "-", "bullet", "two"),
        (0, False, "", "text", "Not indented"),
        (0, False, "", "text", "nor under it"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("One\nTwo\nThree", id="verse"),
        pytest.param("A short line", id="last line"),
        pytest.param("It ends.\n• item", id="full stop"),
        pytest.param("x" * 101 + "\n• item", id="too long"),
        pytest.param("Not finished\nEither\n• item", id="line above not finished"),
        pytest.param("The small town of\n\nGyumri\n\n, they say\n• item", id="joined"),
    ],
)
def test_what_is_no_heading(text: str) -> None:
    assert "heading" not in [of.kind for of in reading_layout(text).paragraphs[-2:]]


def test_empty_texts_have_one_empty_block() -> None:
    for text in ("", " \n\t\n"):
        at = reading_layout(text)
        assert (at.shown, at.paragraphs) == ("", (Paragraph(0, 0),))
        assert at.to_widget(0) == at.to_widget(len(text), end=True) == 0
        assert at.span_from_widget(0, 0) is None
    assert raw_layout("").paragraphs == (Paragraph(0, 0),)


def test_the_raw_lines_are_all_there() -> None:
    at = raw_layout(" a\n\n• b \n")
    assert at.shown == at.text
    assert at.paragraphs == (Paragraph(0, 2), Paragraph(3, 3), Paragraph(4, 8), Paragraph(9, 9))


@pytest.mark.usefixtures("short_blocks")
def test_a_long_paragraph_is_cut_behind_a_space_else_between_graphemes() -> None:
    assert blocks(raw_layout("alpha beta gamma delta")) == ["alpha beta ", "gamma delta"]
    assert blocks(raw_layout("x" * 30)) == ["x" * 12, "x" * 12, "x" * 6]
    assert blocks(raw_layout("🇦🇲" * 5 + "a" + "🇦🇿🇦🇿")) == ["🇦🇲" * 5 + "a", "🇦🇿🇦🇿"]
    assert blocks(raw_layout("e" + "\u0301" * 15)) == ["e" + "\u0301" * 11, "\u0301" * 4]


@pytest.mark.usefixtures("short_blocks")
def test_only_the_first_block_of_a_cut_paragraph_has_bullet_and_gap() -> None:
    at = reading_layout("One.\n\n• alpha beta gamma\n\n  delta alpha beta")
    assert blocks(at) == ["One.", "alpha beta ", "gamma", "delta alpha ", "beta"]
    assert [(of.gap, of.bullet, of.kind) for of in at.paragraphs[1:]] == [
        (True, "•", "bullet"),
        (False, "", "continuation"),
        (True, "", "continuation"),
        (False, "", "continuation"),
    ]


@pytest.mark.usefixtures("short_blocks")
def test_a_cut_has_no_length_in_the_text() -> None:
    text = "x" * 24
    at = raw_layout(text)
    assert at.shown == "x" * 12 + "\n" + "x" * 12
    assert (at.to_widget(12), at.to_widget(12, end=True)) == (13, 12)
    assert [at.to_source(unit) for unit in (12, 13)] == [12, 12]
    assert at.span_from_widget(*at.span_to_widget(Span(3, 20))) == Span(3, 20)


def test_positions_out_of_range_map_to_the_ends() -> None:
    at = reading_layout(" a ")
    assert (at.to_widget(-1), at.to_widget(9), at.to_widget(9, end=True)) == (0, 1, 1)
    assert (at.to_source(-1, end=True), at.to_source(9), at.to_source(9, end=True)) == (0, 3, 2)


def check(at: Reading) -> None:
    """All that holds for every reading."""
    assert [at.shown[of.start : of.end] for of in at.paragraphs] == at.shown.split("\n")
    shown = shown_positions(at)
    covered = set()
    for position in shown:
        units = at.to_widget(position)
        place = at.units.to_code_point(units)
        covered.add(place)
        assert at.shown[place] == at.text[position]
        assert at.to_source(units) == position
        end = at.to_widget(position + 1, end=True)
        assert at.to_source(end, end=True) == position + 1
    assert {at.shown[place] for place in range(len(at.shown)) if place not in covered} <= {
        " ",
        "\n",
    }
    for end in (False, True):
        there = [at.to_widget(position, end=end) for position in range(len(at.text) + 1)]
        back = [at.to_source(unit, end=end) for unit in range(at.units.units + 1)]
        assert there == sorted(there)
        assert back == sorted(back)
    for first in shown[::3]:
        for last in shown[::2]:
            if first <= last:
                span = Span(first, last + 1)
                assert at.span_from_widget(*at.span_to_widget(span)) == span


@given(TEXTS, LAYOUTS)
@example("He left the small town of\n\nGyumri 😀\n\n, they say.\n\n• 🇦🇲\n", reading_layout)
def test_every_shown_position_finds_its_way_back(text: str, layout: Layout) -> None:
    check(layout(text))


@pytest.mark.usefixtures("short_blocks")
@given(TEXTS, LAYOUTS)
@example("aaaaaaa  • a\n.\n", reading_layout)
@example("aaaaaaa  • a\na\n.\n", reading_layout)
def test_so_it_does_where_paragraphs_are_cut(text: str, layout: Layout) -> None:
    at = layout(text)
    check(at)
    assert all(of.end - of.start <= 12 for of in at.paragraphs)


@given(TEXTS)
def test_what_is_not_shown_is_white_space_or_a_bullet(text: str) -> None:
    at = reading_layout(text)
    hidden = set(range(len(text))) - set(shown_positions(at))
    assert {text[position] for position in hidden} <= set(SPACE + BULLETS)


@given(TEXTS)
def test_the_raw_layout_changes_nothing(text: str) -> None:
    at = raw_layout(text)
    assert at.shown == text
    assert [at.to_source(at.to_widget(position)) for position in range(len(text))] == list(
        range(len(text))
    )


def test_a_reading_is_made_bit_by_bit() -> None:
    text = "\n\n".join(f"Paragraph {number} says that nobody was hurt." for number in range(1_500))
    steps = reading_steps(text)
    count = sum(1 for _ in steps)
    assert count > 6
    assert at_once(reading_steps(text)) == reading_layout(text)
