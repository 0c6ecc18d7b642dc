"""What foreign records carry of ours."""

from annotator.core.model import Setting
from annotator.formats.carried import Heads, Ids, own_of


def test_ids_are_told_apart() -> None:
    ids = Ids(ours=True)
    mine = {"id": "0190a000-0000-7000-8000-000000000001"}
    found = [ids.of(own, base) for own, base in ((mine, ""), (mine, "x"), ({}, "x"), ({}, "x 2"))]
    assert found == [mine["id"], "#x", "#x 2", "#x 2 2"]
    assert Ids(ours=False).of(mine, "x") == "#x"


def test_only_what_is_kept_waits_for_an_article() -> None:
    heads = Heads(())
    heads.take(Setting("k", "v"))
    assert heads.records() == {}
    assert list(heads.lost()) == []


def test_a_key_of_the_same_name_may_be_of_another_tool() -> None:
    assert own_of({"annotator": "mira"}) == {}
    assert own_of(3) == {}
