"""What somebody types to narrow the queue, as a filter: `kind:label state:open pair:mira,noor`."""

import re
from dataclasses import dataclass
from typing import get_args

from annotator.review.queue import Filter
from annotator.review.values import Kind, Status

FACETS = ("state", "kind", "label", "pair")
KINDS: tuple[Kind, ...] = get_args(Kind)
STATES: tuple[Status, ...] = get_args(Status)
HELP = "Words of the phrase · state: kind: label: pair:one,other"
_TERM = re.compile(r'(\w+):("[^"]*"|\S*)|"([^"]*)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Asked:
    """A filter, and what of the words typed isn't understood, "" for nothing."""

    filter: Filter
    problem: str


def parse(typed: str) -> Asked:
    """What is asked for; of a facet that is given several times one value must fit."""
    given: dict[str, list[str]] = {name: [] for name in FACETS}
    words, problem = [], ""
    for found in _TERM.finditer(typed):
        name, value, quoted, word = found.groups()
        if name is None:
            words.append(word if quoted is None else quoted)
        elif name.lower() not in FACETS:
            problem = (
                f"“{name}:” is not known; there are {', '.join(f'{each}:' for each in FACETS)}."
            )
        elif value.strip('"'):
            given[name.lower()].append(value.strip('"'))
    kinds = [each for each in KINDS if each in given["kind"]]
    states = [each for each in STATES if each in given["state"]]
    for name, known, chosen in (("kind", KINDS, kinds), ("state", STATES, states)):
        strange = [each for each in given[name] if each not in chosen]
        if strange:
            problem = f"{name}: is one of {', '.join(known)}."
    pair = frozenset(each for value in given["pair"] for each in value.split(",") if each)
    if len(pair) not in (0, 2):
        problem, pair = "pair: names two annotators, as in pair:mira,noor.", frozenset()
    made = Filter(
        frozenset(kinds), frozenset(given["label"]), pair, " ".join(words), frozenset(states)
    )
    return Asked(made, problem)
