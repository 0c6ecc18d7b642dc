"""The export of JSON Lines against JSON built in SQL: prints a table and JSON.

python tests/benchmarks/bench_export.py [--rounds 5] [--articles 1000]

The floor is one SELECT that builds a record an article with SQLite's own JSON functions, written
line by line; both write the same 50 annotations and 8 links an article into a file.
"""

import argparse
import json
import sqlite3
import statistics
import sys
import tempfile
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[2]))

from annotator.formats.jsonl import FORMAT, write
from annotator.project import Project
from annotator.transfer import Exported, export_to, finish, import_sources, sources
from tests.benchmarks.bench_formats import stream

BUDGET = 2.5
SQL = """
SELECT json_object('record', 'document', 'id', d.id, 'title', d.title, 'text', d.text,
  'sha256', d.sha256, 'source', d.source, 'url', d.url, 'published', d.published,
  'language', d.language, 'note', d.note, 'meta', json(d.meta),
  'layers', (SELECT json_group_array(json_object('id', l.id, 'annotator', l.annotator,
    'role', l.role, 'round', l.round, 'state', l.state, 'tagset', l.tagset, 'meta', json(l.meta),
    'annotations', (SELECT json_group_array(json_object('id', a.id,
        'spans', CASE WHEN a.fragments IS NULL THEN json_array(json_array(a.start, a.end))
          ELSE json(a.fragments) END,
        'quote', json_array(substr(d.text, a.start + 1, a.end - a.start)), 'label', a.label,
        'attributes', json(a.attributes), 'note', a.note, 'meta', json(a.meta)))
      FROM (SELECT * FROM annotation WHERE layer = l.id ORDER BY start, "end" DESC) AS a),
    'relations', (SELECT json_group_array(json_object('id', r.id, 'type', r.type,
        'source', r.source, 'target', r.target, 'attributes', json(r.attributes)))
      FROM relation AS r WHERE r.layer = l.id))) FROM layer AS l WHERE l.document = d.id),
  'decisions', json_array())
FROM document AS d ORDER BY d.pk
"""


def bare(project: Path, out: Path) -> None:
    """The floor."""
    connection = sqlite3.connect(project)
    with out.open("wb") as file:
        for (record,) in connection.execute(SQL):
            file.write(record.encode() + b"\n")
    connection.close()


def ours(project: Path, out: Path) -> None:
    """The export over values."""
    with Project.open(project, who="ann") as opened:
        finish(export_to(opened, FORMAT, out, chosen=Exported("all"), force=True))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--articles", type=int, default=1000)
    options = parser.parse_args()
    times: dict[str, list[float]] = {"floor": [], "ours": []}
    with tempfile.TemporaryDirectory() as home:
        corpus, project = Path(home) / "corpus.jsonl", Path(home) / "project.db"
        with corpus.open("wb") as file:
            for _ in write(stream(options.articles), file):
                pass
        with Project.create(project, who="ann") as made:
            finish(import_sources(made, sources([corpus], but=project)))
        for _ in range(options.rounds):
            for name, work in (("floor", bare), ("ours", ours)):
                start = process_time()
                work(project, Path(home) / f"{name}.jsonl")
                times[name].append((process_time() - start) * 1000)
    floor, mine = (statistics.median(each) for each in times.values())
    print(f"{'export':10} {'floor ms':>9} {'ours ms':>9} {'ratio':>6} {'budget':>7}")
    print(f"{'over values':10} {floor:8.0f} {mine:9.0f} {mine / floor:6.2f} {BUDGET:7}")
    print(json.dumps({"budget": BUDGET, "floor": floor, "ours": mine, "ratio": mine / floor}))


if __name__ == "__main__":
    main()
