"""Every check of the project, one after the other: `python tests/all.py`.

Ends with the code of the first that fails. The long forms (fuzzing, big corpora, benchmarks) are
commands of their own; the README names them.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent
FLOORS = {
    "annotator/core/": 100.0,
    "annotator/store/": 100.0,
    "annotator/formats/": 100.0,
    "annotator/suggest/": 100.0,
    "annotator/agreement/": 100.0,
    "annotator/review/": 100.0,
    "annotator/ledger/": 100.0,
    "annotator/ui/": 85.0,
    "annotator/": 95.0,
}
"""The least branch coverage in per cent, by the folder a module stands in."""


def main() -> int:
    """Run the checks; 0 when all hold."""
    os.chdir(TOP)
    python = sys.executable
    for words in (
        (python, "-m", "ruff", "format", "--check", "."),
        (python, "-m", "ruff", "check", "."),
        (python, "-m", "mypy"),
        (str(Path(python).with_name("lint-imports")), "--no-cache"),
    ):
        if code := run(*words):
            return code
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        data = f"--cov-config={TOP / 'pyproject.toml'}", "--cov"
        # The keys of a real screen come at a person's pace: nothing else runs meanwhile.
        for asked in (
            ("-n", "auto", "-m", "not screen", *data, "--cov-report="),
            ("-m", "screen", *data, "--cov-append", f"--cov-report=json:{report}"),
        ):
            if code := run(python, "-m", "pytest", "-q", *asked):
                return code
        return floors(report)


def run(*words: str) -> int:
    """Run one command, said aloud; its exit code."""
    print("\n$", Path(words[0]).name, *words[1:], flush=True)
    return subprocess.run(words, check=False).returncode


def floors(report: Path) -> int:
    """Hold the coverage of each folder against its floor; 0 when all reach it."""
    files = json.loads(report.read_text())["files"]
    failed = 0
    for folder, floor in FLOORS.items():
        seen = wanted = 0
        low = []
        for name, file in files.items():
            if name.replace(os.sep, "/").startswith(folder):
                summary = file["summary"]
                seen += summary["covered_lines"] + summary["covered_branches"]
                of = summary["num_statements"] + summary["num_branches"]
                wanted += of
                if summary["percent_covered"] < floor:
                    low.append(f"{name} {summary['percent_covered']:.1f}: {file['missing_lines']}")
        share = 100 * seen / wanted if wanted else 100.0
        print(f"branch coverage of {folder}: {share:.1f} % (floor {floor:.0f})")
        if share < floor:
            failed = 1
            print("\n".join(low))
    return failed


if __name__ == "__main__":
    sys.exit(main())
