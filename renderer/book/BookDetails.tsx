import { useState } from 'react';
import { type BookMetadata, bookMetadataSchema } from '#core/book/manuscript.ts';
import { projectStore, useOpenProject, useProject } from '../client/project.ts';
import { Select } from '../ui/Select.tsx';
import { TextArea } from '../ui/TextArea.tsx';
import { TextField } from '../ui/TextField.tsx';
import { languageName, languagesWith } from './languages.ts';

type Removable = 'subtitle' | 'publisher' | 'description';
/** Details to change; null takes one away that a book can do without. */
type DetailChanges = Partial<Omit<BookMetadata, Removable>> & {
  [D in Removable]?: BookMetadata[D] | null;
};

/** What a book says of itself: on its title page, in shops, to readers. */
export function BookDetails({ bookId }: { bookId: string }) {
  const { readOnly } = useOpenProject();
  const metadata = useProject((project) => project.find('book', bookId)?.metadata, [bookId]);
  if (metadata === undefined) return null;
  const set = (change: DetailChanges) => {
    projectStore.edit([{ type: 'book.setMetadata', bookId, metadata: change }]);
  };
  return (
    <fieldset disabled={readOnly} className="grid gap-4 px-4 pt-1 pb-6">
      <legend className="sr-only">Details of the book</legend>
      <DetailField label="Title" value={metadata.title} onCommit={(title) => set({ title })} />
      <DetailField
        label="Subtitle"
        optional
        value={metadata.subtitle ?? ''}
        onCommit={(subtitle) => set({ subtitle: subtitle === '' ? null : subtitle })}
      />
      <DetailField
        label="Authors"
        hint="In the order of the title page, parted by semicolons."
        value={metadata.authors.join('; ')}
        onCommit={(names) => set({ authors: authorsFrom(names) })}
      />
      <Select
        label="Language"
        value={metadata.language}
        disabled={readOnly}
        options={languagesWith(metadata.language).map((tag) => ({
          value: tag,
          label: languageName(tag),
        }))}
        onChange={(language) => set({ language })}
      />
      <DetailField
        label="Publisher"
        optional
        value={metadata.publisher ?? ''}
        onCommit={(publisher) => set({ publisher: publisher === '' ? null : publisher })}
      />
      <DetailField
        label="Identifier"
        hint="The ISBN of this edition, or the address that was made for it."
        value={metadata.identifier.replace(/^urn:isbn:/i, '')}
        check={identifierError}
        onCommit={(identifier) => set({ identifier })}
      />
      <Description
        value={metadata.description ?? ''}
        onCommit={(description) => set({ description: description === '' ? null : description })}
      />
    </fieldset>
  );
}

/** `Ada Bell; Max Ruiz` as a list; empty parts are left out. */
function authorsFrom(names: string): string[] {
  return names
    .split(';')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

type DetailFieldProps = {
  label: string;
  hint?: string;
  value: string;
  /** Whether a book can do without it; then an emptied field takes it away. */
  optional?: boolean;
  /** Why a text cannot be taken; undefined when it can. */
  check?: (value: string) => string | undefined;
  onCommit: (value: string) => void;
};

/** A field that is written when it is left. Left with Escape, or emptied where a book needs it, it keeps what was there. */
function DetailField({ label, hint, value, optional = false, check, onCommit }: DetailFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [isLeft, setLeft] = useState(false);
  const error = draft === null || draft.trim() === '' ? undefined : check?.(draft.trim());
  function commit() {
    const next = draft?.trim() ?? '';
    setLeft(true);
    if (error !== undefined) return;
    setDraft(null);
    if (draft === null || next === value) return;
    if (next !== '' || optional) onCommit(next);
  }
  return (
    <TextField
      label={label}
      hint={hint}
      error={isLeft ? error : undefined}
      value={draft ?? value}
      maxLength={500}
      onChange={(next) => {
        setDraft(next);
        setLeft(false);
      }}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        else if (event.key === 'Escape') setDraft(null);
      }}
    />
  );
}

/** Only a right check digit keeps a wrong number off the cover. */
function identifierError(value: string): string | undefined {
  return bookMetadataSchema.shape.identifier.safeParse(value).success
    ? undefined
    : 'This is not an ISBN with a right check digit, nor a urn:uuid address. Nothing was changed.';
}

function Description({ value, onCommit }: { value: string; onCommit: (value: string) => void }) {
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <TextArea
      label="Description"
      hint="What shops show beside the cover."
      rows={5}
      maxLength={10_000}
      value={draft ?? value}
      onChange={setDraft}
      onBlur={() => {
        const next = draft?.replace(/\s+/g, ' ').trim();
        setDraft(null);
        if (next !== undefined && next !== value) onCommit(next);
      }}
    />
  );
}
