/** Marks the file as an Inkreel project: "IKRL" in ASCII (SQLite `application_id`). */
export const APPLICATION_ID = 0x494b524c;

/**
 * Schema of project files, one step a version; step n leads from version n to n + 1. Steps are never changed once
 * released, and never refer to code that may change.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- One row for every acknowledged change; the revision of a project is the largest one.
  CREATE TABLE commits (
    revision INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('edit', 'undo', 'redo')),
    -- The edit that the state stood on before (0: the beginning).
    parent INTEGER NOT NULL,
    -- For undo and redo: the edit that was taken back or done again.
    target INTEGER REFERENCES commits (revision),
    label TEXT NOT NULL,
    committed_at_ms INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX commits_by_parent ON commits (parent);

  -- Every register write there ever was, with what it replaced: nothing is thrown away.
  CREATE TABLE ops (
    seq INTEGER PRIMARY KEY,
    revision INTEGER NOT NULL REFERENCES commits (revision),
    object TEXT NOT NULL,
    register TEXT NOT NULL,
    value TEXT,
    previous TEXT
  ) STRICT;
  CREATE INDEX ops_by_revision ON ops (revision);

  -- The present state, always equal to the ops applied in order.
  CREATE TABLE registers (
    object TEXT NOT NULL,
    register TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (object, register)
  ) STRICT, WITHOUT ROWID;

  INSERT INTO meta (key, value) VALUES ('head', '0');
  `,
];
