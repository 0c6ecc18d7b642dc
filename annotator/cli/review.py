"""The command that takes what annotators agree on, and says how many conflicts are open."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.console import as_option, bar, json_option, opened, project_argument, say

if TYPE_CHECKING:
    from annotator.review.rules import Rules

_HELPERS = 2 if (os.cpu_count() or 1) > 1 else 0
"""Processes that compare very many articles while this one writes."""

# What a command needs is imported by it, so that help comes at once.
# ruff: noqa: PLC0415


@click.command()
@project_argument
@click.option("--accept-agreed", is_flag=True, help="Take into gold what all agree on.")
@click.option(
    *("--rule", "rules"),
    multiple=True,
    metavar="RULE",
    help="Take more: edges, majority=2 or trusted=NAME; else by the project's rules.",
)
@as_option
@json_option
def review(
    path: Path, *, accept_agreed: bool, rules: tuple[str, ...], who: str | None, as_json: bool
) -> None:
    """Count what is to be decided, or take what all agree on.

    Articles that at least two annotators have done are compared.
    """
    from annotator.transfer import finish, reviewing

    with opened(path, who) as project:
        wanted = _ruled(reviewing.rules_of(project.read), rules)
        if accept_agreed:
            job = reviewing.accept_agreed(project, wanted, helpers=_HELPERS)
        else:
            job = reviewing.count_places(project, wanted)
        with bar() as tell:
            found = finish(job, tell)
    say(found.sentence(), found.as_json(), as_json=as_json)


def _ruled(rules: "Rules", words: tuple[str, ...]) -> "Rules":
    """The project's rules with those that are asked for."""
    from dataclasses import replace

    for word in words:
        name, _, value = word.partition("=")
        if word == "edges":
            rules = replace(rules, edges=True)
        elif name == "majority" and value.isdecimal() and int(value):
            rules = replace(rules, majority=int(value))
        elif name == "trusted" and value:
            rules = replace(rules, trusted=value)
        else:
            raise click.BadParameter(
                f'"{word}" is no rule; give edges, majority=2 or trusted=NAME.', param_hint="--rule"
            )
    return rules
