from annotator.core.steps import Steps, at_once


def test_all_steps_are_done() -> None:
    done = []

    def steps() -> Steps[str]:
        for number in range(3):
            done.append(number)
            yield
        return "made"

    assert at_once(steps()) == "made"
    assert done == [0, 1, 2]
