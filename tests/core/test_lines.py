"""Which lines of a scraped article are pieces of one paragraph, and which are not."""

import pytest

from annotator.core.lines import Line, joints_of, lines_of


def joined(*lines: str, by: str = "\n\n") -> list[str]:
    """The paragraphs that the lines come to."""
    found = lines_of(by.join(lines))
    result: list[str] = []
    for line, joint in zip(found, ["", *joints_of(found)], strict=False):
        if joint:
            result[-1] += ("" if joint == "mark" else " ") + line.content
        else:
            result.append(line.content)
    return result


@pytest.mark.parametrize(
    ("lines", "result"),
    [
        (
            [
                "It is also known that Nikol Pashinyan called French President",
                "Emmanuel Macron",
                ".",
            ],
            "It is also known that Nikol Pashinyan called French President Emmanuel Macron.",
        ),
        (
            [
                "According to the decree of Karabakh leader",
                "Araik Harutyunyan",
                ", a mobilization …",
            ],
            "According to the decree of Karabakh leader Araik Harutyunyan, a mobilization …",
        ),
        (
            ["The Ministry of", "Defence", "said on Monday that nothing of the kind had happened."],
            "The Ministry of Defence said on Monday that nothing of the kind had happened.",
        ),
        (
            ["At least", "14 soldiers", "were killed in the fighting, both sides told reporters."],
            "At least 14 soldiers were killed in the fighting, both sides told reporters.",
        ),
        (
            ["He spoke of the", "old bridge", "near the village, which was hit in the morning."],
            "He spoke of the old bridge near the village, which was hit in the morning.",
        ),
        (
            ["Armenia", "'s army (", "Second Corps", ") left."],
            "Armenia's army (Second Corps) left.",
        ),
        (
            ["He called it a “", "provocation", "” and left."],
            "He called it a “provocation” and left.",
        ),
        (
            ["Вооружённые силы", "Армении", ", как сообщают, ушли."],
            "Вооружённые силы Армении, как сообщают, ушли.",
        ),
        (["Նիկոլ", ", ասաց նա։"], "Նիկոլ, ասաց նա։"),
        (["قال الرئيس", "، ثم غادر"], "قال الرئيس، ثم غادر"),
        (["尼科尔", "\uff0c总理。"], "尼科尔\uff0c总理。"),
        (["ნიკოლ ფაშინიანი", ", თქვა მან."], "ნიკოლ ფაშინიანი, თქვა მან."),
        (
            ["He lives in Washington, D.C.", ", not here."],
            "He lives in Washington, D.C., not here.",
        ),
    ],
)
def test_pieces_of_a_sentence_are_joined(lines: list[str], result: str) -> None:
    assert joined(*lines) == [result]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(
            ["The conflict in Karabakh", "The dispute has been going on for years."], id="heading"
        ),
        pytest.param(
            ["First one.", "Second one.", "third, without a capital."], id="finished lines"
        ),
        pytest.param(["You will need", "apples", "pears", "plums."], id="list without stops"),
        pytest.param(
            [
                "the army did not answer the first warning",
                "the ministry kept silent for a whole day.",
            ],
            id="list in lower case",
        ),
        pytest.param(
            ["The sides agreed on this list:", "an end of fire in the whole border region."],
            id="colon",
        ),
        pytest.param(["Topics", "russia", "armed forces of the republics", "nato"], id="labels"),
        pytest.param(["Killed", "14", "Wounded", "22"], id="table"),
        pytest.param(
            ["“Who fired?”", "“We don’t know.”", "— Nobody told us", "– nor us."], id="dialogue"
        ),
        pytest.param(
            ["Our tests of the new telephone of this year", "iPhone wins the race."], id="brand"
        ),
        pytest.param(
            ["a) the first of the two demands of the army", "b) the second."], id="letters"
        ),
        pytest.param(["Text", "...", ".", "***", "---", ":-)"], id="ornaments"),
        pytest.param(["He left.", ".", "They stayed."], id="spacer"),
        pytest.param(
            ["ნიკოლ ფაშინიანი", "თქვა ორშაბათს, რომ არაფერი მომხდარა საზღვარზე."], id="georgian"
        ),
        pytest.param(
            ["نيكول باشينيان", "قال يوم الاثنين إن شيئا لم يحدث على الحدود."], id="arabic"
        ),
        pytest.param(["尼科尔帕希尼扬", "周一表示边境没有发生任何事情。"], id="chinese"),
        pytest.param(
            ["The names of the dead were read out by President", "Ilham", "Nikol", "Alen."],
            id="names",
        ),
    ],
)
def test_what_may_stand_alone_does(lines: list[str]) -> None:
    assert joined(*lines) == lines


@pytest.mark.parametrize(
    "lines",
    [
        [
            "Tyger Tyger, burning bright",
            "in the forests of the night,",
            "what immortal hand or eye.",
        ],
        [
            "The ministry said that in the night of the twelfth of September the",
            "armed forces left.",
        ],
    ],
)
def test_lines_that_follow_each_other_at_once_are_left(lines: list[str]) -> None:
    assert joined(*lines, by="\n") == lines


def test_lines_that_follow_each_other_at_once_are_joined_where_a_mark_proves_it() -> None:
    lines = ["It was attended by", "Alen Simanyan", "and by President", "Macron", ". Nobody spoke."]
    assert joined(*lines, by="\n") == [
        "It was attended by Alen Simanyan and by President Macron. Nobody spoke."
    ]


def test_a_bullet_is_never_joined_to_what_is_above() -> None:
    assert joined("They asked for", "• peace and", "• quiet.") == [
        "They asked for",
        "peace and",
        "quiet.",
    ]


def test_lines_know_where_they_are() -> None:
    text = "\ufeff \n\tOne \n\n  • two\n- \n* * *\n-5 °C\n  — three\n"
    assert lines_of(text) == [
        Line(4, 7, "One", 4, "", gap=True),
        Line(14, 17, "two", 2, "•", gap=True),
        Line(18, 19, "-", 0, "", gap=False),
        Line(21, 26, "* * *"),
        Line(27, 32, "-5 °C"),
        Line(35, 42, "— three", 2),
    ]


def test_a_bullet_on_a_line_of_its_own_belongs_to_the_line_below() -> None:
    assert lines_of("•\n\n  one\n•\n• two\n▪") == [
        Line(5, 8, "one", 0, "•"),
        Line(9, 10, "•"),
        Line(13, 16, "two", 0, "•"),
        Line(17, 18, "▪"),
    ]
