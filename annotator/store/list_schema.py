"""The SQL of migration 0002: a fast list, search in all scripts, what undo takes next."""

_NO_SEARCH = """
DROP TRIGGER document_indexed;
DROP TRIGGER document_unindexed;
DROP TRIGGER document_reindexed;
DROP TABLE document_search;
"""

# What a trigger can't do without the help of a program, cutting signs apart (signs.py), the writer
# does: it puts the cut text beside the article. Whatever writes to the file, the index holds what
# document_searched shows; an article that another program brings is found by spaced words only.
_CUT = """
CREATE TABLE document_cut (
  pk INTEGER PRIMARY KEY,
  title TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE VIEW document_searched AS
SELECT d.pk, coalesce(c.title, d.title) AS title, coalesce(c.text, d.text) AS text
FROM document d LEFT JOIN document_cut c ON c.pk = d.pk;
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
"""

# Narrow copies, so that no list has to read the articles' texts; `document_line` begins with the
# key because the table itself, in that order, is as wide as the texts.
_ORDERS = """
CREATE INDEX document_line ON document (pk, source, language);
CREATE INDEX document_published ON document (published, pk);
CREATE INDEX document_title ON document (title COLLATE NOCASE, pk);
CREATE INDEX document_source ON document (source);
CREATE INDEX document_language ON document (language);
CREATE INDEX document_noted ON document (pk, note) WHERE note <> '';
CREATE INDEX annotation_noted ON annotation (layer, note) WHERE note <> '';
"""

_STANDING = """
CREATE TABLE document_count (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  count INTEGER NOT NULL
) STRICT;
INSERT INTO document_count VALUES (1, (SELECT count(*) FROM document));

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
INSERT INTO standing SELECT annotator, document, state, layer FROM newest_layer;

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
"""

# Without a foreign key: the minutes are nobody's edit and outlive a layer that undo takes away, so
# that they can't be in its way.
_WORK = """
CREATE TABLE work (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  seconds INTEGER NOT NULL CHECK (seconds >= 0),
  edit TEXT
) STRICT;
"""

# What undo and redo take next, found at once however many were undone before: the edits that stand,
# and the undos that can be done again (steps.py).
_STEPS = """
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
"""

# The row number that a deleted row had, so that undo puts it back where it was in every order.
_PLACES = """
ALTER TABLE tombstone ADD COLUMN place INTEGER;
"""

LIST = _NO_SEARCH + _CUT + _ORDERS + _STANDING + _WORK + _STEPS + _PLACES
"""All of it, in order; it never changes, like every released migration."""
