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
  `
  CREATE TABLE commits_2 (
    revision INTEGER PRIMARY KEY,
    -- Only edits are part of the tree; the others lead from one of its places to another, whatever the distance.
    -- Notes say what was found out about media; they are no part of the history.
    kind TEXT NOT NULL CHECK (kind IN ('edit', 'undo', 'redo', 'jump', 'note')),
    -- The edit that the state stood on before, and the one it stands on afterwards (0: the beginning).
    parent INTEGER NOT NULL,
    head INTEGER NOT NULL,
    -- The edits that followed one another without a fork share the number of the first of them.
    branch INTEGER,
    -- How many steps of undo lie between the beginning and this edit, its own included.
    step INTEGER,
    -- Edits of one gesture in a row are one step.
    gesture TEXT,
    label TEXT NOT NULL,
    author TEXT NOT NULL,
    committed_at_ms INTEGER NOT NULL,
    CHECK ((kind = 'edit') = (branch IS NOT NULL AND step IS NOT NULL AND head = revision))
  ) STRICT;

  WITH RECURSIVE steps (revision, step) AS (
    SELECT revision, 1 FROM commits WHERE kind = 'edit' AND parent = 0
    UNION ALL
    SELECT edit.revision, steps.step + 1
    FROM steps JOIN commits AS edit ON edit.parent = steps.revision AND edit.kind = 'edit'
  ),
  edits AS (
    SELECT revision, parent,
      lag(revision) OVER (PARTITION BY parent ORDER BY revision) IS NULL AS is_eldest
    FROM commits WHERE kind = 'edit'
  ),
  branches (revision, branch) AS (
    SELECT revision, revision FROM edits WHERE parent = 0 OR NOT is_eldest
    UNION ALL
    SELECT edits.revision, branches.branch
    FROM branches JOIN edits ON edits.parent = branches.revision AND edits.is_eldest
  )
  INSERT INTO commits_2 (revision, kind, parent, head, branch, step, gesture, label, author, committed_at_ms)
  SELECT old.revision, old.kind, old.parent,
    CASE old.kind
      WHEN 'edit' THEN old.revision
      WHEN 'redo' THEN coalesce(old.target, 0)
      ELSE coalesce((SELECT undone.parent FROM commits AS undone WHERE undone.revision = old.target), 0)
    END,
    branches.branch, steps.step, NULL, old.label, '', old.committed_at_ms
  FROM commits AS old
  LEFT JOIN branches ON branches.revision = old.revision
  LEFT JOIN steps ON steps.revision = old.revision
  ORDER BY old.revision;

  DROP TABLE commits;
  ALTER TABLE commits_2 RENAME TO commits;
  CREATE INDEX commits_by_branch ON commits (branch) WHERE branch IS NOT NULL;
  CREATE INDEX forks_by_parent ON commits (parent) WHERE branch = revision;

  -- Names that were given to edits: the state after them is found again under the name.
  CREATE TABLE versions (
    name TEXT PRIMARY KEY,
    head INTEGER NOT NULL,
    author TEXT NOT NULL,
    saved_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Where redo leads: the end of the branch that was left last.
  INSERT INTO meta (key, value) VALUES ('tip', '');
  `,
];
