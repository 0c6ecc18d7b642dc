"""The long form of the tests of bad input: damages files at random and has every reader read them.

    python -m tests.fuzz --minutes 15 --files ../corpora

What is damaged are the specimens of all formats, and the files in the folders named. A reader may
give articles, problems and notes, or refuse the file by a sentence that names it; it may not raise
anything else, die, hang, or let values into a project with which `check` finds fault. Files that
make one do so are kept in a folder, each with what happened. The same seed draws the same files.
"""

import argparse
import multiprocessing
import random
import re
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from zipfile import BadZipFile

from annotator.core.errors import UserError
from annotator.formats import registry
from annotator.formats.base import Problem, Source
from annotator.formats.carried import KEY
from annotator.project import Project
from annotator.transfer import finish, import_sources
from annotator.transfer.importing import read_source
from annotator.transfer.sources import format_of, sources
from tests.formats.rough import require_sound
from tests.formats.specimens import NAMES, Specimen, packed, specimen, unpacked

BATCH = 300
"""Files that are read into one project, which is then checked."""
PATIENCE = 60.0
"""Seconds that a file of the size of a specimen may take; then its reader hangs."""
LARGEST = 300_000
"""Bytes; larger files of a folder are left out, since they would take the time of many others."""
_NUMBER = re.compile(rb"-?\d+")
_TOKENS = (
    *(b"", b"\0", b"\xff", b"\xf0\x9f\x99\x82", b"\xe2\x80\xa8", b"\r\n", b"\n\n", b"\t", b" "),
    *(b"null", b"true", b"-1", b"1e999", b"NaN", b"\\ud800", b"\\u0000", b'"', b"{", b"}", b"["),
    *(b"]", b",", b":", b"<", b">", b"&e;", b"<!DOCTYPE a>", b"</", b"O", b"B-X", b"T1", b"#"),
    *(b"../", b"annotator", b"begin", b"end", b"id", KEY.encode()),
)
_NUMBERS = (b"0", b"1", b"-1", b"2147483648", b"99999999999999999999", b"1.5", b"00", b"7")


@dataclass(frozen=True, slots=True)
class Fault:
    """What a reader did to a file that it may not do."""

    seed: str
    number: int
    what: str


# Damage


def damaged(data: bytes, draw: random.Random, others: Sequence[bytes]) -> bytes:
    """A file with one to four wounds; parts of others of its kind may come into it."""
    for _ in range(draw.randint(1, 4)):
        data = draw.choice(_WOUNDS)(data, draw, others)
    return data


def _flip(data: bytes, draw: random.Random, _others: Sequence[bytes]) -> bytes:
    at = draw.randrange(len(data) + 1)
    return data[:at] + bytes([draw.randrange(256)]) + data[at + 1 :]


def _cut(data: bytes, draw: random.Random, _others: Sequence[bytes]) -> bytes:
    return data[: draw.randrange(len(data) + 1)] if draw.random() < 0.2 else data


def _drop(data: bytes, draw: random.Random, _others: Sequence[bytes]) -> bytes:
    start, end = _piece(data, draw)
    return data[:start] + data[end:]


def _double(data: bytes, draw: random.Random, _others: Sequence[bytes]) -> bytes:
    start, end = _piece(data, draw)
    at = draw.randrange(len(data) + 1)
    times = draw.choice((1, 1, 2, 50)) if end - start < 1_000 else 1
    return data[:at] + data[start:end] * times + data[at:]


def _token(data: bytes, draw: random.Random, _others: Sequence[bytes]) -> bytes:
    at = draw.randrange(len(data) + 1)
    return data[:at] + draw.choice(_TOKENS) + data[at + draw.randrange(4) :]


def _number(data: bytes, draw: random.Random, _others: Sequence[bytes]) -> bytes:
    found = list(_NUMBER.finditer(data))
    if not found:
        return data
    start, end = draw.choice(found).span()
    near = str(int(data[start:end][:9]) + draw.randint(-3, 3)).encode()
    return data[:start] + draw.choice((*_NUMBERS, near)) + data[end:]


