import { refuse } from '../fault.ts';

const MAX_CHARACTERS = 64 * 1024 * 1024;
/** Clips, gaps and transitions that a file may have. */
export const MAX_ITEMS = 200_000;
const MAX_DEPTH = 128;

/**
 * The JSON of an OpenTimelineIO file, safe to walk by recursion. Refuses `interchange/too-large` for more than 64 MB
 * or 200,000 items, `interchange/malformed` for damaged JSON and for nesting deeper than 128, and
 * `interchange/not-otio` for anything that does not look like OpenTimelineIO.
 */
export function parseOtioText(text: string): unknown {
  if (text.length > MAX_CHARACTERS) {
    refuse('interchange/too-large', 'This file is larger than 64 MB. Nothing was imported.', {
      characters: text.length,
    });
  }
  const root = parseJson(text.startsWith('\uFEFF') ? text.slice(1) : text, text);
  let items = 0;
  const open: { value: unknown; depth: number }[] = [{ value: root, depth: 0 }];
  for (let entry = open.pop(); entry !== undefined; entry = open.pop()) {
    const { value, depth } = entry;
    if (typeof value !== 'object' || value === null) continue;
    if (depth > MAX_DEPTH) {
      refuse('interchange/malformed', 'This file is nested too deeply. Nothing was imported.', {
        deepest: MAX_DEPTH,
      });
    }
    if ('children' in value && Array.isArray(value.children)) items += value.children.length;
    if (items > MAX_ITEMS) {
      refuse(
        'interchange/too-large',
        'This file has more than 200,000 clips, gaps and transitions. Nothing was imported.',
        { most: MAX_ITEMS },
      );
    }
    for (const inner of Object.values(value)) open.push({ value: inner, depth: depth + 1 });
  }
  return root;
}

function parseJson(json: string, text: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    if (text.includes('"OTIO_SCHEMA"')) {
      refuse(
        'interchange/malformed',
        'This OpenTimelineIO file is damaged or incomplete. Nothing was imported.',
        { reason: error.message },
      );
    }
    refuse('interchange/not-otio', 'This is not an OpenTimelineIO file. Nothing was imported.', {
      reason: error.message,
    });
  }
}
