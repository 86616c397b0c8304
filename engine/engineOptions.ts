/** Where an engine keeps and finds things. */
export type EngineOptions = {
  /** Settings and lists of Inkreel itself. */
  dataDir: string;
  /** Whatever can be made again. */
  cacheDir: string;
  /** Where new projects go unless said otherwise. */
  projectsDir: string;
  /** Where exports go unless said otherwise. */
  exportsDir: string;
  /** What ships with the app: sample, compositions, fonts. */
  resourcesDir: string;
  appVersion: string;
  /** Whose changes are made here; the name of the account unless said otherwise. */
  author?: string;
  /** What other programs are told has a project open. */
  program?: string;
  /** When a project is taken for writing: on opening, or with the first change. */
  writing?: 'at-once' | 'when-needed';
  /** Whether exports that are not over when the engine ends are kept for its next run; otherwise they are cancelled. */
  keepsExports?: boolean;
  /**
   * Whether nobody looks at projects here, as where one command runs and ends: then posters, thumbnails, peaks and the
   * hashes of whole files are left to those who do.
   */
  isUnattended?: boolean;
  /** How long a change waits for another program that writes to the project. */
  waitForWriterMs?: number;
};
