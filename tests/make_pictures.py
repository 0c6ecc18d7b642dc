"""Draws the README's pictures from the real program, without a screen."""

import subprocess
import sys
from pathlib import Path

PICTURES = Path(__file__).resolve().parent.parent / "resources" / "pictures"


def main() -> None:
    """Draw the sample in the light and the dark theme."""
    PICTURES.mkdir(exist_ok=True)
    for theme in ("light", "dark"):
        picture = PICTURES / f"annotate-{theme}.png"
        words = ["-m", "annotator", "demo", "--screenshot", str(picture), "--theme", theme]
        subprocess.run([sys.executable, *words], check=True)


if __name__ == "__main__":
    main()