def _graft(data: bytes, draw: random.Random, others: Sequence[bytes]) -> bytes:
    other = draw.choice(others)
    start, end = _piece(other, draw)
    at, to = _piece(data, draw)
    return data[:at] + other[start:end] + data[to:]


_WOUNDS: tuple[Callable[[bytes, random.Random, Sequence[bytes]], bytes], ...] = (
    *(_flip, _cut, _drop, _double, _token, _token, _number, _number, _graft),
)


def _piece(data: bytes, draw: random.Random) -> tuple[int, int]:
    """A stretch of a file, mostly a short one; where it has lines, often some of them whole."""
    start = draw.randrange(len(data) + 1)
    end = min(len(data), start + draw.choice((1, 4, 16, 64, len(data))))
    if draw.random() < 0.5:
        start = data.rfind(b"\n", 0, start) + 1
        end = data.find(b"\n", end) + 1 or len(data)
    return start, max(start, end)


# Reading


@dataclass(frozen=True, slots=True)
class Herd:
    """The files that are damaged, by name; each draw is told by a number."""

    seed: int
    files: Mapping[str, Specimen]

    def of(self, number: int) -> tuple[str, Source]:
        """The name of a file, and the file as it is damaged in this draw."""
        draw = random.Random(f"{self.seed} {number}")
        herds: dict[str, list[str]] = {}
        for name, each in self.files.items():
            herds.setdefault(each.format.name, []).append(name)
        names = herds[draw.choice(list(herds))]
        name = draw.choice(names)
        one, kin = self.files[name], [self.files[each].data for each in names]
        part = one.file if draw.random() < 0.75 else draw.choice(list(one.parts))
        data = one.parts[part]
        if part == one.file and data.startswith(b"PK") and draw.random() < 0.8:
            return name, one.damaged(part, _damaged_inside(data, draw))
        return name, one.damaged(part, damaged(data, draw, kin))


def _damaged_inside(data: bytes, draw: random.Random) -> bytes:
    """An archive with one of its files damaged, or under another name."""
    files = unpacked(data)
    path = draw.choice(list(files))
    hurt = damaged(files[path], draw, list(files.values()))
    odd = damaged(path.encode(), draw, [b"x"]).decode("latin-1").strip("\0")
    name = odd or "x" if draw.random() < 0.1 else path
    return packed({**{key: each for key, each in files.items() if key != path}, name: hurt})


def tried(project: Project, one: Specimen, source: Source) -> str:
    """What a reader did wrong with a file, "" for nothing."""
    try:
        found = list(read_source(source, one.format.name, {}, lambda _: None))
        require_sound(found, *one.parts)
        finish(import_sources(project, [source], format_=one.format.name))
    except UserError as error:
        return "" if str(error).endswith(".") else f"no sentence: {error}"
    except Exception:  # any of them is what is looked for
        return traceback.format_exc()
    return ""


def work(herd: Herd, numbers: Sequence[int], tell: Connection) -> None:
    """Read the files of some draws into a project, and tell what happened to each."""
    with tempfile.TemporaryDirectory() as folder:
        with Project.create(Path(folder) / "p.db", who="fuzz") as project:
            for number in numbers:
                name, source = herd.of(number)
                tell.send((number, name, None))
                tell.send((number, name, tried(project, herd.files[name], source)))
            wrong = project.check()
        if wrong:
            tell.send((numbers[-1], "", f"one of these let this in: {wrong[:3]}"))
    tell.close()


