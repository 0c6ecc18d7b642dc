"""Draws the README's pictures from the real program, without a screen."""

import subprocess
import sys
from pathlib import Path

PICTURES = Path(__file__).resolve().parent.parent / "resources" / "pictures"
SHOWN = (
    *(("annotate", "light"), ("annotate", "dark"), ("review", "dark")),
    *(("agreement", "light"), ("ledger", "light")),
)
"""The perspectives that are drawn, each with its theme."""


def main() -> None:
    """Draw the sample in each of these."""
    PICTURES.mkdir(exist_ok=True)
    for perspective, theme in SHOWN:
        picture = PICTURES / f"{perspective}-{theme}.png"
        words = ["-m", "annotator", "demo", "--screenshot", str(picture), "--theme", theme]
        subprocess.run([sys.executable, *words, "--perspective", perspective], check=True)


if __name__ == "__main__":
    main()
