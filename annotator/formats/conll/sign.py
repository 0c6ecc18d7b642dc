"""Whether a file is CoNLL, told at a glance where it is none: every text is asked."""

from annotator.formats.conll.tags import parts

SUFFIXES = (".conll", ".bio", ".iob", ".bioes", ".iob2")
_OURS = b"# global.columns = FORM "


def sniff(head: bytes, name: str) -> bool:
    """Whether a file that begins like this is CoNLL: nearly all its lines end in tags.

    Without a telling name one tag must have a label: "Vitamin B" may be a headline.
    """
    first = next((line for line in head.split(b"\n") if line.strip() and line[:1] != b"#"), b"")
    cells = first.decode(errors="replace").split()
    sure = name.lower().endswith(SUFFIXES) or head.startswith(_OURS)
    if not sure and (len(cells) < 2 or parts(cells[-1]) is None):
        return False
    from annotator.formats.conll.look import LOOKED_AT, look_at  # noqa: PLC0415  (loaded when it is used)

    # The last line may be cut off.
    lines = head.decode(errors="replace").split("\n")[:LOOKED_AT]
    whole = lines if len(lines) < 2 else lines[:-1]
    return look_at(whole) is not None and (sure or any(map(_labelled, whole)))


def _labelled(line: str) -> bool:
    """Whether a line ends in a tag that has a label."""
    return any(label for cell in line.split()[-1:] for _, label in parts(cell) or ())
