import type { Editor } from '@tiptap/core';
import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { TextArea } from '../../ui/TextArea.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { pictureAddress } from '../pictures.ts';
import { useWriting } from './writingState.ts';

/** What a picture shows, for those who cannot see it, and what stands below it. */
export function PictureDialog({ picture }: { picture: { editor: Editor; pos: number } }) {
  const { editor, pos } = picture;
  const node = editor.state.doc.nodeAt(pos);
  const attributes = node?.attrs ?? {};
  const [alt, setAlt] = useState(String(attributes['alt'] ?? ''));
  const [caption, setCaption] = useState(
    typeof attributes['caption'] === 'string' ? attributes['caption'] : '',
  );
  const [isDecorative, setDecorative] = useState(attributes['decorative'] === true);
  const address = pictureAddress(String(attributes['source'] ?? ''));
  const close = () => {
    useWriting.setState({ picture: null });
    setTimeout(() => editor.view.focus());
  };
  function save() {
    const now = editor.state.doc.nodeAt(pos);
    if (now !== null && now.type.name === 'picture') {
      const line = (text: string) => text.replace(/\s+/g, ' ').trim();
      editor.view.dispatch(
        editor.state.tr.setNodeMarkup(pos, null, {
          ...now.attrs,
          alt: isDecorative ? '' : line(alt),
          decorative: isDecorative,
          caption: line(caption) === '' ? null : line(caption),
        }),
      );
    }
    close();
  }
  if (node === null || node.type.name !== 'picture') return null;
  return (
    <Dialog
      open
      onOpenChange={close}
      title="Picture"
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button look="primary" onClick={save}>
            Set description
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        {address !== null && (
          <img
            src={address}
            alt=""
            className="max-h-48 max-w-full justify-self-center rounded-sm"
          />
        )}
        <TextArea
          label="Description"
          hint="What it shows, for readers who cannot see it. Shops ask for it."
          rows={3}
          maxLength={4_000}
          value={isDecorative ? '' : alt}
          disabled={isDecorative}
          onChange={setAlt}
        />
        <label className="flex items-center gap-2 text-sm">
          <Switch label="Only decoration" checked={isDecorative} onChange={setDecorative} />
          Only decoration, nothing to describe
        </label>
        <TextField label="Caption" value={caption} maxLength={4_000} onChange={setCaption} />
      </div>
    </Dialog>
  );
}
