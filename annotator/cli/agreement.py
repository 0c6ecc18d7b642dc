"""The command that says how far annotators agree."""

from pathlib import Path
from typing import Any

import click

from annotator import __version__
from annotator.agreement.parts import BY
from annotator.console import FILE, bar, force_option, json_option, opened, project_argument, say

# What a command needs is imported by it, so that help comes at once.
# ruff: noqa: PLC0415

_SAMPLES = "For intervals; those of thousands of articles take minutes where numpy isn't installed."
_NOTHING_DONE = (
    "There is nothing to compare: of what is asked for, no article was done by two people. Say that"
    " you are done with Ctrl+Enter in the window, or import layers as done; without --layers,"
    " --round, --since, --until and --document all that is done counts."
)


@click.command()
@project_argument
@click.option(
    "--layers",
    default="",
    metavar="A,B,…",
    help="Annotators or roles; without it all annotators, on articles that two have done.",
)
@click.option("--by", type=click.Choice(tuple(BY)), help="Figures of each part, too.")
@click.option("--document", "documents", multiple=True, metavar="ID", help="Only this article.")
@click.option("--label", "labels", multiple=True, metavar="NAME", help="Only this label.")
@click.option("--since", default="", metavar="DAY", help="Only articles from this day on.")
@click.option("--until", default="", metavar="DAY", help="Only articles up to this day.")
@click.option("--round", "round_", type=click.IntRange(1), help="Only this round of work.")
@click.option("--retest", default="", metavar="NAME", help="An annotator's rounds, compared.")
@click.option("--reference", default="", metavar="NAME", help="Precision and recall against this.")
@click.option("--present", is_flag=True, help="What is there now, not what was first done.")
@click.option(
    "--gamma/--no-gamma", default=None, help="Gamma takes long; it is left out of many articles."
)
@click.option(
    "--overlap",
    type=click.FloatRange(0, 1),
    default=0.5,
    show_default=True,
    help="The share of common characters that relaxed figures ask for.",
)
@click.option("--ordinal", multiple=True, metavar="LABEL.ATTRIBUTE", help="Its values are ordered.")
@click.option("--samples", type=click.IntRange(0), default=1000, show_default=True, help=_SAMPLES)
@click.option("--seed", default=0, show_default=True, help="Of all that is drawn at random.")
@click.option("--markdown", type=FILE, metavar="FILE.md", help="Write a report there.")
@force_option
@json_option
def agreement(
    path: Path, *, by: str | None, markdown: Path | None, force: bool, as_json: bool, **given: Any
) -> None:
    """Say how far annotators agree, and where they do not.

    Each figure has its 95 % interval. What was first done is compared, of layers in state done.
    """
    from annotator.agreement.markdown import markdown as written
    from annotator.transfer import finish
    from annotator.transfer.figures import agreement as computed
    from annotator.transfer.targets import file_at

    with opened(path, None) as project:
        chosen = _chosen(by or "", project.read.count_documents(), **given)
        with bar() as tell:
            report = finish(computed(project, chosen), tell)
        tagset = project.tagset
        if markdown is not None:
            with file_at(markdown, own=path, force=force) as out:
                out.write(written(report, tagset, __version__).encode())
    words = f"Wrote the report to {markdown}." if markdown else _words(report, by or "")
    say(words, report.as_json(by or ""), as_json=as_json)


def _chosen(by: str, articles: int, *, layers: str, gamma: bool | None, **given: Any) -> Any:
    from annotator.agreement.resampling import Sampling
    from annotator.transfer.figures import FEW_FOR_GAMMA, Chosen

    return Chosen(
        layers=tuple(filter(None, (each.strip() for each in layers.split(",")))),
        documents=given["documents"],
        labels=given["labels"],
        first=given["since"],
        last=given["until"],
        round=given["round_"] or 0,
        retest=given["retest"],
        present=given["present"],
        reference=given["reference"],
        by=(by,) if by else (),
        gamma=articles <= FEW_FOR_GAMMA if gamma is None else gamma,
        threshold=given["overlap"],
        ordinal=given["ordinal"],
        sampling=Sampling(given["samples"], given["seed"]),
    )


def _words(report: Any, by: str) -> str:
    """The figures as lines, then those of each part, then the differences."""
    if not report.articles:
        return _NOTHING_DONE
    lines = [*report.warnings]
    lines += [
        f"{report.measures[name].title}: {figure.told()}" for name, figure in report.figures.items()
    ]
    for key, table in report.by.get(by, {}).items():
        told = (
            f"{name} {figure.words()}" for name, figure in table.items() if figure.value is not None
        )
        lines.append(f"{report.titles.get(key, key)}: {', '.join(told)}")
    told = (f"{kind} {number:,}" for kind, number in report.kinds.items() if number)
    lines.append(f"Differences: {', '.join(told) or 'none'}; agreed: {report.agreed:,}")
    return "\n".join(lines)
