import { Volume2 } from 'lucide-react';
import { useId } from 'react';
import type { NarrationSettings as Settings } from '#core/narration/narrationSettings.ts';
import type { VoiceChoice } from '#core/contract/narration.ts';
import type { Book } from '#core/model/entities.ts';
import { projectStore, useOpenProject } from '../../client/project.ts';
import { useEngineQuery } from '../../client/query.ts';
import { Button } from '../../ui/Button.tsx';
import { FaultMessage } from '../../ui/FaultMessage.tsx';
import { Select } from '../../ui/Select.tsx';
import { Switch } from '../../ui/Switch.tsx';
import { languageName } from '../languages.ts';
import { LexiconField } from './LexiconField.tsx';
import { SampleButton } from './SampleButton.tsx';

const SPEEDS = [
  { value: '0.8', label: 'Slow' },
  { value: '0.9', label: 'Unhurried' },
  { value: '1', label: 'Usual' },
  { value: '1.15', label: 'Brisk' },
  { value: '1.3', label: 'Quick' },
];

type Changes = { [Name in keyof Settings]?: Settings[Name] | null };

/** How a book is read aloud: by whom, how fast, and what. It is kept with the book. */
export function NarrationSettings({ book }: { book: Book }) {
  const { readOnly } = useOpenProject();
  const { language } = book.metadata;
  const found = useEngineQuery('narration.voices', { language });
  const notesId = useId();
  const settings = book.narration ?? {};
  const set = (narration: Changes) => {
    projectStore.edit([{ type: 'book.setNarration', bookId: book.id, narration }]);
  };
  if (found.isPending) return <p className="text-sm text-muted">Looking for voices…</p>;
  if (found.isError) return <FaultMessage fault={found.error.fault} />;
  const { engines, voices } = found.data;
  if (voices.length === 0) {
    const hints = engines.map(({ hint }) => hint).filter((hint) => hint !== '');
    return <NoVoices language={language} hints={hints} onLookAgain={() => void found.refetch()} />;
  }
  const voice = voices.find(({ id }) => id === settings.voice) ?? firstFor(voices, language);
  const speed = String(settings.speed ?? 1);
  return (
    <fieldset disabled={readOnly} className="grid gap-3">
      <legend className="sr-only">Narration</legend>
      <Select
        label="Voice"
        value={voice?.id ?? null}
        disabled={readOnly}
        options={voices.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(id) => set({ voice: id })}
      />
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-2">
        <Select
          label="Speed"
          value={SPEEDS.some((one) => one.value === speed) ? speed : null}
          disabled={readOnly}
          options={SPEEDS}
          onChange={(value) => set({ speed: value === '1' ? null : Number(value) })}
        />
        <SampleButton book={book} voice={voice?.id} />
      </div>
      <div className="flex items-center justify-between gap-3 text-sm">
        <label htmlFor={notesId}>Read footnotes at the end of each chapter</label>
        <Switch
          id={notesId}
          label="Read footnotes at the end of each chapter"
          checked={settings.notes === 'read'}
          disabled={readOnly}
          onChange={(reads) => set({ notes: reads ? 'read' : null })}
        />
      </div>
      <LexiconField
        lexicon={settings.lexicon ?? []}
        onChange={(lexicon) => set({ lexicon: lexicon.length === 0 ? null : lexicon })}
      />
    </fieldset>
  );
}

/** What the engine takes when nobody has chosen. */
function firstFor(voices: readonly VoiceChoice[], language: string): VoiceChoice | undefined {
  const tag = language.toLowerCase();
  return voices.find((voice) => voice.language.toLowerCase() === tag) ?? voices[0];
}

type NoVoicesProps = { language: string; hints: readonly string[]; onLookAgain: () => void };

/** There is nobody to read; says how to change that. */
function NoVoices({ language, hints, onLookAgain }: NoVoicesProps) {
  const [title, text] =
    hints.length > 0
      ? [
          'No voice on this computer yet',
          `Books are read aloud by voices that run here, without the internet. ${hints.join(' ')}`,
        ]
      : [
          `No voice speaks ${languageName(language)}`,
          'Choose another language in the book’s details, or install a voice for this one.',
        ];
  return (
    <div className="grid justify-items-start gap-1 rounded-md bg-app px-4 py-3">
      <p className="flex items-center gap-2 text-sm font-medium">
        <Volume2 size={16} className="flex-none text-muted" aria-hidden />
        {title}
      </p>
      <p data-selectable className="text-sm text-muted">
        {text}
      </p>
      <Button className="mt-2" onClick={onLookAgain}>
        Look again
      </Button>
    </div>
  );
}
