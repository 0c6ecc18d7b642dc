"""What rules take of many articles, found by other processes beside the one that writes."""

import signal
from collections import deque
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from annotator.core.errors import UserError
from annotator.core.model import Layer
from annotator.review.granting import Granted, grants
from annotator.review.ground import Ground
from annotator.store import file
from annotator.store.reader import Reader
from annotator.transfer.reading import articles

_PART = 32
"""Articles that are handed to a helper at once."""
_AHEAD = 2
"""Parts for each helper that may wait, so that what is found early doesn't fill the memory."""
_ENDED = (
    "Nothing was taken: a process that helped was ended from outside, perhaps for want of memory. "
    "Close other programs and try again."
)
Among = Mapping[str, Sequence[Layer]]


def granted_beside(
    path: Path, among: Among, ground: Ground, who: str, *, helpers: int
) -> Generator[Granted, None, None]:
    """What the rules take of these articles, in their order; nobody may write meanwhile.

    Who calls this must be a program whose main module can be imported without doing anything,
    because each helper imports it. Raises UserError when a helper is ended from outside.
    """
    parts = _parts(among)
    find = partial(_found, path, ground, who)
    pool = ProcessPoolExecutor(helpers, get_context("spawn"), initializer=_let_others_interrupt)
    waiting: deque[Future[list[Granted]]] = deque()
    try:
        waiting.extend(pool.submit(find, part) for part in islice(parts, _AHEAD * helpers))
        while waiting:
            found = waiting.popleft().result()
            waiting.extend(pool.submit(find, part) for part in islice(parts, 1))
            yield from found
    except BrokenProcessPool as error:
        raise UserError(_ENDED) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _parts(among: Among) -> Iterator[Among]:
    names = iter(among)
    while part := {name: among[name] for name in islice(names, _PART)}:
        yield part


def _found(path: Path, ground: Ground, who: str, part: Among) -> list[Granted]:
    """What a helper finds, on a connection of its own."""
    read = Reader(file.connect(path, read_only=True))
    try:
        return [grants(each, ground, by=who) for each in articles(read, part)]
    finally:
        read.close()


def _let_others_interrupt() -> None:
    """Ctrl+C reaches all processes of a terminal: it is for the one that writes to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
