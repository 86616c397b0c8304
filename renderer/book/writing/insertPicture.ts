import { insertBlock } from '../editor/formatting.ts';
import { newBlockId } from '../editor/blockIds.ts';
import { useWriting } from './writingState.ts';

/** Puts a picture of the project into the text and asks what it shows. */
export function insertPicture(source: string): void {
  const { editor } = useWriting.getState();
  if (editor === null || editor.isDestroyed) return;
  const id = newBlockId();
  const picture = editor.schema.node('picture', { id, source });
  if (!insertBlock(picture)(editor.state, editor.view.dispatch)) return;
  editor.state.doc.forEach((node, pos) => {
    if (node.attrs['id'] === id) useWriting.setState({ picture: { editor, pos } });
  });
}
