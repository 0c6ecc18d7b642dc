"""Python's collector of cycles, which long work of very many values does without."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the collector of cycles, in all of the program, for as long as the block lasts.

    Values have no cycles: where very many are made, the collector looks through all of them in
    vain, again and again, which is a third of the time. What had to be collected waits so long.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
