import { type FormEvent, useState } from 'react';
import { linkSchema } from '#core/book/manuscript.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextArea } from '../../ui/TextArea.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { markAttribute, setMark } from '../editor/formatting.ts';
import { languageName, languagesWith } from '../languages.ts';
import { addComment, selectedWords } from './comments.ts';
import { PictureDialog } from './PictureDialog.tsx';
import { activeView, runInText, useWriting } from './writingState.ts';

/** The small questions that are asked about the text: where a link leads, what a comment says, what a picture shows. */
export function TextQuestions() {
  const question = useWriting((state) => state.question);
  const picture = useWriting((state) => state.picture);
  return (
    <>
      {question === 'link' && <LinkDialog onClose={close} />}
      {question === 'language' && <LanguageDialog onClose={close} />}
      {question === 'comment' && <CommentDialog onClose={close} />}
      {picture !== null && <PictureDialog key={picture.pos} picture={picture} />}
    </>
  );
}

function close(): void {
  useWriting.setState({ question: null });
  // The dialog gives the focus back to what it was opened from; the text is where one wants to go on.
  setTimeout(() => activeView()?.focus());
}

function markNow(name: 'link' | 'language', attribute: string): string {
  const view = activeView();
  return view === null ? '' : markAttribute(view.state, name, attribute);
}

function LinkDialog({ onClose }: { onClose: () => void }) {
  const [before] = useState(() => markNow('link', 'href'));
  const [address, setAddress] = useState(before);
  const [isTried, setTried] = useState(false);
  const href = /^[\w-]+(\.[\w-]+)+/.test(address.trim())
    ? `https://${address.trim()}`
    : address.trim();
  const isGood = linkSchema.safeParse(href).success;
  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (!isGood) return;
    runInText(setMark('link', { href }));
    onClose();
  }
  return (
    <Dialog open onOpenChange={onClose} title="Link" size="small">
      <form onSubmit={submit} className="grid gap-4">
        <TextField
          label="Address"
          value={address}
          placeholder="https://example.org"
          error={
            isTried && !isGood
              ? 'Write an address of the web, or mailto: and an address.'
              : undefined
          }
          onChange={setAddress}
        />
        <div className="flex justify-end gap-2">
          {before !== '' && (
            <Button
              onClick={() => {
                runInText(setMark('link', null));
                onClose();
              }}
            >
              Remove link
            </Button>
          )}
          <Button type="submit" look="primary">
            Set link
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function LanguageDialog({ onClose }: { onClose: () => void }) {
  const [before] = useState(() => markNow('language', 'lang'));
  const [language, setLanguage] = useState(before === '' ? 'fr' : before);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="In another language"
      description="Readers that speak, hyphenation and the spelling check go by it."
      size="small"
      footer={
        <>
          {before !== '' && (
            <Button
              onClick={() => {
                runInText(setMark('language', null));
                onClose();
              }}
            >
              In the book’s language
            </Button>
          )}
          <Button
            look="primary"
            onClick={() => {
              runInText(setMark('language', { lang: language }));
              onClose();
            }}
          >
            Set language
          </Button>
        </>
      }
    >
      <Select
        label="Language"
        value={language}
        options={languagesWith(language).map((tag) => ({ value: tag, label: languageName(tag) }))}
        onChange={setLanguage}
      />
    </Dialog>
  );
}

function CommentDialog({ onClose }: { onClose: () => void }) {
  const [words] = useState(selectedWords);
  const [text, setText] = useState('');
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Comment"
      description={`On “${words.length > 120 ? `${words.slice(0, 120)}…` : words}”`}
      size="small"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabled={text.trim() === ''}
            onClick={() => {
              addComment(text.trim());
              onClose();
            }}
          >
            Add comment
          </Button>
        </>
      }
    >
      <TextArea
        label="What there is to say"
        rows={4}
        maxLength={10_000}
        value={text}
        onChange={setText}
      />
    </Dialog>
  );
}
