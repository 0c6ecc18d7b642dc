"""Identifiers: time-ordered for what people make, derived for layers."""

import hashlib
import json
import os
import re
import time
from uuid import NAMESPACE_URL, UUID, uuid5

_LAYERS = uuid5(NAMESPACE_URL, "https://annotator.invalid/layer")
_INNER = uuid5(NAMESPACE_URL, "https://annotator.invalid/inner")
_VARIANTS = "89ab"
_OURS = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-[57][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def new_id(milliseconds: int | None = None) -> str:
    """A fresh UUID of version 7 as lower-case text; it sorts by its time.

    The twelve bits after the milliseconds hold the fraction of one (RFC 9562, 6.2, method 3), so
    that what one person makes in quick succession sorts as it was made. `milliseconds` since the
    Unix epoch replaces the clock, for tests and fixed data; the fraction is random then.
    """
    stamp, nanoseconds = divmod(time.time_ns(), 1_000_000)
    value = int.from_bytes(os.urandom(10), "big")
    if milliseconds is None:
        fraction = (nanoseconds << 12) // 1_000_000
        value = value & (1 << 64) - 1 | fraction << 64
    else:
        stamp = milliseconds
    value |= (stamp & (1 << 48) - 1) << 80
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return _dashed(f"{value:032x}")


def named_id(space: UUID, name: str) -> str:
    """The UUID of version 5 (RFC 9562, 5.5) that a name has in a namespace, as lower-case text.

    The same as `str(uuid5(space, name))`, several times as fast: imports make one a span.
    """
    digits = hashlib.sha1(space.bytes + name.encode(), usedforsecurity=False).hexdigest()
    variant = _VARIANTS[int(digits[16], 16) & 3]
    return _dashed(f"{digits[:12]}5{digits[13:16]}{variant}{digits[17:32]}")


def _dashed(digits: str) -> str:
    """32 hexadecimal digits as a UUID is written."""
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def layer_id(document: str, annotator: str, role: str, round_: int) -> str:
    """The one id that a layer of these four can have (UUIDv5), the same in every file."""
    key = json.dumps([document, annotator, role, round_], ensure_ascii=False, separators=(",", ":"))
    return named_id(_LAYERS, key)


def inner_id(layer: str, name: str) -> str:
    """The one id (UUIDv5) in a layer of what a foreign file calls `name`."""
    return named_id(_INNER, f"{layer}\n{name}")


def is_ours(name: str) -> bool:
    """Whether a name looks like an id that was made here, and so is unique everywhere."""
    return _OURS.fullmatch(name) is not None
