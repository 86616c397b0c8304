import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatClock } from '#core/captions/captionTime.ts';
import type { FilmChapter } from '#core/render/filmChapters.ts';
import type { Container } from '#core/render/formats.ts';
import type { ExportSettings } from '#core/render/settings.ts';
import { FLICKS_PER_SECOND } from '#core/time/flicks.ts';

/**
 * Writes what a film says about itself and its chapters as an ffmpeg metadata file; null where there is nothing to say
 * or the container cannot.
 */
export async function writeFilmTags(
  film: {
    settings: ExportSettings;
    title: string;
    chapters: readonly FilmChapter[];
    folder: string;
  },
  container: Container,
): Promise<string | null> {
  if (!container.hasMetadata) return null;
  const { metadata } = film.settings;
  // ID3, the chunks of WAV and QuickTime have a comment, and no description.
  const description = ['mp3', 'wav', 'mov'].includes(container.id) ? 'comment' : 'description';
  const tags: [string, string | undefined][] = [
    ['title', metadata.title ?? film.title],
    ['artist', metadata.author],
    [description, metadata.description],
  ];
  const lines = tags.flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${name}=${escaped(value)}`],
  );
  const chapters = container.hasChapters ? film.chapters : [];
  // ffmpeg rounds the seconds of chapters in Ogg up; as tags they are right (Xiph, “Chapter Extension”).
  const isOgg = container.id === 'ogg';
  if (isOgg) lines.push(...chapters.flatMap(oggChapter));
  const marks = (isOgg ? [] : chapters).flatMap(({ start, end, name }) => [
    '[CHAPTER]',
    `TIMEBASE=1/${FLICKS_PER_SECOND}`,
    `START=${start}`,
    `END=${end}`,
    `title=${escaped(name)}`,
  ]);
  const path = join(film.folder, 'tags.ffmetadata');
  await writeFile(path, `;FFMETADATA1\n${[...lines, ...marks].join('\n')}\n`);
  return path;
}

function oggChapter({ start, name }: FilmChapter, index: number): string[] {
  const number = `CHAPTER${String(index).padStart(3, '0')}`;
  const time = formatClock(start, { hourDigits: 2, decimals: 3, point: '.' });
  return [`${number}=${time}`, `${number}NAME=${escaped(name)}`];
}

/** Characters that mean something in the file are escaped with a backslash (ffmpeg-formats, “Metadata”). */
function escaped(text: string): string {
  return text.replaceAll(/[=;#\\\n]/g, String.raw`\$&`);
}
