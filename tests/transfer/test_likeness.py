"""Articles that read almost like one that is there are named."""

import io
import random
from pathlib import Path

import pytest

from annotator.formats.base import Source
from annotator.project import Project
from annotator.transfer import ImportReport
from tests.corpora import document
from tests.transfer.helpers import bring, records

WORDS = "ministers soldiers border shelling talks villages hospital statement agency parliament"


def article(seed: int, title: str = "Report") -> str:
    dice = random.Random(seed)
    words = [f"{dice.choice(WORDS.split())}{dice.randrange(90)}" for _ in range(200)]
    return f"{title} {seed}.\n\n{' '.join(words)}."


def source(text: str, name: str = "a.txt") -> Source:
    return Source(name, stream=io.BytesIO(text.encode()))


def notes(report: ImportReport) -> list[str]:
    return [f"{each.where}: {each.what}" for each in report.notes if "almost" in each.what]


def test_an_article_like_one_of_the_project(project: Project) -> None:
    bring(project, source(article(1)), source(article(2)))
    report = bring(project, source(f"Corrected. {article(2)}", "new.txt"), source(article(3)))
    assert report.documents == 2
    assert notes(report) == [
        "new.txt: It reads almost like “Report 2.” (99% the same), which the project has."
    ]


def test_articles_of_one_import(project: Project) -> None:
    report = bring(project, source(article(1)), source(article(1) + " More.", "b.txt"))
    assert notes(report) == [
        "b.txt: It reads almost like “Report 1.” (99% the same), which came in before it."
    ]


def test_the_same_text_is_a_duplicate_and_no_more_is_said(project: Project) -> None:
    bring(project, source(article(1)))
    report = bring(project, source(article(1)))
    assert (report.duplicates, notes(report)) == (1, [])


def test_texts_of_no_words(project: Project) -> None:
    text = "".join(chr(0x4E00 + number * 7) for number in range(90))
    report = bring(project, source("…"), source("—"), source(text), source(f"{text}停", "b.txt"))
    assert report.documents == 4
    assert [each.split(":")[0] for each in notes(report)] == ["b.txt"]


def test_texts_of_one_sign(project: Project) -> None:
    report = bring(project, source("停" * 40), source("停" * 41, "b.txt"))
    assert [each.split(":")[0] for each in notes(report)] == ["b.txt"]


def test_as_many_as_there_are_are_looked_at(project: Project) -> None:
    several = [source(article(number), f"{number}.txt") for number in range(30)]
    copies = [source(f"{article(number)} More.", f"new{number}.txt") for number in range(30)]
    assert notes(bring(project, *several)) == []
    assert len(notes(bring(project, *copies))) == 30
    again = [source(f"Again. {article(number)}", f"{number}.txt") for number in range(30)]
    assert [each.split(":")[0] for each in notes(bring(project, *again))] == [
        f"{number}.txt" for number in range(30)
    ]


def test_the_last_of_many_is_found_by_its_longest_phrases(project: Project) -> None:
    bring(project, *(source(article(number), f"{number}.txt") for number in range(30)))
    report = bring(project, source(f"{article(29)} More.", "new.txt"))
    assert notes(report) == [
        "new.txt: It reads almost like “Report 29.” (99% the same), which the project has."
    ]


def test_articles_that_share_sentences_of_their_outlet_are_not_alike(project: Project) -> None:
    outlet = (
        "All rights are reserved by the agency. No part may be printed without leave. "
        "Write to the editors of the service. They answer within a day. "
    )
    several = [source(outlet + article(number), f"{number}.txt") for number in range(6)]
    assert notes(bring(project, *several)) == []


def test_annotated_articles_are_looked_at_too(project: Project, tmp_path: Path) -> None:
    bring(project, source(article(1)))
    report = bring(project, records(tmp_path, document(text=f"{article(1)} More.")))
    assert len(notes(report)) == 1


def test_what_was_added_already_is_found_too(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.transfer.batch._CHARACTERS", 10)
    report = bring(project, source(article(1)), source(article(1) + " More.", "b.txt"))
    assert notes(report) == [
        "b.txt: It reads almost like “Report 1.” (99% the same), which came in before it."
    ]
