"""What all tests share: no real screen, no user's own settings, one Hypothesis profile."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The same examples each time, so that a run that fails can be repeated; new ones are for the long
# form, which asks for more of them.
settings.register_profile(
    "annotator",
    deadline=None,
    derandomize="ANNOTATOR_EXAMPLES" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)
settings.load_profile("annotator")


def pytest_configure(config: pytest.Config) -> None:
    """Draw nowhere, unless it is the tests of the real screen alone that were asked for."""
    if config.getoption("markexpr") != "screen":
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the settings of whoever runs it."""
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "config"))
