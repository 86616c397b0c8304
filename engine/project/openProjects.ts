import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { refuse, settle } from '#core/fault.ts';
import { findAssetFile } from '../media/assetLocation.ts';
import { Backups } from './backups.ts';
import { projectIdOf } from './projectIdOf.ts';
import type { Commit } from './journal.ts';
import { ProjectFile, type ProjectOptions } from './projectFile.ts';

/** How often projects that another process writes to are looked at. */
const LOOK_MS = 500;

type Listener = (file: ProjectFile, commit: Commit) => void;

/** The projects that are open in this engine, each once however often it is opened. */
export class OpenProjects {
  readonly #byId = new Map<string, ProjectFile>();
  readonly #options: ProjectOptions;
  #backupsRoot: string | null = null;
  #listener: Listener = () => undefined;
  #looking: ReturnType<typeof setInterval> | undefined;

  constructor(options: ProjectOptions = {}) {
    this.#options = options;
  }

  /** From now on every project that is opened for writing is backed up, in a folder of its own in `root`. */
  keepBackups(root: string): void {
    this.#backupsRoot = root;
  }

  /** From now on `listener` hears what other processes write to projects that are only read here. */
  onChangeElsewhere(listener: Listener): void {
    this.#listener = listener;
  }

  /**
   * Opens a file, or gives the project that is open already; one that could only be read is taken over for writing
   * when nobody else writes to it any more. Refuses what opening refuses.
   */
  open(path: string): ProjectFile {
    const file = resolve(path);
    const real = realPath(file);
    const open = [...this.#byId.values()].find((project) => realPath(project.path) === real);
    if (open) {
      open.tryToWrite();
      for (const commit of open.refresh()) this.#listener(open, commit);
      return open;
    }
    const root = this.#backupsRoot;
    const project = this.add(
      ProjectFile.open(file, {
        ...this.#options,
        ...(root !== null && {
          beforeUpgrade: (db, version) =>
            new Backups(root, projectIdOf(db) ?? '').makeBeforeUpgrade(db, version),
        }),
      }),
    );
    project.backUp();
    return project;
  }

  /** Makes a project file and opens it. Refuses what creating refuses. */
  create(path: string, name: string): ProjectFile {
    return this.add(ProjectFile.create(path, name, this.#options));
  }

  /** Takes in a project that was just made or opened. Refuses `project/open-twice` for a copy of an open one. */
  add(project: ProjectFile): ProjectFile {
    const twin = this.#byId.get(project.projectId);
    if (twin) {
      project.close();
      refuse(
        'project/open-twice',
        `A copy of this project is open already, from “${twin.path}”. Close that one first.`,
        { path: twin.path },
      );
    }
    if (this.#backupsRoot !== null)
      project.keepBackups(new Backups(this.#backupsRoot, project.projectId));
    this.#byId.set(project.projectId, project);
    if (project.readOnlyReason !== null) this.#look();
    return project;
  }

  /** Whether the file is open, by whatever way it is named. */
  isOpenAt(path: string): boolean {
    const real = realPath(resolve(path));
    return [...this.#byId.values()].some((project) => realPath(project.path) === real);
  }

  /** The open project with that identity, if there is one. */
  find(projectId: string): ProjectFile | undefined {
    return this.#byId.get(projectId);
  }

  /** Refuses `project/not-open`. */
  need(projectId: string): ProjectFile {
    return (
      this.#byId.get(projectId) ??
      refuse('project/not-open', 'That project is not open. Open it again.', { projectId })
    );
  }

  close(projectId: string): void {
    this.need(projectId).close();
    this.#byId.delete(projectId);
  }

  closeAll(): void {
    clearInterval(this.#looking);
    for (const project of this.#byId.values()) project.close();
    this.#byId.clear();
  }

  /** The file of an asset of an open project; null when there is none. */
  assetFile(projectId: string, assetId: string): string | null {
    const open = this.#byId.get(projectId);
    const asset = open?.project.find('asset', assetId);
    return open && asset ? findAssetFile(asset, open.path) : null;
  }

  #look(): void {
    this.#looking ??= setInterval(() => {
      for (const project of this.#byId.values()) {
        if (project.readOnlyReason === null) continue;
        // What cannot be read now is told to whoever asks for it.
        const seen = settle(() => project.refresh());
        if (seen.ok) for (const commit of seen.value) this.#listener(project, commit);
      }
    }, LOOK_MS).unref();
  }
}

/** A file has one path whatever links lead to it. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
