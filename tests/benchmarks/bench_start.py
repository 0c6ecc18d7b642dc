"""From the start of the process to the first painted frame: prints a table and JSON.

python tests/benchmarks/bench_start.py [--rounds 7]

The floor is a bare QPlainTextEdit window of the same Python. Each is a process of its own, which
says when its window is painted; the parent's clock runs from before it was started.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

from annotator import sample

ROOT = Path(__file__).parents[2]
BUDGET = 1.5
_TOLD = """
import os, time
from PySide6 import QtCore, QtWidgets
class First(QtCore.QObject):
    def eventFilter(self, watched, event):
        if event.type() == QtCore.QEvent.Type.UpdateRequest:
            QtCore.QTimer.singleShot(0, self.tell)
        return False
    def tell(self):
        print(time.process_time(), flush=True)
        os._exit(0)
def exec_(app=None):
    first = First()
    QtWidgets.QApplication.instance().installEventFilter(first)
    return usual()
usual, QtWidgets.QApplication.exec = QtWidgets.QApplication.exec, exec_
"""
BARE = f"""
{_TOLD}
from PySide6.QtWidgets import QApplication, QPlainTextEdit
app = QApplication([])
window = QPlainTextEdit("Some words.")
window.resize(1440, 900)
window.show()
app.exec()
"""
OWN = f"""
import sys
from annotator import __main__ as way_in
def window(*words, **look):
    exec({_TOLD!r}, globals())
    return usual_window(*words, **look)
usual_window, way_in.window = way_in.window, window
sys.exit(way_in.main([sys.argv[1]]))
"""
"""What tells of the frame is loaded when Qt would be."""


def start(code: str, *words: str) -> tuple[float, float]:
    """Milliseconds to the first frame of one process: by the clock, and of its own work."""
    command = [sys.executable, "-c", code, *words]
    began = perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        own = float(process.stdout.readline())
        return (perf_counter() - began) * 1000, own * 1000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    times: dict[str, list[tuple[float, float]]] = {"bare": [], "annotator": []}
    with sample.temporary() as project, TemporaryDirectory() as home:
        os.environ["XDG_CONFIG_HOME"] = home
        os.environ["PYTHONPYCACHEPREFIX"] = home  # compiled once, as an installed program is
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        for code, words in ((BARE, ()), (OWN, (str(project),))):
            start(code, *words)
        for _ in range(options.rounds):  # in turns, for the machine is shared
            times["bare"].append(start(BARE))
            times["annotator"].append(start(OWN, str(project)))
    found = {
        name: [statistics.median(each) for each in zip(*all_, strict=True)]
        for name, all_ in times.items()
    }
    results = {}
    print(f"{'':10} {'median ms':>9} {'own ms':>7} {'ratio':>6} {'own':>6}  budget")
    for name, (wall, own) in found.items():
        ratios = wall / found["bare"][0], own / found["bare"][1]
        results[name] = {"wall": wall, "own": own, "ratio": ratios[0], "own_ratio": ratios[1]}
        print(f"{name:10} {wall:9.0f} {own:7.0f} {ratios[0]:6.2f} {ratios[1]:6.2f}  {BUDGET}")
    print(json.dumps(results))


if __name__ == "__main__":
    main()
