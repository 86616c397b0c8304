import { refuse } from '#core/fault.ts';
import { narrationScript } from '#core/narration/narrationScript.ts';
import { NARRATION_HZ } from '#core/narration/narrationTimeline.ts';
import { findBookId, manuscriptOf } from '../book/projectBook.ts';
import { needVoice, voiceForLanguage } from '../narration/chooseVoice.ts';
import { speakSentence } from '../narration/speakSentence.ts';
import { waveFile } from '../narration/wave.ts';
import type { Services } from '../services.ts';
import type { HandlersOf } from './handlers.ts';

const LEAST_LETTERS = 25;

export function narrationHandlers({ projects, tools }: Services): HandlersOf<'narration'> {
  return {
    'narration.voices': async ({ language }) => {
      const engines = await tools.voiceEngines();
      const primary = (tag: string) => tag.toLowerCase().split('-')[0];
      const voices = engines
        .flatMap((engine) => engine.voices)
        .filter((voice) => language === undefined || primary(voice.language) === primary(language));
      return {
        engines: engines.map(({ id, name, version, hint }) => ({ id, name, version, hint })),
        voices: voices.map(({ id, name, language: speaks, gender }) => ({
          id,
          name,
          language: speaks,
          ...(gender === undefined ? {} : { gender }),
        })),
      };
    },
    'narration.sample': async ({ projectId, bookId, chapterId, voice, speed }) => {
      const file = projects.need(projectId);
      const id = findBookId(file, bookId);
      const manuscript = manuscriptOf(file, id);
      const settings = file.project.find('book', id)?.narration ?? {};
      const engines = await tools.voiceEngines();
      const wanted = voice ?? settings.voice;
      const reader =
        wanted === undefined
          ? voiceForLanguage(engines, manuscript.metadata.language)
          : needVoice(engines, wanted);
      const chapters = manuscript.chapters.filter(
        (chapter) => chapterId === undefined || chapter.id === chapterId,
      );
      const script = narrationScript(
        { ...manuscript, chapters },
        { settings, voice: reader.id, use: 'read-along' },
      );
      const spoken = script
        .filter((part) => part.kind === 'chapter')
        .flatMap((part) => part.utterances.slice(1));
      const sentence =
        spoken.find(({ text }) => text.length >= LEAST_LETTERS) ??
        spoken[0] ??
        script[0]?.utterances[0] ??
        refuse('book/empty', 'The book has no text yet. Write a sentence, then listen to it.');
      const samples = await speakSentence(reader, sentence, {
        speed: speed ?? settings.speed ?? 1,
        signal: new AbortController().signal,
      });
      return {
        text: sentence.text,
        wave: waveFile({ sampleRateHz: NARRATION_HZ, samples }).toString('base64'),
        durationSeconds: samples.length / NARRATION_HZ,
      };
    },
  };
}
