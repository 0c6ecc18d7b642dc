"""Starts the window, or draws it into a picture without a screen."""

import builtins
import os
import signal
import sys
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from annotator import paths, settings
from annotator.core.errors import UserError
from annotator.ui.screen import require_libraries, require_screen

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from annotator.settings import PerspectiveChoice, Settings, ThemeChoice
    from annotator.ui.doors import Doors
    from annotator.ui.window import Window

_SIZE = (1440, 900)
"""Pixels of the window at its first start."""
_PICTURED = 0.55
"""How far down the view, as a share of its height, the span in a picture ends at most."""


def run(
    path: Path | None,
    *,
    who: str | None = None,
    perspective: str | None = None,
    theme: str | None = None,
    screenshot: Path | None = None,
    size: tuple[int, int] = _SIZE,
    doors: "Doors | None" = None,
) -> int:
    """Open the window on a project (or the start page), and answer with the exit code at its end.

    `who` works there; without it, who was chosen there last, else whom the project names, else the
    system's user. `perspective` is shown; without it, the one that was shown there last.
    With `screenshot` the window is drawn in `size` pixels without a screen, saved there, and that
    is all. Raises UserError where there is no screen, or Qt's system libraries are missing.
    """
    shown = next((each for each in settings.PERSPECTIVES if each == perspective), None)
    if perspective is not None and shown is None:
        raise UserError(f"There is no perspective “{perspective}”.")
    require_libraries(offscreen=screenshot is not None)
    if screenshot is None:
        require_screen()
    else:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = _application()
    kept = settings.load(paths.config())
    if theme is not None:
        kept = replace(kept, theme=cast("ThemeChoice", theme))
    with ExitStack() as stack:
        doors = doors or _usual_doors(stack)
        if screenshot is not None:
            kept = settings.Settings(theme=kept.theme if theme else "light")
            look = (size, shown or "annotate")
            return _draw(path, screenshot, who=who, look=look, kept=kept, doors=doors)
        return _live(app, path, (who, shown), kept, doors)


def _usual_doors(stack: ExitStack) -> "Doors":
    from annotator.ui.doors import Doors  # noqa: PLC0415  (after it is known that Qt can be loaded)

    return Doors.usual(stack)


def _application() -> "QApplication":
    """Qt's application in our style; made once."""
    # Qt is first imported here, after it is known that it can be loaded.
    from PySide6.QtGui import QIcon  # noqa: PLC0415
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from annotator.ui.theme import load_fonts  # noqa: PLC0415  (after it is known that Qt can be loaded)

    # WORKAROUND: PySide reads the source of each module that is imported after it, for the sake of
    # `from __feature__ import`, which nothing here uses: a tenth of the time until the window is
    # there. It can go when PySide has a switch for it.
    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
    known = QApplication.instance()
    app = known if isinstance(known, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("Annotator")
    app.setDesktopFileName("annotator")
    app.setStyle("Fusion")
    app.setWindowIcon(QIcon(str(paths.resources() / "icons" / "annotator.png")))
    load_fonts()
    return app


def _live(
    app: "QApplication",
    path: Path | None,
    asked: "tuple[str | None, PerspectiveChoice | None]",
    kept: "Settings",
    doors: "Doors",
) -> int:
    """Open the window; `asked` are who works there and the perspective, as far as they are told."""
    from annotator.ui.garbage import Garbage  # noqa: PLC0415  (after it is known that Qt can be loaded)

    with closing(Garbage()) as garbage:
        from annotator.ui.windows import Windows  # noqa: PLC0415  (no garbage is sought meanwhile)

        who, perspective = asked
        project = doors.open(path, who or kept.person(path)) if path is not None else None
        windows = Windows(doors, kept, lambda changed: settings.save(changed, paths.config()))
        windows.keyboard.typed.connect(garbage.wait)
        windows.catch_errors()
        window = windows.new()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        room = app.primaryScreen().availableSize()
        window.resize(min(_SIZE[0], room.width()), min(_SIZE[1], room.height()))
        window.restore()
        if project is not None:
            window.take_project(project)
            window.show_perspective(perspective)
        window.show()
        return app.exec()


def _draw(
    path: Path | None,
    picture: Path,
    *,
    who: str | None,
    look: "tuple[tuple[int, int], PerspectiveChoice]",
    kept: "Settings",
    doors: "Doors",
) -> int:
    """Draw the window into a picture; `look` are its size and the perspective."""
    from PySide6.QtGui import QCursor  # noqa: PLC0415  (after it is known that Qt can be loaded)
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415  (after it is known that Qt can be loaded)

    from annotator.ui.window import Window  # noqa: PLC0415  (after it is known that Qt can be loaded)

    size, perspective = look
    window = Window(doors, kept, None)
    window.resize(*size)
    QCursor.setPos(*size)  # or the pointer would rest on a button
    window.show()
    if path is not None:
        window.take_project(doors.open(path, who))
        show_off(window)
        window.show_perspective(perspective)
    while window.bench is not None and window.bench.shown.busy:
        QApplication.processEvents()
    for _ in range(5):
        QApplication.processEvents()
    saved = window.grab().save(str(picture))
    window.close()
    if not saved:
        raise UserError(
            f"The picture could not be saved as {picture}; "
            "is it a .png or .jpg in a folder that you may write in?"
        )
    return 0


def show_off(window: "Window") -> None:
    """Focus a span that makes a telling picture: the first denial, else the first span."""
    bench = window.bench
    if bench is None:
        return
    order = bench.article.view.ordered()
    denials = [each for each in order if bench.hub.annotations[each].label == "denial"]
    focused = next(iter([*denials, *order]), None)
    if focused is None:
        return
    bench.hub.focus(focused)
    view = bench.article.view
    view.select(bench.hub.annotations[focused].envelope)
    bar, lowest = view.verticalScrollBar(), view.viewport().height() * _PICTURED
    while view.cursorRect().bottom() > lowest and bar.value() < bar.maximum():
        bar.setValue(bar.value() + 1)
    view.select(None)
