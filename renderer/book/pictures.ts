import { projectStore } from '../client/project.ts';

/** Where a picture of the manuscript is served; null when the project has no file of that name. */
export function pictureAddress(source: string): string | null {
  const { open } = projectStore.store.getState();
  const asset =
    open?.project.all('asset').find(({ name }) => name === source) ??
    open?.project.find('asset', source);
  return open === null || asset === undefined ? null : `/media/${open.projectId}/${asset.id}`;
}
