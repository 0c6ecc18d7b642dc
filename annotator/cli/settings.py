"""The options of formats on the command line: --set NAME=VALUE."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from annotator.formats.base import Option, Options

set_option = click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="An option of the format; annotator formats lists them.",
)


def options_of(settings: Sequence[str], known: "Iterable[Option]", whose: str) -> "Options":
    """The values of options that were set; one that isn't known, or can't be so, is wrong usage.

    `known` may have an option of one name several times, each with its own choices; `whose` options
    they are is part of a sentence.
    """
    choices: dict[str, list[Sequence[str]]] = {}
    for each in known:
        choices.setdefault(each.name, []).append(each.choices)
    found = {}
    for setting in settings:
        name, sign, value = setting.partition("=")
        if not sign:
            raise click.UsageError(f'--set "{setting}" is not of the form NAME=VALUE.')
        if name not in choices:
            raise click.UsageError(f'{whose} no option "{name}"; {_there_is(choices)}.')
        allowed = [one for listed in choices[name] for one in listed]
        if all(choices[name]) and value not in allowed:
            listed = ", ".join(dict.fromkeys(allowed))
            raise click.UsageError(f'"{name}" cannot be "{value}"; it can be: {listed}.')
        found[name] = value
    return found


def _there_is(choices: Iterable[str]) -> str:
    names = ", ".join(choices)
    return f"there is: {names}" if names else "there is none"


def described(options: "Iterable[Option]") -> list[dict[str, Any]]:
    """Options as the list of formats has them for scripts."""
    return [
        {
            "name": each.name,
            "note": each.note,
            "choices": list(each.choices),
            "default": each.default,
        }
        for each in options
    ]


def words_of(options: "Iterable[Option]", verb: str) -> list[str]:
    """A line for each option, for people."""
    lines = []
    for each in options:
        values = "|".join(each.choices) or "…"
        default = f"; {each.default} if not set" if each.default else ""
        lines.append(f"    to {verb}, --set {each.name}={values}: {each.note}{default}")
    return lines
