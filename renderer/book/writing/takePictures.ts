import { notify } from '../../client/notices.ts';
import { projectStore } from '../../client/project.ts';
import { callOrNotify } from '../../client/query.ts';
import { insertPicture } from './insertPicture.ts';

/** Larger ones are no picture of a book, and would not go over the line to the engine. */
const MAX_BYTES = 40_000_000;

/** Adds pictures that were dropped or pasted to the project and puts them into the text, one after the other. */
export async function takePictures(files: readonly File[]): Promise<void> {
  const open = projectStore.store.getState().open;
  if (open === null) return;
  for (const file of files) {
    const picture = await asBookPicture(file);
    if (picture === null) {
      notify({
        tone: 'error',
        topic: 'picture',
        text: `“${file.name}” could not be read as a picture. Nothing was added; try it as JPEG or PNG.`,
      });
      continue;
    }
    const answer = await callOrNotify('book.addPicture', {
      projectId: open.projectId,
      from: { name: file.name === '' ? 'picture.png' : file.name, base64: await base64Of(picture) },
    });
    if (answer !== null) insertPicture(answer.source);
  }
}

/** Books hold JPEG and PNG; anything else that the browser can show is made a PNG. */
async function asBookPicture(file: File): Promise<Blob | null> {
  if (file.size > MAX_BYTES) return null;
  if (file.type === 'image/jpeg' || file.type === 'image/png') return file;
  try {
    const bitmap = await createImageBitmap(file);
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
    bitmap.close();
    return await canvas.convertToBlob({ type: 'image/png' });
  } catch {
    return null;
  }
}

async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 32_768)
    text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(text);
}
