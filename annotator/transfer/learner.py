"""Learning in a process of its own, so that the window goes on; its answer is a file of JSON.

A thread would not do: CRFsuite holds Python's lock for as long as it trains.
"""

import json
import os
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from annotator.core.errors import UserError
from annotator.core.span import Span
from annotator.project import Project
from annotator.suggest.learning import NothingToLearnError
from annotator.suggest.proposing import Proposal
from annotator.transfer.suggesting import known_of, learned

_CALL = "import sys; from annotator.transfer.learner import main; sys.exit(main(sys.argv[1:]))"
_KIND = 10
"""How far the process stands back behind others, in steps of `nice`."""


def command(project: Path, answer: Path) -> list[str]:
    """The program, and its arguments, that learns from the articles that are done.

    It is to be given the ids of articles, a line each, as its input, and writes to the file
    `answer` what it proposes for them; where it can't learn, it says why and ends with 1.
    """
    return [sys.executable, "-c", _CALL, str(project), str(answer)]


def main(arguments: Sequence[str]) -> int:
    """What the process does."""
    if hasattr(os, "nice"):
        os.nice(_KIND)
    project, answer = map(Path, arguments)
    try:
        found = proposals(project, sys.stdin.read().split())
    except UserError as error:
        sys.stderr.write(str(error))
        return 1
    answer.write_text(dumps(found), "utf-8")
    return 0


def proposals(path: Path, documents: Sequence[str]) -> dict[str, list[Proposal]]:
    """What is learned from a project's articles that are done, proposed for these, by id.

    Nothing where nothing is done. Raises UserError where what learns isn't installed, or the file
    can't be read.
    """
    with Project.open(path) as project:
        try:
            suggester = learned(project.read, project.tagset)
        except NothingToLearnError:
            return {}
        known = known_of(project.read, project.tagset)
        wanted = project.read.documents(ids=tuple(documents)) if documents else ()
        return {each.id: list(suggester.propose(each, known)) for each in wanted}


def dumps(found: dict[str, list[Proposal]]) -> str:
    """What is proposed by article, as text; links aside, which are not learned."""
    rows: dict[str, list[Any]] = {
        document: [
            [each.label, each.span.start, each.span.end, dict(each.attributes), each.confidence]
            for each in several
        ]
        for document, several in found.items()
    }
    return json.dumps(rows)


def loads(text: str) -> dict[str, list[Proposal]]:
    """What `dumps` has written."""
    rows: dict[str, Iterable[Any]] = json.loads(text)
    return {
        document: [
            Proposal(label, Span(start, end), values, confidence=confidence)
            for label, start, end, values, confidence in several
        ]
        for document, several in rows.items()
    }
