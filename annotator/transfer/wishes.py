"""What a person says of an import before it begins."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from annotator.formats.base import Options
from annotator.transfer.incoming import Imported
from annotator.transfer.renaming import AS_NAMED, Renaming


@dataclass(frozen=True, slots=True)
class Way:
    """How a file is to be read: in the format of this name, "" for the one that it tells."""

    format: str = ""
    options: Options = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wishes:
    """How files are to come in; `ways` by the names of sources, the usual way for the others.

    With `attach`, articles that come without their texts are joined to them.
    """

    ways: Mapping[str, Way] = field(default_factory=dict)
    given: Imported = field(default_factory=Imported)
    renaming: Renaming = AS_NAMED
    attach: bool = False
