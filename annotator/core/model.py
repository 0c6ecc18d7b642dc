"""The values that a project is made of: frozen, plain, without files, SQL or Qt."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from annotator.core.ids import layer_id
from annotator.core.span import Span, envelope
from annotator.core.text import EMPTY

Role = Literal["annotator", "machine", "gold"]
State = Literal["new", "open", "question", "done"]
Attributes = Mapping[str, Any]
"""Attribute name to a JSON value; how a value looks is told by the attribute's type (tagset.py)."""

ROLES: tuple[Role, ...] = get_args(Role)
STATES: tuple[State, ...] = get_args(State)
RESERVED_NAMES = ("all", "gold", "machine")
ACTIONS = (
    "take",
    "union",
    "intersection",
    "mix",
    "edit",
    "both spans",
    "both readings",
    "none",
    "later",
)
"""What a decision can do with a conflict."""
ENTITY_TYPES = (
    "state",
    "government or official",
    "armed force",
    "armed group",
    "de facto authority",
    "international body",
    "media",
    "civilians",
)


@dataclass(frozen=True, slots=True)
class Setting:
    """One fact about the project, by its key; `value` is text."""

    key: str
    value: str

    @property
    def id(self) -> str:
        """The key."""
        return self.key


@dataclass(frozen=True, slots=True)
class TagsetVersion:
    """One version of the project's tag set: `toml` is the whole document (tagset.py)."""

    version: int
    toml: str

    @property
    def id(self) -> str:
        """The version as text."""
        return str(self.version)


@dataclass(frozen=True, slots=True)
class Annotator:
    """A person (or `gold`, `machine`) whose work the file holds, by a name that is unique."""

    name: str
    display: str = ""
    color: str = ""

    @property
    def id(self) -> str:
        """The name."""
        return self.name


@dataclass(frozen=True, slots=True)
class Document:
    """One article; `text` is canonical (text.py), never changes, `sha256` is of its UTF-8 bytes."""

    id: str
    title: str
    text: str
    sha256: str
    source: str = ""
    url: str = ""
    published: str = ""
    language: str = ""
    note: str = ""
    meta: Attributes = field(default_factory=dict)

    @property
    def withheld(self) -> bool:
        """Whether it goes about without its text, which is known by its hash."""
        return not self.text and self.sha256 != EMPTY


@dataclass(frozen=True, slots=True)
class Layer:
    """One annotator's work on one document in one round."""

    id: str
    document: str
    annotator: str
    role: Role = "annotator"
    round: int = 1
    state: State = "new"
    tagset: int = 1
    meta: Attributes = field(default_factory=dict)

    @property
    def is_finished(self) -> bool:
        """Whether it is an annotator's and done, so that it has a first pass."""
        return self.role == "annotator" and self.state == "done"

    @classmethod
    def of(
        cls,
        document: str,
        annotator: str,
        *,
        role: Role = "annotator",
        round_: int = 1,
        **rest: Any,
    ) -> "Layer":
        """A layer with the id that its document, annotator, role and round give it."""
        name = layer_id(document, annotator, role, round_)
        return cls(name, document, annotator, role, round_, **rest)


@dataclass(frozen=True, slots=True)
class Annotation:
    """One or more spans (code points, in order, not touching) of a document under one label."""

    id: str
    layer: str
    spans: tuple[Span, ...]
    label: str
    attributes: Attributes = field(default_factory=dict)
    note: str = ""
    meta: Attributes = field(default_factory=dict)

    @property
    def envelope(self) -> Span:
        """The shortest span that covers all of the annotation's."""
        return envelope(self.spans)

    def quote(self, text: str) -> str:
        """The annotated words; the gap between two spans reads as an ellipsis."""
        return " … ".join([span.of(text) for span in self.spans])


@dataclass(frozen=True, slots=True)
class Relation:
    """A typed link from one annotation to another of the same layer."""

    id: str
    layer: str
    type: str
    source: str
    target: str
    attributes: Attributes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FirstPass:
    """What was in a layer when it was first said to be done, whose id this has.

    It is kept when that is changed afterwards; until then what is in the layer is the first pass.
    """

    id: str
    annotations: tuple[Annotation, ...] = ()
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeSpent:
    """The time that a person has worked on a layer, whose id this has; it may outlive the layer."""

    id: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Entity:
    """An actor of the project's register: what mentions in all articles refer to."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    side: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer decided on one conflict, and what the decision was based on (`seen`)."""

    id: str
    document: str
    seen: Attributes
    action: str
    outcome: Attributes = field(default_factory=dict)
    by: str = ""
    reason: str = ""
    comment: str = ""
    confidence: str = ""
    guideline_gap: bool = False
    supersedes: str = ""


Value = (
    Setting
    | TagsetVersion
    | Annotator
    | Entity
    | Document
    | Layer
    | Annotation
    | Relation
    | Decision
    | TimeSpent
    | FirstPass
)
KINDS: dict[str, type[Value]] = {
    "setting": Setting,
    "tagset": TagsetVersion,
    "annotator": Annotator,
    "entity": Entity,
    "document": Document,
    "first_pass": FirstPass,
    "layer": Layer,
    "annotation": Annotation,
    "relation": Relation,
    "decision": Decision,
    "work": TimeSpent,
}
"""Kind of value by name, parents before children: an edit may insert in this order.

A first pass comes before its layer: one that is brought must be there before the layer changes.
"""
_KIND_OF = {kind: name for name, kind in KINDS.items()}


def kind_of(value: Value) -> str:
    """The name of the kind of `value`, as in KINDS."""
    return _KIND_OF[type(value)]
