import { resolve } from 'node:path';
import { refuse } from '#core/fault.ts';
import { findAssetFile } from '../media/assetLocation.ts';
import { Backups } from './backups.ts';
import { projectIdOf } from './projectIdOf.ts';
import { ProjectFile } from './projectFile.ts';

/** The projects that are open in this engine, each once however often it is opened. */
export class OpenProjects {
  readonly #byId = new Map<string, ProjectFile>();
  #backupsRoot: string | null = null;

  /** From now on every project that is opened for writing is backed up, in a folder of its own in `root`. */
  keepBackups(root: string): void {
    this.#backupsRoot = root;
  }

  /** Opens a file, or gives the project that is open already. Refuses what opening refuses. */
  open(path: string): ProjectFile {
    const file = resolve(path);
    const open = [...this.#byId.values()].find((project) => project.path === file);
    if (open) {
      open.refresh();
      return open;
    }
    const root = this.#backupsRoot;
    const project = this.add(
      ProjectFile.open(file, {
        ...(root !== null && {
          beforeUpgrade: (db, version) =>
            new Backups(root, projectIdOf(db) ?? '').makeBeforeUpgrade(db, version),
        }),
      }),
    );
    project.backUp();
    return project;
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
    return project;
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
    for (const project of this.#byId.values()) project.close();
    this.#byId.clear();
  }

  /** The file of an asset of an open project; null when there is none. */
  assetFile(projectId: string, assetId: string): string | null {
    const open = this.#byId.get(projectId);
    const asset = open?.project.find('asset', assetId);
    return open && asset ? findAssetFile(asset, open.path) : null;
  }
}
