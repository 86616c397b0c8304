import { stat } from 'node:fs/promises';
import type { ShelfBook } from '#core/contract/library.ts';
import { Refusal, type Fault } from '#core/fault.ts';
import type { OpenProjects } from '../project/openProjects.ts';
import { ProjectFile } from '../project/projectFile.ts';
import type { RecentProject, RecentProjects } from '../project/recentProjects.ts';
import { type BookFacts, booksOf } from './booksOf.ts';
import { ShelfCache } from './shelfCache.ts';

type Read = { projectId: string; books: BookFacts[] };
export type Shelf = {
  books: ShelfBook[];
  unreadable: { path: string; name: string; message: string }[];
};

/** The books of all projects that were opened before. */
export class Library {
  readonly #recent: RecentProjects;
  readonly #projects: OpenProjects;
  readonly #cache: ShelfCache;

  constructor(options: { recent: RecentProjects; projects: OpenProjects; cachePath: string }) {
    this.#recent = options.recent;
    this.#projects = options.projects;
    this.#cache = new ShelfCache(options.cachePath);
  }

  /** Reads every project; one that is not open only if its file is another one than the last time. */
  async list(): Promise<Shelf> {
    const shelf: Shelf = { books: [], unreadable: [] };
    const noted = await this.#recent.list();
    let isNew = false;
    for (const project of noted) {
      try {
        const stamp = await stampOf(project.path);
        // A project that is gone is shown as such where projects are listed.
        if (stamp === null) continue;
        const open = this.#openAt(project);
        const known = open ? undefined : await this.#cache.find(project.path, stamp);
        const read = open ? readOpen(open) : (known ?? readFile(project.path));
        if (!open && known === undefined) {
          const now = (await stampOf(project.path)) ?? stamp;
          await this.#cache.keep(project.path, { ...read, stamp: now });
          isNew = true;
        }
        shelf.books.push(...read.books.map((book) => onShelf(book, read.projectId, project)));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        shelf.unreadable.push(unreadable(project, error.fault));
      }
    }
    if (isNew) await this.#cache.save(noted.map(({ path }) => path));
    return shelf;
  }

  /** Works with a project of the shelf, opened for it and closed again if it was not open. */
  async withProject<T>(path: string, work: (file: ProjectFile) => T): Promise<T> {
    const wasOpen = this.#projects.isOpenAt(path);
    const file = this.#projects.open(path);
    try {
      return work(file);
    } finally {
      if (!wasOpen) this.#projects.close(file.projectId);
    }
  }

  #openAt(project: RecentProject): ProjectFile | undefined {
    const open = this.#projects.find(project.projectId);
    return open?.path === project.path ? open : undefined;
  }
}

function readOpen(file: ProjectFile): Read {
  return { projectId: file.projectId, books: booksOf(file.project) };
}

function readFile(path: string): Read {
  const file = ProjectFile.open(path, { writing: 'when-needed' });
  try {
    return readOpen(file);
  } finally {
    file.close();
  }
}

function onShelf(book: BookFacts, projectId: string, project: RecentProject): ShelfBook {
  const { path, name, openedAtMs } = project;
  return { ...book, projectId, path, projectName: name, openedAtMs };
}

function unreadable({ path, name }: RecentProject, { message }: Fault) {
  return { path, name, message };
}

/** How a project's file is: any change of it, or of the log beside it, gives another stamp. Null when it is gone. */
async function stampOf(path: string): Promise<string | null> {
  const [file, log] = await Promise.all([
    stat(path).catch(() => null),
    stat(`${path}-wal`).catch(() => null),
  ]);
  if (file === null) return null;
  const logStamp = log === null || log.size === 0 ? '' : ` ${log.mtimeMs} ${log.size}`;
  return `${file.mtimeMs} ${file.size}${logStamp}`;
}
