"""Tags of tokens: B-claim, I-claim, O and their like, written and read as spans."""

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

SCHEMES = ("BIO", "BIOES")
OUTSIDE = "O"
Spot = tuple[int, int, str]
"""A label from one token up to before another."""
_TAG = re.compile(r"([BIELSUMW])(?:-(.+))?", re.DOTALL)
_BEGINS, _ENDS = frozenset("BSUW"), frozenset("ESLUW")
_NOTHING = frozenset((OUTSIDE, "_", "-"))
_UNSAFE = re.compile(r"[\s%,;|\x00-\x1f\x7f-\x9f\u200b\ufeff]")


def written(label: str) -> str:
    """A label as part of a tag: %20 and the like for what would end it."""
    return _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), label)


def tags(label: str, length: int, scheme: str) -> list[str]:
    """The tags of a span of some tokens, under a label as `written` gives it."""
    if scheme == "BIO":
        return [f"B-{label}", *[f"I-{label}"] * (length - 1)]
    if length == 1:
        return [f"S-{label}"]
    return [f"B-{label}", *[f"I-{label}"] * (length - 2), f"E-{label}"]


@functools.lru_cache(maxsize=10_000)
def parts(cell: str) -> Sequence[tuple[str, str]] | None:
    """Prefix and label of each tag in a cell, none for outside; None where it holds no tags.

    Several tags are parted by commas or bars; a bare B or I has the label "".
    """
    if cell in _NOTHING:
        return ()
    if "," in cell or "|" in cell:
        several = [_TAG.fullmatch(each) for each in re.split("[,|]", cell)]
        if all(each is not None and each[2] for each in several):
            return [(each[1], each[2]) for each in several if each is not None]
    match = _TAG.fullmatch(cell)
    return None if match is None else [(match[1], match[2] or "")]


@dataclass(slots=True)
class Column:
    """Reads the tags of one column, token by token, as conlleval does.

    `bare` is the label of tags without one; with `escaped` labels are as `written` gives them.
    """

    bare: str
    escaped: bool = False
    marked: int = 0
    """How many spans begin with a tag that says so, behind none of the same label."""
    unmarked: list[int] = field(default_factory=list)
    """The lines of tags that go on what hasn't begun."""
    others: bool = False
    """Whether there are tags that IOB1 hasn't."""
    _open: dict[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def going(self) -> bool:
        """Whether a span goes on."""
        return bool(self._open)

    def take(self, token: int, cell: Sequence[tuple[str, str]], line: int) -> Iterator[Spot]:
        """Take the tags of a token, and give the spans that end before it."""
        labels = {(unquote(label) if self.escaped else label) or self.bare: prefix
                  for prefix, label in cell}  # fmt: skip
        yield from self.close(token, but=labels)
        for label, prefix in labels.items():
            before = self._open.get(label)
            if before is not None and (prefix in _BEGINS or before[1] in _ENDS):
                yield before[0], token, label
            elif before is not None:
                self._open[label] = before[0], prefix
                continue
            elif prefix in _BEGINS:
                self.marked += 1
            self.others = self.others or prefix not in "BI"
            if prefix not in _BEGINS:
                self.unmarked.append(line)
            self._open[label] = token, prefix

    def close(self, token: int, but: Iterable[str] = ()) -> Iterator[Spot]:
        """The spans that end before a token because their labels aren't among these."""
        for label in [each for each in self._open if each not in but]:
            yield self._open.pop(label)[0], token, label
