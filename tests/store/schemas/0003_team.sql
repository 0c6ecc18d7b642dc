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
  edit TEXT NOT NULL, place INTEGER,
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

CREATE TABLE document_cut (
  pk INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE document_search USING fts5 (
  title, text, content = 'document_searched', content_rowid = 'pk',
  tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER document_indexed AFTER INSERT ON document BEGIN
  INSERT INTO document_search (rowid, title, text) VALUES (new.pk, new.title, new.text);
END;

CREATE TRIGGER document_unindexed BEFORE DELETE ON document BEGIN
  INSERT INTO document_search (document_search, rowid, title, text)
    SELECT 'delete', pk, title, text FROM document_searched WHERE pk = old.pk;
  DELETE FROM document_cut WHERE pk = old.pk;
END;

CREATE TRIGGER document_leaves_index BEFORE UPDATE OF pk, title, text ON document
WHEN old.pk <> new.pk OR old.title <> new.title OR old.text <> new.text BEGIN
  INSERT INTO document_search (document_search, rowid, title, text)
    SELECT 'delete', pk, title, text FROM document_searched WHERE pk = old.pk;
  DELETE FROM document_cut WHERE pk = old.pk;
END;

CREATE TRIGGER document_reindexed AFTER UPDATE OF pk, title, text ON document
WHEN old.pk <> new.pk OR old.title <> new.title OR old.text <> new.text BEGIN
  INSERT INTO document_search (rowid, title, text) VALUES (new.pk, new.title, new.text);
END;

CREATE TRIGGER document_cut_indexed AFTER INSERT ON document_cut BEGIN
  INSERT INTO document_search (document_search, rowid, title, text)
    SELECT 'delete', pk, title, text FROM document WHERE pk = new.pk;
  INSERT INTO document_search (rowid, title, text) VALUES (new.pk, new.title, new.text);
END;

CREATE INDEX document_line ON document (pk, source, language);

CREATE INDEX document_published ON document (published, pk);

CREATE INDEX document_title ON document (title COLLATE NOCASE, pk);

CREATE INDEX document_source ON document (source);

CREATE INDEX document_language ON document (language);

CREATE INDEX document_noted ON document (pk, note) WHERE note <> '';

CREATE INDEX annotation_noted ON annotation (layer, note) WHERE note <> '';

CREATE TABLE document_count (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  count INTEGER NOT NULL
) STRICT;

CREATE TABLE standing (
  annotator TEXT NOT NULL,
  document INTEGER NOT NULL,
  state TEXT NOT NULL,
  layer TEXT NOT NULL,
  PRIMARY KEY (annotator, document)
) STRICT, WITHOUT ROWID;

CREATE INDEX standing_state ON standing (annotator, state, document);

CREATE INDEX standing_document ON standing (document);

CREATE TABLE state_count (
  annotator TEXT NOT NULL,
  state TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (annotator, state)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER standing_counted AFTER INSERT ON standing BEGIN
  INSERT INTO state_count VALUES (new.annotator, new.state, 1)
    ON CONFLICT DO UPDATE SET count = count + 1;
END;

CREATE TRIGGER standing_uncounted AFTER DELETE ON standing BEGIN
  UPDATE state_count SET count = count - 1
    WHERE annotator = old.annotator AND state = old.state;
  DELETE FROM state_count
    WHERE annotator = old.annotator AND state = old.state AND count = 0;
END;

CREATE VIEW newest_layer AS
SELECT l.annotator, d.pk AS document, l.state, l.id AS layer, l.document AS document_id
FROM layer l JOIN document d ON d.id = l.document
WHERE l.role = 'annotator' AND NOT EXISTS (
  SELECT 1 FROM layer later WHERE later.document = l.document
    AND later.annotator = l.annotator AND later.role = 'annotator' AND later.round > l.round);

CREATE TRIGGER document_counted AFTER INSERT ON document BEGIN
  UPDATE document_count SET count = count + 1;
  INSERT INTO standing SELECT annotator, document, state, layer FROM newest_layer
    WHERE document_id = new.id;
END;

CREATE TRIGGER document_uncounted AFTER DELETE ON document BEGIN
  UPDATE document_count SET count = count - 1;
  DELETE FROM standing WHERE document = old.pk;
END;

CREATE TRIGGER document_recounted AFTER UPDATE OF pk, id ON document
WHEN old.pk <> new.pk OR old.id <> new.id BEGIN
  DELETE FROM standing WHERE document = old.pk;
  INSERT INTO standing SELECT annotator, document, state, layer FROM newest_layer
    WHERE document_id = new.id;
END;

CREATE TRIGGER layer_stands AFTER INSERT ON layer WHEN new.role = 'annotator' BEGIN
  DELETE FROM standing WHERE annotator = new.annotator
    AND document = (SELECT pk FROM document WHERE id = new.document);
  INSERT INTO standing SELECT annotator, document, state, layer FROM newest_layer
    WHERE document_id = new.document AND annotator = new.annotator;
END;

CREATE TRIGGER layer_stands_no_more AFTER DELETE ON layer WHEN old.role = 'annotator' BEGIN
  DELETE FROM standing WHERE annotator = old.annotator
    AND document = (SELECT pk FROM document WHERE id = old.document);
  INSERT INTO standing SELECT annotator, document, state, layer FROM newest_layer
    WHERE document_id = old.document AND annotator = old.annotator;
END;

CREATE TRIGGER layer_stands_otherwise
AFTER UPDATE OF id, document, annotator, role, round, state ON layer
WHEN (old.id, old.document, old.annotator, old.role, old.round, old.state)
  IS NOT (new.id, new.document, new.annotator, new.role, new.round, new.state) BEGIN
  DELETE FROM standing WHERE annotator IN (old.annotator, new.annotator) AND document IN
    (SELECT pk FROM document WHERE id IN (old.document, new.document));
  INSERT INTO standing SELECT annotator, document, state, layer FROM newest_layer
    WHERE document_id IN (old.document, new.document)
      AND annotator IN (old.annotator, new.annotator);
END;

CREATE TABLE work (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  seconds INTEGER NOT NULL CHECK (seconds >= 0),
  edit TEXT
) STRICT;

CREATE TABLE undo_stack (
  who TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (who, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE redo_stack (
  who TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (who, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER journal_edited AFTER INSERT ON journal
WHEN new.kind = 'edit' AND new.part = 0 BEGIN
  INSERT INTO undo_stack VALUES (new.who, new.seq);
  DELETE FROM redo_stack WHERE who = new.who;
END;

CREATE TRIGGER journal_undone AFTER INSERT ON journal
WHEN new.kind = 'undo' AND new.part = 0 BEGIN
  DELETE FROM undo_stack WHERE (who, seq) IN
    (SELECT who, seq FROM journal WHERE id = new.of AND part = 0);
  INSERT INTO redo_stack VALUES (new.who, new.seq);
END;

CREATE TRIGGER journal_redone AFTER INSERT ON journal
WHEN new.kind = 'redo' AND new.part = 0 BEGIN
  INSERT INTO undo_stack SELECT who, seq FROM journal WHERE id = new.of AND part = 0;
  DELETE FROM redo_stack WHERE who = new.who
    AND seq = (SELECT max(seq) FROM redo_stack WHERE who = new.who);
END;

CREATE TABLE first_pass (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  annotations TEXT NOT NULL DEFAULT '[]' CHECK (json_type(annotations) = 'array'),
  relations TEXT NOT NULL DEFAULT '[]' CHECK (json_type(relations) = 'array'),
  edit TEXT
) STRICT;

CREATE TABLE merge (
  pk INTEGER PRIMARY KEY,
  edit TEXT NOT NULL UNIQUE,
  file TEXT NOT NULL,
  project TEXT NOT NULL,
  handoff TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE foreign_journal (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  part INTEGER NOT NULL DEFAULT 0,
  time TEXT NOT NULL,
  who TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('edit', 'undo', 'redo')),
  of TEXT NOT NULL DEFAULT '',
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  changes TEXT NOT NULL CHECK (json_type(changes) = 'array'),
  project TEXT NOT NULL,
  merge TEXT NOT NULL,
  UNIQUE (id, part),
  CHECK ((kind = 'edit') = (of = ''))
) STRICT;

CREATE TABLE aside (
  pk INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  row TEXT NOT NULL CHECK (json_type(row) = 'object'),
  merge TEXT NOT NULL,
  UNIQUE (kind, id, merge)
) STRICT;

CREATE VIEW standing_merge AS
SELECT m.edit FROM merge m JOIN journal j ON j.id = m.edit AND j.part = 0
  JOIN undo_stack u ON u.who = j.who AND u.seq = j.seq;

