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
};
