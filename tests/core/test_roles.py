"""What a tag set's labels and links are to the ledger."""

from dataclasses import replace

from annotator.core.roles import Roles
from annotator.core.tagset import Attribute, Label, RelationType, Tagset
from tests.ledger.helpers import DEFAULT


def renamed(tagset: Tagset, names: dict[str, str]) -> Tagset:
    """The tag set with other names for labels and types."""

    def of(name: str) -> str:
        return names.get(name, name)

    return replace(
        tagset,
        labels=tuple(replace(each, name=of(each.name)) for each in tagset.labels),
        relations=tuple(
            replace(
                each,
                name=of(each.name),
                sources=tuple(map(of, each.sources)),
                targets=tuple(map(of, each.targets)),
            )
            for each in tagset.relations
        ),
    )


def test_the_default_tag_set() -> None:
    roles = Roles.of(DEFAULT)
    assert roles.kinds == {each: each for each in ("claim", "denial", "casualty")}
    parts = ("source", "against", "denies", "disputes", "repeats")
    assert roles.links == {each: each for each in parts}
    assert roles.naming == {"actor": "entity"}
    assert roles.dated == dict.fromkeys(("claim", "denial", "casualty"), "when")
    assert roles.whose == {"casualty": "whose"}


def test_names_may_change() -> None:
    names = {
        "claim": "assertion",
        "denial": "отрицание",
        "casualty": "losses",
        "actor": "who",
        "source": "said by",
        "against": "blames",
        "denies": "rejects",
        "disputes": "versus",
        "repeats": "same as",
    }
    roles = Roles.of(renamed(DEFAULT, names))
    assert roles.kinds == {"assertion": "claim", "отрицание": "denial", "losses": "casualty"}
    assert roles.links == {names[part]: part for part in names if part in Roles.of(DEFAULT).links}
    # One that has kept its name is not taken for another.
    kept = Roles.of(renamed(DEFAULT, {"disputes": "versus", "source": "said by"}))
    assert kept.links["repeats"] == "repeats"
    assert kept.links["versus"] == "disputes"
    assert kept.links["said by"] == "source"


def test_a_tag_set_of_something_else_has_nothing_to_say() -> None:
    actor = Label("person", attributes=(Attribute("entity", "entity"),))
    knows = RelationType("knows", sources=("person",), targets=("person",))
    causes = RelationType("causes", sources=("event",), targets=("state",))
    nothing = RelationType("nothing")
    tagset = Tagset("", labels=(actor, Label("event"), Label("state")), relations=(knows, causes))
    assert Roles.of(tagset).kinds == {}
    assert Roles.of(replace(tagset, relations=(nothing,))).links == {}
    assert Roles.of(Tagset("")).kinds == {}


def test_counts_count_without_any_link() -> None:
    numbers = (Attribute("low", "number"), Attribute("high", "number"))
    roles = Roles.of(Tagset("", labels=(Label("dead", attributes=numbers),)))
    assert roles.kinds == {"dead": "casualty"}
    assert roles.whose == {}
