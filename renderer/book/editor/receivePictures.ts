import type { EditorView } from '@tiptap/pm/view';
import { TextSelection } from '@tiptap/pm/state';

/** Takes pictures that are pasted or dropped into the text; false when there are none among what came. */
export function receivePictures(
  view: EditorView,
  data: DataTransfer | null,
  at: { left: number; top: number } | null,
  take: (files: File[]) => void,
): boolean {
  const files = [...(data?.files ?? [])].filter((file) => file.type.startsWith('image/'));
  // Office programs put a picture of the text beside the text.
  const hasText = at === null && (data?.types.includes('text/html') ?? false);
  if (files.length === 0 || hasText || !view.editable) return false;
  const place = at === null ? null : view.posAtCoords(at);
  if (place !== null) {
    const near = TextSelection.near(view.state.doc.resolve(place.pos));
    view.dispatch(view.state.tr.setSelection(near));
  }
  take(files);
  return true;
}
