"""Entities of equal name and type are one."""

from annotator.core.model import Entity
from annotator.core.twins import twins


def test_twins_have_the_first_ones_id() -> None:
    entities = [
        Entity("e2", "Ministry of Defénse", type="government or official"),
        Entity("e1", " ministry of  defense", type="government or official"),
        Entity("e3", "Ministry of Defense", type="de facto authority"),
        Entity("e4", ""),
        Entity("e5", " "),
    ]
    assert twins(entities) == {"e1": "e1", "e2": "e1", "e3": "e3", "e4": "e4", "e5": "e5"}
    assert twins([]) == {}
