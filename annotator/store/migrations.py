"""The file's schema as a list of migrations; append only, a released one never changes."""

from sqlite_utils import Database, Migrations

from annotator.store.list_schema import LIST
from annotator.store.signs import cut, needs_cut
from annotator.store.steps import STEPS, Stacks
from annotator.store.team_schema import TEAM

migrations = Migrations("annotator")


@migrations(name="0001_first")
def _first(db: Database) -> None:
    # The connection's own `executescript` would end the migration's transaction.
    db.executescript(_TABLES + _COUNTERS + _SEARCH + _VIEWS)


@migrations(name="0002_list")
def _list(db: Database) -> None:
    db.executescript(LIST)
    db.execute("INSERT INTO document_search (document_search) VALUES ('rebuild')")
    rows = db.execute("SELECT pk, title, text FROM document ORDER BY pk")
    for pk, title, text in iter(rows.fetchone, None):
        if needs_cut(title) or needs_cut(text):
            row = (pk, cut(title), cut(text))
            db.execute("INSERT INTO document_cut (pk, title, text) VALUES (?, ?, ?)", row)
    stacks = Stacks()
    stacks.follow(db.execute(STEPS))
    db.conn.executemany("INSERT INTO undo_stack (who, seq) VALUES (?, ?)", stacks.undo_rows())
    db.conn.executemany("INSERT INTO redo_stack (who, seq) VALUES (?, ?)", stacks.redo_rows())


@migrations(name="0003_team")
def _team(db: Database) -> None:
    db.executescript(TEAM)


# Foreign keys wait for the commit, so that the changes of one edit may come in any order.
_TABLES = """
CREATE TABLE project (
  pk INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  value TEXT NOT NULL,
  edit TEXT
) STRICT;

CREATE TABLE tagset (
  pk INTEGER PRIMARY KEY,
  version INTEGER NOT NULL UNIQUE CHECK (version >= 1),
  toml TEXT NOT NULL,
  edit TEXT
) STRICT;

CREATE TABLE annotator (
  pk INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE CHECK (length(name) > 0),
  display TEXT NOT NULL DEFAULT '',
  color TEXT NOT NULL DEFAULT '',
  edit TEXT
) STRICT;

CREATE TABLE entity (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  aliases TEXT NOT NULL DEFAULT '[]' CHECK (json_type(aliases) = 'array'),
  side TEXT NOT NULL DEFAULT '',
  type TEXT NOT NULL DEFAULT '',
  edit TEXT
) STRICT;

CREATE TABLE document (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  source TEXT NOT NULL DEFAULT '',
  url TEXT NOT NULL DEFAULT '',
  published TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  meta TEXT NOT NULL DEFAULT '{}' CHECK (json_type(meta) = 'object'),
  edit TEXT
) STRICT;
CREATE INDEX document_sha256 ON document (sha256);

CREATE TABLE layer (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  document TEXT NOT NULL REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
  annotator TEXT NOT NULL REFERENCES annotator (name) DEFERRABLE INITIALLY DEFERRED,
  role TEXT NOT NULL CHECK (role IN ('annotator', 'machine', 'gold')),
  round INTEGER NOT NULL CHECK (round >= 1),
  state TEXT NOT NULL CHECK (state IN ('new', 'open', 'question', 'done')),
  tagset INTEGER NOT NULL REFERENCES tagset (version) DEFERRABLE INITIALLY DEFERRED,
  meta TEXT NOT NULL DEFAULT '{}' CHECK (json_type(meta) = 'object'),
  edit TEXT,
  UNIQUE (document, annotator, role, round)
) STRICT;
CREATE INDEX layer_work ON layer (annotator, role, state);

CREATE TABLE annotation (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  layer TEXT NOT NULL REFERENCES layer (id) DEFERRABLE INITIALLY DEFERRED,
  "start" INTEGER NOT NULL CHECK ("start" >= 0),
  "end" INTEGER NOT NULL CHECK ("end" > "start"),
  fragments TEXT CHECK (fragments IS NULL OR json_type(fragments) = 'array'),
  label TEXT NOT NULL CHECK (length(label) > 0),
  attributes TEXT NOT NULL DEFAULT '{}' CHECK (json_type(attributes) = 'object'),
  note TEXT NOT NULL DEFAULT '',
  meta TEXT NOT NULL DEFAULT '{}' CHECK (json_type(meta) = 'object'),
  edit TEXT
) STRICT;
CREATE INDEX annotation_order ON annotation (layer, "start", "end" DESC);

CREATE TABLE relation (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  layer TEXT NOT NULL REFERENCES layer (id) DEFERRABLE INITIALLY DEFERRED,
  type TEXT NOT NULL CHECK (length(type) > 0),
  source TEXT NOT NULL REFERENCES annotation (id) DEFERRABLE INITIALLY DEFERRED,
  target TEXT NOT NULL REFERENCES annotation (id) DEFERRABLE INITIALLY DEFERRED,
  attributes TEXT NOT NULL DEFAULT '{}' CHECK (json_type(attributes) = 'object'),
  edit TEXT,
  CHECK (source <> target)
) STRICT;
CREATE INDEX relation_layer ON relation (layer);
CREATE INDEX relation_source ON relation (source);
CREATE INDEX relation_target ON relation (target);

CREATE TABLE decision (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  document TEXT NOT NULL REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED,
  seen TEXT NOT NULL CHECK (json_type(seen) = 'object'),
  action TEXT NOT NULL CHECK (action IN ('take', 'union', 'intersection', 'mix', 'edit',
    'both spans', 'both readings', 'none', 'later')),
  outcome TEXT NOT NULL DEFAULT '{}' CHECK (json_type(outcome) = 'object'),
  "by" TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  comment TEXT NOT NULL DEFAULT '',
  confidence TEXT NOT NULL DEFAULT '',
  guideline_gap INTEGER NOT NULL DEFAULT 0 CHECK (guideline_gap IN (0, 1)),
  supersedes TEXT NOT NULL DEFAULT '',
  edit TEXT
) STRICT;
CREATE INDEX decision_document ON decision (document);

CREATE TABLE tombstone (
  pk INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  edit TEXT NOT NULL,
  UNIQUE (kind, id)
) STRICT;

CREATE TABLE journal (
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  part INTEGER NOT NULL DEFAULT 0,
  time TEXT NOT NULL,
  who TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('edit', 'undo', 'redo')),
  of TEXT NOT NULL DEFAULT '',
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  changes TEXT NOT NULL CHECK (json_type(changes) = 'array'),
  UNIQUE (id, part),
  CHECK ((kind = 'edit') = (of = ''))
) STRICT;
CREATE INDEX journal_who ON journal (who, seq);
CREATE INDEX journal_of ON journal (of) WHERE of <> '';
"""

