import { clockValue, type TimedPart } from '../../narration/narrationTimeline.ts';
import { smilDocument } from '../../narration/smil.ts';
import type { EpubFile } from './epubFile.ts';
import type { PackageItem, PackageNarration } from './packageDocument.ts';

/** The sound of a book, a file for the title page and one for each chapter in which something is spoken. */
export type EpubNarration = {
  parts: readonly { timed: TimedPart; audio: Uint8Array }[];
  /** Who reads, as people are told. */
  narrators: readonly string[];
};

/** What a narration adds to a publication. */
export type ReadAlong = {
  items: PackageItem[];
  files: EpubFile[];
  about: PackageNarration;
  /** Id of the overlay of a chapter, counted from 0, or of the title page; undefined where nothing is spoken. */
  overlayOf: (chapterIndex: number | undefined) => string | undefined;
};

/** Media overlays of a publication (EPUB 3.3, section 9) from the exact lengths of what was spoken. */
export function readAlong({ parts, narrators }: EpubNarration): ReadAlong {
  const placed = parts.map(({ timed, audio }) => {
    const { chapterIndex } = timed;
    const isTitle = chapterIndex === undefined;
    const number = isTitle ? '' : String(chapterIndex + 1);
    const name = isTitle ? 'title' : `chapter-${number.padStart(4, '0')}`;
    return {
      timed,
      audio,
      name,
      overlay: isTitle ? 'overlay-title' : `overlay-${number}`,
      sound: isTitle ? 'sound-title' : `sound-${number}`,
    };
  });
  const length = parts.reduce((sum, { timed }) => sum + timed.length, 0);
  return {
    items: placed.flatMap(({ name, overlay, sound }) => [
      { id: overlay, href: `smil/${name}.smil`, mediaType: 'application/smil+xml' },
      { id: sound, href: `audio/${name}.m4a`, mediaType: 'audio/mp4' },
    ]),
    files: placed.flatMap(({ timed, audio, name }) => [
      {
        path: `EPUB/smil/${name}.smil`,
        content: smilDocument(timed, {
          page: `../text/${name}.xhtml`,
          audio: `../audio/${name}.m4a`,
        }),
        compress: true,
      },
      { path: `EPUB/audio/${name}.m4a`, content: audio, compress: false },
    ]),
    about: {
      narrators,
      duration: clockValue(length),
      overlays: placed.map(({ overlay, timed }) => ({
        id: overlay,
        duration: clockValue(timed.length),
      })),
    },
    overlayOf: (chapterIndex) =>
      placed.find(({ timed }) => timed.chapterIndex === chapterIndex)?.overlay,
  };
}
