"""Our own suggesters, and those of plug-ins."""

from types import SimpleNamespace
from typing import Any

import pytest

from annotator.core.errors import UserError
from annotator.suggest.proposing import Suggester
from annotator.suggest.registry import OWN, suggesters

THEIRS = Suggester("rumours", "what is only rumoured", lambda _document, _known: [])


def install(monkeypatch: pytest.MonkeyPatch, **plugs: Any) -> None:
    """Plug-ins by name: each a value, or an exception that is raised when it is loaded."""

    def point(name: str, value: Any) -> SimpleNamespace:
        def load() -> Any:
            if isinstance(value, Exception):
                raise value
            return value

        return SimpleNamespace(name=name, value="their.module:VALUE", load=load)

    points = [point(name, value) for name, value in plugs.items()]
    monkeypatch.setattr("importlib.metadata.entry_points", lambda group: points)


def test_ours_come_first_and_keep_their_names(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, rumours=THEIRS, cues=Suggester("cues", "", THEIRS.propose))
    found = suggesters()
    assert list(found) == ["cues", "numbers", "actors", "rumours"]
    assert found["cues"] is OWN["cues"]
    assert found["rumours"] is THEIRS


def test_a_plug_in_that_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    install(monkeypatch, broken=ImportError("no such thing"))
    with pytest.raises(UserError, match='"broken" can\'t be loaded: no such thing'):
        suggesters()
    install(monkeypatch, odd=3)
    with pytest.raises(UserError, match="is no suggester"):
        suggesters()
