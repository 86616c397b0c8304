import { xmlId, xmlText } from '../book/xml.ts';
import { clockValue, type NarrationClip, type TimedPart } from './narrationTimeline.ts';

/** Paths as they are seen from the folder of the document. */
type SmilPaths = { page: string; audio: string };

/**
 * The media overlay of a page (EPUB 3.3, section 9): which part of its sound belongs to which element. Notes are marked as
 * such, so that readers can skip them.
 */
export function smilDocument(part: TimedPart, { page, audio }: SmilPaths): string {
  const rows: string[] = [];
  let openNote: string | undefined;
  for (const [index, clip] of part.clips.entries()) {
    const { noteId } = clip.utterance;
    if (noteId !== openNote) {
      if (openNote !== undefined) rows.push('</seq>');
      if (noteId !== undefined)
        rows.push(`<seq epub:type="footnote" epub:textref="${page}#${xmlId(noteId)}">`);
      openNote = noteId;
    }
    rows.push(par(clip, index + 1, { page, audio }));
  }
  if (openNote !== undefined) rows.push('</seq>');
  return `<?xml version="1.0" encoding="UTF-8"?>
<smil xmlns="http://www.w3.org/ns/SMIL" xmlns:epub="http://www.idpf.org/2007/ops" version="3.0">
<body epub:textref="${xmlText(page)}">
${rows.join('\n')}
</body>
</smil>
`;
}

function par({ utterance, begin, end }: NarrationClip, number: number, paths: SmilPaths): string {
  return `<par id="clip-${number}"><text src="${paths.page}#${xmlId(utterance.id)}"/><audio src="${paths.audio}" clipBegin="${clockValue(begin)}" clipEnd="${clockValue(end)}"/></par>`;
}
