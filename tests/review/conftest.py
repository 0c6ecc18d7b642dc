"""What tests of a review share: decisions whose ids are in the order in which they were made."""

from collections.abc import Iterator
from itertools import count

import pytest

from annotator.review import moving, settling


@pytest.fixture(scope="session", autouse=True)
def _ids_in_order() -> Iterator[None]:
    """Ids by number: those made in one millisecond are in any order, and nobody decides so fast."""
    numbers = count()
    with pytest.MonkeyPatch.context() as patch:
        for module in (settling, moving):
            patch.setattr(module, "new_id", lambda: f"decision-{next(numbers):09}")
        yield
