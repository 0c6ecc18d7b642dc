"""What is pinned in pyproject.toml, and why it must be."""

import sys
from importlib.metadata import version

import pytest
from PySide6.QtCore import QObject


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="only this version of Python is concerned")
def test_pyside_stays_below_6_12_on_python_3_11() -> None:
    installed = tuple(int(part) for part in version("PySide6-Essentials").split(".")[:2])
    assert installed < (6, 12)


def test_calls_that_return_nothing_give_no_reference_away() -> None:
    """PySide6 6.12.0 on Python 3.11 gives one to `None` away with each of them."""
    thing = QObject()
    thing.setObjectName("warm")
    before = sys.getrefcount(None)
    for _ in range(1000):
        thing.setObjectName("x")
    assert abs(sys.getrefcount(None) - before) < 50
