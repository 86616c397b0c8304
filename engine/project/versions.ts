import type Database from 'better-sqlite3';
import { refuse } from '#core/fault.ts';

/** A state of a project under a name: that after the edit `revision` (0: the beginning). */
export type NamedVersion = { name: string; revision: number; author: string; savedAtMs: number };

const LONGEST = 200;

/** The names that a project keeps for states of its past. What they stand for stays whatever becomes of the name. */
export class NamedVersions {
  readonly #list;
  readonly #find;
  readonly #add;
  readonly #rename;
  readonly #delete;

  constructor(db: Database.Database) {
    const columns = 'name, head AS revision, author, saved_at_ms AS savedAtMs';
    this.#list = db.prepare<[], NamedVersion>(
      `SELECT ${columns} FROM versions ORDER BY saved_at_ms DESC, name`,
    );
    this.#find = db.prepare<[string], NamedVersion>(
      `SELECT ${columns} FROM versions WHERE name = ?`,
    );
    this.#add = db.prepare(
      'INSERT INTO versions (name, head, author, saved_at_ms) VALUES (@name, @revision, @author, @savedAtMs)',
    );
    this.#rename = db.prepare('UPDATE versions SET name = ? WHERE name = ?');
    this.#delete = db.prepare('DELETE FROM versions WHERE name = ?');
  }

  /** All of them, the one that was saved last first. */
  list(): NamedVersion[] {
    return this.#list.all();
  }

  /** Refuses `project/no-such-version`. */
  need(name: string): NamedVersion {
    return (
      this.#find.get(plain(name)) ??
      refuse(
        'project/no-such-version',
        `This project has no version “${name}”. Its versions keep their names exactly as they were written.`,
        { name },
      )
    );
  }

  /** Refuses `project/version-exists` and `project/bad-version-name`. */
  save(version: NamedVersion): NamedVersion {
    const named = { ...version, name: this.#free(version.name) };
    this.#add.run(named);
    return named;
  }

  /** Refuses `project/no-such-version`, `project/version-exists` and `project/bad-version-name`. */
  rename(from: string, to: string): NamedVersion {
    const version = this.need(from);
    const name = plain(to) === version.name ? version.name : this.#free(to);
    this.#rename.run(name, version.name);
    return { ...version, name };
  }

  /** Takes the name away; the state stays in the history. Refuses `project/no-such-version`. */
  delete(name: string): void {
    this.#delete.run(this.need(name).name);
  }

  #free(wanted: string): string {
    const name = plain(wanted);
    // A name is one line that people read: nothing in it may be invisible or turn the line around.
    if (
      name === '' ||
      name.length > LONGEST ||
      /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u.test(name)
    ) {
      refuse(
        'project/bad-version-name',
        `A version needs a name of 1 to ${LONGEST} characters on one line. Choose another name.`,
        { name: wanted },
      );
    }
    if (this.#find.get(name) !== undefined) {
      refuse(
        'project/version-exists',
        `There is a version “${name}” already. Choose another name, or delete that one first.`,
        { name },
      );
    }
    return name;
  }
}

/** The same letters make the same name however the keyboard put them together. */
function plain(name: string): string {
  return name.normalize('NFC').trim();
}
