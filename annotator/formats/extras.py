"""Libraries that only some formats need: asked for by name, and missed in one sentence."""

import importlib
from types import ModuleType

from annotator.core.errors import UserError


def need(extra: str, module: str) -> ModuleType:
    """A module that comes with an extra of this project.

    Raises UserError with the command that installs it where it is missing.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        command = f'pip install "event-annotator[{extra}]"'
        raise UserError(
            f"This format needs {module.partition('.')[0]}, which is not installed; "
            f"install it with: {command}"
        ) from error