def batches(herd: Herd, until: float) -> Iterator[tuple[str, Fault | None]]:
    """Each draw's file and what was wrong with it, until a time; a reader that dies is one."""
    context = multiprocessing.get_context("spawn")
    first = 0
    while time.monotonic() < until:
        ours, theirs = context.Pipe(duplex=False)
        numbers = range(first, first + BATCH)
        process = context.Process(target=work, args=(herd, numbers, theirs), daemon=True)
        process.start()
        theirs.close()
        number, name = first, ""
        try:
            while ours.poll(PATIENCE):
                number, name, what = ours.recv()
                if what is not None:
                    yield name, Fault(name, number, what) if what else None
            process.kill()
            yield name, Fault(name, number, f"it took more than {PATIENCE:.0f} seconds")
        except EOFError:
            process.join()
            if process.exitcode:
                yield name, Fault(name, number, f"it died with code {process.exitcode}")
                first = number + 1 - BATCH
        process.join()
        first += BATCH


# The command


def herd_of(seed: int, formats: Sequence[str], folders: Sequence[Path]) -> Herd:
    """The specimens of these formats, of all where none is named, and the files in folders."""
    files = {name: specimen(name) for name in NAMES}
    for source in sources(folders, but=Path("-")) if folders else ():
        found = _real(source)
        if found is not None:
            files[source.name] = found
    wanted = {name: each for name, each in files.items() if each.format.name in formats}
    return Herd(seed, wanted if formats else files)


def _real(source: Source) -> Specimen | None:
    """A file as it came; None for one that is too large, or is not read as it is."""
    try:
        format_ = format_of(source, "")
        found = list(read_source(source, format_.name, {}, lambda _: None))
        beside = {each.name: each for each in _beside(source)}
        with source.open() as stream:
            data = stream.read(LARGEST + 1)
        if data.startswith(b"PK"):
            unpacked(data)
    except (UserError, OSError, BadZipFile):
        return None
    if not data or len(data) > LARGEST or all(isinstance(each, Problem) for each in found):
        return None
    texts = {Path(name).name: each.head() for name, each in beside.items()}
    return Specimen(format_, Path(source.name).name, data, texts)


def _beside(source: Source) -> Iterator[Source]:
    for name in (Path(source.name).with_suffix(".txt").name, "TypeSystem.xml"):
        found = source.neighbour(name)
        if found is not None and Path(found.name).name != Path(source.name).name:
            yield found


def keep(herd: Herd, fault: Fault, folder: Path) -> None:
    """Put a file that was at fault into a folder, with what happened."""
    name, source = herd.of(fault.number)
    place = folder / f"{fault.number}-{herd.files[name].format.name}"
    place.mkdir(parents=True, exist_ok=True)
    (place / "what.txt").write_text(f"{fault.seed}\n{fault.what}\n", encoding="utf-8")
    for part in herd.files[name].parts:
        found = source if part == herd.files[name].file else source.neighbour(part)
        if found is not None:
            with found.open() as stream:
                (place / part).write_bytes(stream.read())


def main() -> int:
    """Run it; the code at the end is 1 where a reader was at fault."""
    parser = argparse.ArgumentParser(description="Damages files and has every reader read them.")
    parser.add_argument("--minutes", type=float, default=1.0)
    parser.add_argument("--format", action="append", default=[], choices=registry.OWN)
    parser.add_argument("--files", action="append", default=[], type=Path, metavar="FOLDER")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=Path(tempfile.gettempdir()) / "faults")
    chosen = parser.parse_args()
    herd = herd_of(chosen.seed, chosen.format, chosen.files)
    read: Counter[str] = Counter()
    faults: Counter[str] = Counter()
    for name, fault in batches(herd, time.monotonic() + chosen.minutes * 60):
        format_ = herd.files[name].format.name if name else "all"
        read[format_] += 1
        if fault is not None:
            faults[format_] += 1
            keep(herd, fault, chosen.keep)
            print(f"{fault.number} {name}: {fault.what.strip().splitlines()[-1]}", flush=True)
    for name in sorted(read):
        print(f"{name:<20} {read[name]:>8,} files {faults[name]:>4} faults")
    print(f"{'together':<20} {read.total():>8,} files {faults.total():>4} faults")
    if faults:
        print(f"They are in {chosen.keep}.")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
