"""A text out of tokens that came without one: between which of them a space stands.

No space stands before a closing mark or what is cut off a word ("'s", "n't"), nor behind an opening
mark; of straight quotation marks every other one opens.
"""

import re
from collections.abc import Sequence

_CLOSING = re.compile(r"[.,;:!?%)\]}»”’…،؛؟。、，։՝՞]+|['’][^\W\d_]{1,3}|[nN]['’][tT]")
_OPENING = re.compile(r"[(\[{«“‘„¿¡$£€#@]+")
_STRAIGHT = '"'


def spaced(forms: Sequence[str]) -> tuple[str, list[int]]:
    """The text of a sentence, and where in it each token starts."""
    pieces: list[str] = []
    starts: list[int] = []
    length, tight, quoted = 0, True, False
    for form in forms:
        closes = quoted if form == _STRAIGHT else bool(_CLOSING.fullmatch(form))
        if not tight and not closes:
            pieces.append(" ")
            length += 1
        starts.append(length)
        pieces.append(form)
        length += len(form)
        tight = not quoted if form == _STRAIGHT else bool(_OPENING.fullmatch(form))
        quoted ^= form == _STRAIGHT
    return "".join(pieces), starts
