"""Advice on colours and keys."""

import string
from dataclasses import replace

import pytest

from annotator import paths
from annotator.core.tagset import Label
from annotator.core.tagset_toml import loads
from annotator.ui.tagset import judge
from annotator.ui.tagset.judge import Judge
from annotator.ui.tagset.keys import free_keys, key_problem
from annotator.ui.theme import Theme

THEMES = [Theme.load(name) for name in ("light", "dark", "contrast")]
DEFAULT = loads((paths.resources() / "tagsets" / "default.toml").read_text("utf-8"))


def test_the_default_tag_set_can_be_told_apart_by_everybody() -> None:
    for label in DEFAULT.labels:
        assert Judge(THEMES).sentences(label, DEFAULT.labels) == []


def test_a_colour_too_close_to_another_names_it_and_says_who_mistakes_it() -> None:
    claim, denial, *_ = DEFAULT.labels
    near = replace(denial, color="#0a70b0")
    (told,) = Judge(THEMES).sentences(near, [claim, near])
    assert told.startswith("Close to “Claim” in the ")
    assert told.endswith("its pattern differs.")
    (told,) = Judge(THEMES).sentences(replace(near, pattern="solid"), [claim, near])
    assert told.endswith("its pattern is the same: change one of them.")


def test_a_colour_that_reads_badly_says_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge, "READABLE", 30.0)  # no ink of a theme is that bad
    (light, *others) = Judge(THEMES).sentences(Label("x"), [])
    assert light.startswith("Hard to read in the light theme: its contrast is ")
    assert len(others) == 2


def test_proposals_are_far_from_what_is_used_and_from_each_other() -> None:
    used = [each.color for each in DEFAULT.labels]
    offered = Judge(THEMES).proposals(used)
    assert len(set(offered)) == len(offered) == 8
    for one in offered[:3]:
        assert not Judge(THEMES).sentences(Label("x", color=one), DEFAULT.labels)
    assert Judge(THEMES[:1]).proposals([])


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("", ""),
        ("5", ""),
        ("1", "1 is the key of “Claim”; choose another key."),
        ("o", "O means “Move the other end” already; choose another key."),
        ("R", "R means “Link” already; choose another key."),
        ("é", "A key is one digit or one letter from A to Z."),
        ("12", "A key is one digit or one letter from A to Z."),
    ],
)
def test_a_key_of_a_label_means_nothing_else(key: str, told: str) -> None:
    assert key_problem(key, "label", "denial", DEFAULT) == told


def test_a_key_of_a_relation_may_be_one_of_those_of_links() -> None:
    fewer = replace(DEFAULT, relations=DEFAULT.relations[1:])
    assert key_problem("R", "relation", "x", fewer) == ""
    assert "means “Tag” already" in key_problem("5", "relation", "x", fewer)
    assert "“Denies”" in key_problem("d", "relation", "x", fewer)
    assert free_keys("relation", "x", fewer)[0] in string.ascii_uppercase


def test_free_keys_begin_with_digits_and_go_on_with_letters() -> None:
    free = free_keys("label", "new", DEFAULT)
    assert free[:6] == ["5", "6", "7", "8", "9", "0"]
    assert set(free[6:]) <= set(string.ascii_uppercase)
    assert not any(key_problem(key, "label", "new", DEFAULT) for key in free)
    assert "3" in free_keys("label", "casualty", DEFAULT)
