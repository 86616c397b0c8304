import type { Node } from '@tiptap/pm/model';
import type { NodeView, NodeViewConstructor } from '@tiptap/pm/view';

type PictureOptions = {
  /** The address of a picture by the name that the manuscript gives it; null when the project has no such file. */
  address: (source: string) => string | null;
  /** Opens the description of the picture at a position. */
  describe: (pos: number) => void;
};

/** Shows pictures with their captions, and says which of them still lack a description. */
export function pictureViews({ address, describe }: PictureOptions): NodeViewConstructor {
  return (node, view, getPos): NodeView => {
    const dom = document.createElement('figure');
    const picture = document.createElement('img');
    const missing = document.createElement('p');
    const caption = document.createElement('figcaption');
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'picture-describe';
    missing.className = 'picture-missing';
    dom.contentEditable = 'false';
    button.addEventListener('click', () => {
      const pos = getPos();
      if (pos !== undefined) describe(pos);
    });
    picture.draggable = false;
    dom.append(picture, missing, caption, button);
    function show({ attrs }: Node): void {
      const source = String(attrs['source']);
      const alt = String(attrs['alt']);
      const where = address(source);
      picture.hidden = where === null;
      missing.hidden = where !== null;
      if (where !== null && picture.getAttribute('src') !== where) picture.src = where;
      picture.alt = alt;
      missing.textContent = `The picture “${source}” is not in this project.`;
      caption.textContent = typeof attrs['caption'] === 'string' ? attrs['caption'] : '';
      const isOpen = alt === '' && attrs['decorative'] !== true;
      button.textContent = isOpen ? 'Describe this picture' : 'Picture details';
      button.classList.toggle('is-open', isOpen);
      button.hidden = !view.editable;
    }
    show(node);
    return {
      dom,
      update(next) {
        if (next.type !== node.type) return false;
        show(next);
        return true;
      },
      stopEvent: (event) =>
        event.target instanceof globalThis.Node && button.contains(event.target),
      ignoreMutation: () => true,
    };
  };
}
