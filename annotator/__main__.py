"""The way in: a sub-command goes to cli; none, `demo` and `--screenshot` go on to ui."""

import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from annotator import __version__, cli, paths
from annotator.core.errors import UserError

_INTERRUPTED = 130
_DEBUG = "ANNOTATOR_DEBUG"


def main(words: Sequence[str] | None = None) -> int:
    """Do what the command line's words say, and answer with the exit code.

    0 done, 1 the user's problem, 2 wrong usage, 130 interrupted. Nothing is raised.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal may lack our letters
    try:
        code = _run(sys.argv[1:] if words is None else words)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read has had enough; Python would complain of it once more at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code


def _run(words: Sequence[str]) -> int:
    try:
        answer = cli.main.main(cli.routed(words), "annotator", standalone_mode=False, obj=window)
        return answer if isinstance(answer, int) else 0
    except UserError as error:
        return _end(str(error), 1)
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        hint = f" Try: {context.command_path} --help" if context else ""
        return _end(f"{error.format_message()}{hint}", 2)
    except (click.Abort, KeyboardInterrupt):
        return _end("Interrupted.", _INTERRUPTED)
    except BrokenPipeError:
        raise
    except OSError as error:
        return _end(f"{error.filename or 'A file'}: {error.strerror or error}.", 1)
    except Exception:
        return _end(_bug(traceback.format_exc()), 1)


def _end(sentence: str, code: int) -> int:
    click.echo(f"annotator: {sentence}", err=True)
    return code


def _bug(trace: str) -> str:
    """What to say of a bug, whose trace goes into a file of the user's folder."""
    if os.environ.get(_DEBUG):
        click.echo(trace, err=True)
    log = paths.config() / "errors.log"
    kept = f"set {_DEBUG}=1 to see where"
    with suppress(OSError):
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(f"{datetime.now(UTC).isoformat()} {__version__}\n{trace}\n")
        kept = f"please report it with the end of {log}"
    return f"This is a bug in the program; nothing that was saved is lost; {kept}."


def window(path: Path | None, **look: Any) -> int:
    """Open the window; only this loads Qt."""
    from annotator.ui import app  # noqa: PLC0415  (the command line loads no Qt)

    return app.run(path, **look)


if __name__ == "__main__":
    sys.exit(main())
