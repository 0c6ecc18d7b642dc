"""The commands on a project as a whole: a new one, what it holds, whether it is sound."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from annotator.console import (
    FILE,
    as_option,
    force_option,
    json_option,
    opened,
    project_argument,
    say,
)

if TYPE_CHECKING:
    from annotator.project import Project

# What a command needs is imported by it, so that help comes at once and the window starts fast.
# ruff: noqa: PLC0415


@click.command()
@project_argument
@click.option("--tagset", type=FILE, metavar="FILE.toml", help="Instead of the default tag set.")
@force_option
@as_option
@json_option
def new(path: Path, *, tagset: Path | None, force: bool, who: str | None, as_json: bool) -> None:
    """Make an empty project."""
    from annotator.project import Project
    from annotator.transfer import read_toml

    toml = read_toml(tagset) if tagset else None
    with Project.create(path, who=who, tagset=toml, force=force) as project:
        labels = [each.name for each in project.tagset.labels]
    say(
        f"Made {path} with the labels {', '.join(labels)}.",
        {"path": str(path), "labels": labels},
        as_json=as_json,
    )


@click.command()
@project_argument
@click.option("--layers", is_flag=True, help="List the layers.")
@json_option
def info(path: Path, *, layers: bool, as_json: bool) -> None:
    """Say what a project holds."""
    with opened(path, None) as project:
        read = project.read
        counts = read.counts()
        plural = ("document", "annotation", "relation", "decision", "entity")
        names = ("documents", "annotations", "relations", "decisions", "entities")
        found: dict[str, Any] = {
            name: counts[kind] for name, kind in zip(names, plural, strict=True)
        }
        found["annotators"] = [each.name for each in read.annotators()]
        found["labels"] = read.counts_by_label()
        found["layers"] = list(_layers(project)) if layers else read.layer_counts()
        found["schema"] = read.schema()
        found["remarks"] = list(project.file.remarks)
    named = ((name, value) for name, value in found.items() if name not in ("layers", "remarks"))
    lines = [f"{name}: {_flat(value)}" for name, value in named]
    listed = found["layers"] if layers else [found["layers"]]
    lines += [f"layers: {_flat(each)}" for each in listed] + found["remarks"]
    say("\n".join(lines), found, as_json=as_json)


def _layers(project: "Project") -> Iterator[dict[str, Any]]:
    for each in project.read.layers():
        yield {
            "document": each.document,
            "annotator": each.annotator,
            "role": each.role,
            "state": each.state,
            "annotations": sum(project.read.label_counts(each.id).values()),
        }


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_flat(each)}" for key, each in value.items()) or "none"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return f"{value:,}" if isinstance(value, int) else str(value)


@click.command()
@click.argument("path", metavar="PROJECT.db|PACKAGE", type=FILE)
@json_option
def check(path: Path, *, as_json: bool) -> int:
    """Prove that a project or a package is sound, or say where not."""
    from annotator.transfer.proving import is_package, package_problems

    if path.exists() and is_package(path):
        problems = package_problems(path)
    else:
        with opened(path, None) as project:
            problems = project.check()
    sound = not problems
    said = f"{path} is sound." if sound else f"{path} is not sound."
    say("\n".join((said, *problems)), {"ok": sound, "problems": problems}, as_json=as_json)
    return 0 if sound else 1
