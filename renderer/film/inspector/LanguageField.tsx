import { useState } from 'react';
import type { Track } from '#core/model/entities.ts';
import { projectStore } from '../../client/project.ts';
import { TextField } from '../../ui/TextField.tsx';
import { isLanguageTag, languageName } from './languages.ts';

/** The language of a track of captions, by its tag; its name is said below. */
export function LanguageField({ track }: { track: Track }) {
  const [draft, setDraft] = useState<string | null>(null);
  const shown = draft ?? track.language ?? '';
  const isWrong = shown !== '' && !isLanguageTag(shown);
  const commit = () => {
    setDraft(null);
    const tag = shown.trim();
    if (draft === null || tag === (track.language ?? '') || (tag !== '' && !isLanguageTag(tag)))
      return;
    projectStore.edit([
      { type: 'track.set', trackId: track.id, language: tag === '' ? null : tag },
    ]);
  };
  return (
    <TextField
      label="Language"
      layout="row"
      value={shown}
      placeholder="en, pt-BR"
      maxLength={35}
      {...(isWrong
        ? { error: 'A tag such as en or pt-BR' }
        : { hint: languageName(shown) ?? `Of all captions on ${track.name}` })}
      onChange={setDraft}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        else if (event.key === 'Escape') {
          event.stopPropagation();
          setDraft(null);
        }
      }}
      className="[&_input]:h-7"
    />
  );
}
