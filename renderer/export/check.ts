import type { z } from 'zod';
import type { checkSchema } from '#core/contract/films.ts';

export type Check = z.infer<typeof checkSchema>;

const NAMES: Record<string, string> = {
  chapters: 'Chapters at their places',
  cover: 'Cover',
  files: 'Files',
  'longest-file': 'Longest file',
  'narration-length': 'Length, to the sample',
  'narration-level': 'Level of the voice',
  'narration-peak': 'Highest peak',
  'noise-floor': 'Quietest moment',
  'read-along': 'Sentences with sound',
  binding: 'Pages that a binding can hold',
  contents: 'Entries in the table of contents',
  'even-pages': 'Even number of pages',
  'files-present': 'Files listed and present',
  'fonts-embedded': 'Fonts embedded',
  glyphs: 'Characters without a glyph',
  gutter: 'Inner margin',
  'mimetype-first': 'Type of the container',
  'no-type-3-fonts': 'Bitmap fonts',
  'outer-margins': 'Outer margins',
  outline: 'Bookmarks',
  'page-size': 'Page size',
  tagged: 'Tagged for screen readers',
  words: 'Words found',
  written: 'Bytes written',
};

/** A check in words; checks that have a sentence of their own keep it. */
export function checkWords(name: string): string {
  return NAMES[name] ?? name;
}
