import { chooseToOpen } from '../../client/shell.ts';
import { callOrNotify } from '../../client/query.ts';
import { projectStore } from '../../client/project.ts';
import { insertPicture } from './insertPicture.ts';

const PICTURES = [{ name: 'Pictures (JPEG, PNG)', extensions: ['jpg', 'jpeg', 'png'] }];

/** Asks for a picture file and puts it into the text. */
export async function choosePicture(): Promise<void> {
  const [path] = await chooseToOpen({ title: 'Add picture', choose: 'file', filters: PICTURES });
  const open = projectStore.store.getState().open;
  if (path === undefined || open === null) return;
  const answer = await callOrNotify('book.addPicture', {
    projectId: open.projectId,
    from: { path },
  });
  if (answer !== null) insertPicture(answer.source);
}
