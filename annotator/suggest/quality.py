"""How good suggesters are in a project: what became of what they suggested, by label."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from annotator.core.suggestions import JUDGEMENTS, Judgement


@dataclass(frozen=True, slots=True)
class Tally:
    """How many suggestions of one suggester and label there are of one sort.

    `judged` is what somebody said to them, "" for what nobody did. `checked` of `count` are in
    articles that people have done, and in `right` of those somebody has marked the very same.
    """

    by: str
    label: str
    judged: str
    count: int
    checked: int = 0
    right: int = 0


@dataclass(frozen=True, slots=True)
class Quality:
    """What became of the suggestions of one suggester under one label, "" for all labels."""

    by: str
    label: str
    count: int = 0
    checked: int = 0
    right: int = 0
    judged: Mapping[Judgement, int] = field(default_factory=dict)

    @property
    def acceptance(self) -> float | None:
        """The share taken as it was of all that was judged, None where nothing was."""
        total = sum(self.judged.values())
        return self.judged.get("accepted", 0) / total if total else None

    @property
    def precision(self) -> float | None:
        """The share that people marked alike in the articles that are done, None without any."""
        return self.right / self.checked if self.checked else None

    def plus(self, tally: Tally) -> "Quality":
        """The same with some more suggestions."""
        said = {
            each: self.judged.get(each, 0) + (tally.count if each == tally.judged else 0)
            for each in JUDGEMENTS
        }
        return replace(
            self,
            count=self.count + tally.count,
            checked=self.checked + tally.checked,
            right=self.right + tally.right,
            judged=said,
        )


def qualities(tallies: Iterable[Tally]) -> list[Quality]:
    """By suggester and label; of each suggester first all labels together."""
    found: defaultdict[tuple[str, str], list[Tally]] = defaultdict(list)
    for each in tallies:
        found[each.by, ""].append(each)
        found[each.by, each.label].append(each)
    return [_summed(key, found[key]) for key in sorted(found)]


def _summed(key: tuple[str, str], tallies: Iterable[Tally]) -> Quality:
    made = Quality(*key)
    for each in tallies:
        made = made.plus(each)
    return made
