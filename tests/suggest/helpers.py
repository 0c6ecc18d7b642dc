"""What the tests of suggesters share."""

from typing import Any

from annotator import paths
from annotator.core.model import Document, Entity
from annotator.core.tagset import Tagset
from annotator.core.tagset_toml import loads
from annotator.core.text import sha256
from annotator.suggest.proposing import Known, Proposal, Suggester

DEFAULT = loads((paths.resources() / "tagsets" / "default.toml").read_text("utf-8"))


def article(text: str, language: str = "en") -> Document:
    return Document("d", "", text, sha256(text), language=language)


def known(*entities: Entity, tagset: Tagset = DEFAULT, **mentions: str) -> Known:
    return Known(tagset, {each.id: each for each in entities}, mentions)


def proposed(
    suggester: Suggester, text: str, knows: Known | None = None, language: str = "en"
) -> list[Proposal]:
    return list(suggester.propose(article(text, language), knows or known()))


def words(suggester: Suggester, text: str, **more: Any) -> list[str]:
    """What is proposed, in the words of the text."""
    return [each.span.of(text) for each in proposed(suggester, text, **more)]
