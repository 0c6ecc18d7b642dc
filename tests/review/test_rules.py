"""The rules of a project are kept as text, whatever stands there."""

from annotator.review.rules import Rules


def test_rules_are_kept_as_text() -> None:
    rules = Rules(edges=True, majority=2, trusted="anna", blind=True, seed=7)
    assert Rules.loads(rules.dumps()) == rules
    assert Rules.loads("") == Rules()
    assert Rules.loads("nonsense") == Rules()
    assert Rules.loads("[1]") == Rules()
    assert Rules.loads('{"majority": true, "edges": 1, "more": 2, "seed": 3}') == Rules(seed=3)
