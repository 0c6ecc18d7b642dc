"""What a suggester is, what it is told, and what it proposes."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from annotator.core.find import fold
from annotator.core.model import Attributes, Document, Entity
from annotator.core.roles import Kind, Link, Roles
from annotator.core.span import Span
from annotator.core.tagset import Tagset


@dataclass(frozen=True, slots=True)
class Aim:
    """Where a proposed link leads: its type, and the label and the span of its target."""

    type: str
    label: str
    span: Span


@dataclass(frozen=True, slots=True)
class Proposal:
    """An annotation that is proposed; `confidence` is from 0 to 1.

    The targets of its links are proposed along with it, bare where nobody proposes more of them.
    """

    label: str
    span: Span
    attributes: Attributes = field(default_factory=dict)
    links: tuple[Aim, ...] = ()
    confidence: float = 0.5


@dataclass(frozen=True)
class Known:
    """What a project knows that a suggester may use: its tag set, its actors, and their mentions.

    `mentions` gives for words that were tagged as somebody (as `folded`) that somebody's id, "" for
    nobody in the register.
    """

    tagset: Tagset
    entities: Mapping[str, Entity] = field(default_factory=dict)
    mentions: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def roles(self) -> Roles:
        """What the labels and links of the tag set are."""
        return Roles.of(self.tagset)

    def label(self, kind: Kind) -> str:
        """The first label of a kind, "" where the tag set has none."""
        known = (each.name for each in self.tagset.labels if each.name in self.roles.kinds)
        return next((each for each in known if self.roles.kinds[each] == kind), "")

    @property
    def actor(self) -> str:
        """The first label for somebody who is named, "" where there is none."""
        return next((each.name for each in self.tagset.labels if each.naming), "")

    def link(self, part: Link) -> str:
        """The type of link that is this part, "" where there is none."""
        return next((each for each, is_ in self.roles.links.items() if is_ == part), "")

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Who has a name, another name, or was mentioned so: an id, "" for who isn't registered."""
        register = {
            folded(name): each.id
            for each in self.entities.values()
            for name in (each.name, *each.aliases)
        }
        return {**self.mentions, **register}


Propose = Callable[[Document, Known], Iterable[Proposal]]


@dataclass(frozen=True, slots=True)
class Suggester:
    """A way to propose annotations of an article, by a name that people call it by."""

    name: str
    note: str
    propose: Propose


def folded(words: str) -> str:
    """Words as they are compared: whatever their case, accents and spaces."""
    return " ".join(fold(words).split())