_COUNTERS = """
CREATE TABLE label_count (
  layer TEXT NOT NULL,
  label TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (layer, label)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER annotation_counted AFTER INSERT ON annotation BEGIN
  INSERT INTO label_count VALUES (new.layer, new.label, 1)
    ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER annotation_uncounted AFTER DELETE ON annotation BEGIN
  UPDATE label_count SET count = count - 1 WHERE layer = old.layer AND label = old.label;
  DELETE FROM label_count WHERE layer = old.layer AND label = old.label AND count = 0;
END;
CREATE TRIGGER annotation_recounted AFTER UPDATE OF layer, label ON annotation
WHEN old.layer <> new.layer OR old.label <> new.label BEGIN
  UPDATE label_count SET count = count - 1 WHERE layer = old.layer AND label = old.label;
  DELETE FROM label_count WHERE layer = old.layer AND label = old.label AND count = 0;
  INSERT INTO label_count VALUES (new.layer, new.label, 1)
    ON CONFLICT DO UPDATE SET count = count + 1;
END;
"""

_SEARCH = """
CREATE VIRTUAL TABLE document_search USING fts5 (
  title, text, content = 'document', content_rowid = 'pk',
  tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER document_indexed AFTER INSERT ON document BEGIN
  INSERT INTO document_search (rowid, title, text) VALUES (new.pk, new.title, new.text);
END;
CREATE TRIGGER document_unindexed AFTER DELETE ON document BEGIN
  INSERT INTO document_search (document_search, rowid, title, text)
    VALUES ('delete', old.pk, old.title, old.text);
END;
CREATE TRIGGER document_reindexed AFTER UPDATE OF title, text ON document
WHEN old.title <> new.title OR old.text <> new.text BEGIN
  INSERT INTO document_search (document_search, rowid, title, text)
    VALUES ('delete', old.pk, old.title, old.text);
  INSERT INTO document_search (rowid, title, text) VALUES (new.pk, new.title, new.text);
END;
"""

_VIEWS = """
CREATE VIEW labelled_span AS
SELECT a.id AS annotation, d.id AS document, d.title, l.annotator, l.role, l.round, a.label,
  a."start", a."end", substr(d.text, a."start" + 1, a."end" - a."start") AS quote, a.attributes
FROM annotation a JOIN layer l ON l.id = a.layer JOIN document d ON d.id = l.document;

CREATE VIEW labelled_relation AS
SELECT r.id AS relation, d.id AS document, d.title, l.annotator, l.role, l.round, r.type,
  s.label AS source_label, substr(d.text, s."start" + 1, s."end" - s."start") AS source_quote,
  t.label AS target_label, substr(d.text, t."start" + 1, t."end" - t."start") AS target_quote,
  r.source, r.target, r.attributes
FROM relation r JOIN layer l ON l.id = r.layer JOIN document d ON d.id = l.document
  JOIN annotation s ON s.id = r.source JOIN annotation t ON t.id = r.target;
"""
