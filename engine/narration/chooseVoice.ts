import { refuse } from '#core/fault.ts';
import type { Voice, VoiceEngine } from './voice.ts';

/**
 * The voice that a person means: by id, by what its engine calls it, or by its name, capitals aside. Refuses
 * `narration/no-voices` and `narration/no-such-voice`.
 */
export function needVoice(engines: readonly VoiceEngine[], wanted: string): Voice {
  const voices = allVoices(engines);
  const sought = wanted.trim().toLowerCase();
  const isIt = (voice: Voice) =>
    [voice.id, voice.id.slice(voice.id.indexOf('/') + 1), voice.name].some(
      (name) => name.toLowerCase() === sought,
    );
  return (
    voices.find(isIt) ??
    refuse(
      'narration/no-such-voice',
      `This computer has no voice “${wanted}”. Choose another one, or install what it comes with.`,
      { voice: wanted },
    )
  );
}

/**
 * The first voice for a language (BCP 47): of the very language, or else of its first part. Refuses
 * `narration/no-voices` and `narration/no-voice-for-language`.
 */
export function voiceForLanguage(engines: readonly VoiceEngine[], language: string): Voice {
  const voices = allVoices(engines);
  const tag = language.toLowerCase();
  const primary = (text: string) => text.toLowerCase().split('-')[0];
  return (
    voices.find((voice) => voice.language.toLowerCase() === tag) ??
    voices.find((voice) => primary(voice.language) === primary(tag)) ??
    refuse(
      'narration/no-voice-for-language',
      `None of the voices on this computer speaks the language of the book (${language}). Choose a voice of another language, or change the language in the book’s details.`,
      { language },
    )
  );
}

function allVoices(engines: readonly VoiceEngine[]): Voice[] {
  const voices = engines.flatMap((engine) => engine.voices);
  if (voices.length > 0) return voices;
  const hints = engines.map((engine) => engine.hint).filter((hint) => hint !== '');
  return refuse(
    'narration/no-voices',
    `There is no voice on this computer to read the book with. ${hints.join(' ')}`.trim(),
  );
}
