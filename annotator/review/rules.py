"""What a project takes for granted in a review, and how it shows versions."""

import json
from dataclasses import asdict, dataclass, fields
from hashlib import sha256

KEY = "review"
"""The key of the setting that keeps the rules."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that decide without a person, in the order in which they are asked.

    `all_agree`: what all have exactly. `edges`: what differs at its edges only, by an article, a
    quotation mark, a stop or space. `majority`: what so many have, and more than half; 0 for never.
    `trusted`: what this annotator has; "" for nobody. `blind` hides who gave a version, and
    shuffles the versions of each article by `seed`.
    """

    all_agree: bool = True
    edges: bool = False
    majority: int = 0
    trusted: str = ""
    blind: bool = False
    seed: int = 0

    @classmethod
    def loads(cls, text: str) -> "Rules":
        """The rules in a setting's text; what isn't there, or is of no use, is as by default."""
        try:
            found = json.loads(text or "{}")
        except ValueError:
            found = {}
        known = found.items() if isinstance(found, dict) else ()
        types = {each.name: each.type for each in fields(cls)}
        return cls(**{name: value for name, value in known if type(value) is types.get(name)})

    def dumps(self) -> str:
        """The rules as a setting's text."""
        return json.dumps(asdict(self), sort_keys=True)

    def order(self, document: str, layer: str, name: str) -> str:
        """What a layer's version is put in order by: its annotator's name, or, if blind, chance."""
        if not self.blind:
            return name
        return sha256(f"{self.seed}\n{document}\n{layer}".encode()).hexdigest()


DEFAULT = Rules()
