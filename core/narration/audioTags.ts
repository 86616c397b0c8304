import type { BookMetadata } from '../book/manuscript.ts';
import { GRID_SAMPLES, type TimedPart } from './narrationTimeline.ts';

/** A chapter of an audiobook, in samples from its beginning; end exclusive. */
export type AudioChapter = { title: string; start: number; end: number };

/** Where the parts of a narration lie when they follow each other in one file. */
export function audioChapters(parts: readonly TimedPart[]): AudioChapter[] {
  let at = 0;
  return parts.map(({ title, length }) => {
    const start = at;
    at += length;
    return { title, start, end: at };
  });
}

/**
 * What an audio file says of itself and its chapters, as the metadata file of ffmpeg (“Metadata”, ffmpeg-formats).
 * `track` is its place among the files of a book.
 */
export function audioTags(
  metadata: BookMetadata,
  options: {
    chapters: readonly AudioChapter[];
    title?: string;
    track?: { number: number; of: number };
  },
): string {
  const { chapters, track } = options;
  const authors = metadata.authors.join(', ');
  const tags: [string, string | undefined][] = [
    ['title', options.title ?? metadata.title],
    ['album', metadata.title],
    ['artist', authors],
    ['album_artist', authors],
    ['genre', 'Audiobook'],
    ['media_type', '2'],
    ['date', metadata.publishedOn],
    ['publisher', metadata.publisher],
    ['copyright', metadata.rights],
    ['description', metadata.description],
    ['language', metadata.language],
    ['track', track && `${track.number}/${track.of}`],
  ];
  const lines = tags.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${name}=${escaped(value)}`],
  );
  const marks = chapters.flatMap(({ title, start, end }) => [
    '[CHAPTER]',
    'TIMEBASE=1/100',
    `START=${start / GRID_SAMPLES}`,
    `END=${end / GRID_SAMPLES}`,
    `title=${escaped(title)}`,
  ]);
  return `;FFMETADATA1\n${[...lines, ...marks].join('\n')}\n`;
}

function escaped(value: string): string {
  return value.replace(/[=;#\\\n]/g, '\\$&');
}
