"""The SQL of migration 0003: first passes, and what a merge has to know."""

# Without a foreign key: it is nobody's edit and outlives a layer that undo takes away, so that it
# can't be in its way.
_FIRST_PASSES = """
CREATE TABLE first_pass (
  pk INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  annotations TEXT NOT NULL DEFAULT '[]' CHECK (json_type(annotations) = 'array'),
  relations TEXT NOT NULL DEFAULT '[]' CHECK (json_type(relations) = 'array'),
  edit TEXT
) STRICT;
"""

# A merge brings rows with the stamps of the file that they were made in, so it brings that file's
# journal too: it tells who made a version, and whether this file has seen it. Of a hand-off only
# the heads of entries come, without changes. What a file knows to be the latest version of a value
# but can't show so (a link whose ends are gone, an article deleted elsewhere that has new work)
# lies aside: `row` is as in the journal. All count only while the merge that brought them stands.
_MERGES = """
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
"""

TEAM = _FIRST_PASSES + _MERGES
"""All of it, in order; it never changes, like every released migration."""
