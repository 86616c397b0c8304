import { refuse } from '../fault.ts';

/** An edit decision list as it stands in the file: text for times, nothing resolved. */
export type EdlDocument = {
  title: string;
  events: EdlEvent[];
  /** Lines, counted from 1, that look like events and are none. */
  unreadLines: number[];
  /** Comments `LOC`: markers of the timeline. */
  markers: EdlMarker[];
};

/** A marker: its label in time of the record, and the words after it. */
export type EdlMarker = { line: number; time: string; color: string; name: string };

/** One numbered event: one line for a cut, two for a transition, with the comments that follow. */
export type EdlEvent = {
  number: string;
  edits: EdlEdit[];
  /** The clip of the event, or for a transition the clip it leaves. */
  from: EdlClip;
  /** The clip that a transition leads to. */
  to: EdlClip;
};

/** What the lines after an event say of a clip: its name, its file, its `M2` speed, and the exact one we noted. */
export type EdlClip = {
  name: string | null;
  file: string | null;
  framesPerSecond: string | null;
  notedSpeed: string | null;
};

/** One line of an event. Times are frame labels, `;` for drop-frame; `line` counts from 1. */
export type EdlEdit = {
  line: number;
  reel: string;
  /** `V`, `A`, `A2` … */
  channels: string[];
  kind: 'cut' | 'dissolve' | 'wipe' | 'key';
  /** Pattern of a wipe by its number; null for others. */
  wipe: number | null;
  /** Frames that a transition lasts; 0 for a cut. */
  transitionFrames: number;
  sourceIn: string;
  sourceOut: string;
  recordIn: string;
  recordOut: string;
};

const TIME = String.raw`(\d{1,3}:\d{2}:\d{2}[:;.,]\d{2,3})`;
const EVENT = new RegExp(
  String.raw`^\s*(\d{1,7})\s+(\S{1,200})\s+(\S{1,40})\s+(C|D|W\d{1,4}|K(?:\s?[BO])?)\s+(?:(\d{1,4})\s+)?${TIME}\s+${TIME}\s+${TIME}\s+${TIME}`,
  'i',
);
const MARKER = new RegExp(String.raw`^\*\s*LOC\s*:\s*${TIME}(?:\s+(\S{1,40}))?(?:\s+(.*))?$`, 'i');
const SPEED = /^M2\s+(\S{1,200})\s+(-?\d{1,7}(?:\.\d{0,6})?)(?=\s|$)/i;
const KEYWORD =
  /^\*?\s*(TITLE|FCM|FROM CLIP NAME|TO CLIP NAME|SOURCE FILE|INKREEL SPEED)\s*:\s*([^]*)$/i;
const MAX_EVENTS = 100_000;
const MOST_LINES = 4_000_000;

/**
 * Reads the lines of a CMX 3600 edit decision list: `TITLE:`, `FCM:`, events, `M2` and the comments `FROM CLIP NAME`,
 * `TO CLIP NAME`, `SOURCE FILE` and `LOC`. Other lines are passed over, as the format wants. Refuses `interchange/not-edl`
 * (no title and no event) and `interchange/too-large` (100,000 events).
 */
export function parseEdl(text: string): EdlDocument {
  const events: EdlEvent[] = [];
  const unreadLines: number[] = [];
  const markers: EdlMarker[] = [];
  let title: string | null = null;
  let isDropFrame = false;
  let named: 'from' | 'to' = 'from';
  let number = 0;
  let edits = 0;
  for (const line of linesOf(text)) {
    number += 1;
    if (number > MOST_LINES) refuseTooLarge();
    if (line === '') continue;
    const event = events.at(-1);
    const edit = editOf(line, { line: number, isDropFrame });
    if (edit !== null) {
      named = 'from';
      if (event?.number === edit.number) event.edits.push(edit.edit);
      else events.push(newEvent(edit.number, edit.edit));
      edits += 1;
      if (edits > 2 * MAX_EVENTS || events.length > MAX_EVENTS) refuseTooLarge();
      continue;
    }
    if (/^\d+\s.*\d\d[:;.,]\d\d[:;.,]\d/.test(line)) unreadLines.push(number);
    const marker = MARKER.exec(line);
    if (marker !== null) {
      const [, time = '', color = '', name = ''] = marker;
      markers.push({ line: number, time: labelOf(time, isDropFrame), color, name });
      if (markers.length > MAX_EVENTS) refuseTooLarge();
      continue;
    }
    const [, key = '', value = ''] = KEYWORD.exec(line) ?? [];
    const keyword = key.toUpperCase();
    if (keyword === 'TITLE') title ??= value;
    else if (keyword === 'FCM') isDropFrame = /^DROP/i.test(value);
    else if (event === undefined) continue;
    else if (keyword === 'SOURCE FILE') event[named].file = value;
    else if (keyword === 'INKREEL SPEED') event[named].notedSpeed = value;
    else if (keyword !== '') {
      named = keyword === 'TO CLIP NAME' ? 'to' : 'from';
      event[named].name = value;
    } else noteSpeed(event, line, named);
  }
  if (title === null && events.length === 0) {
    refuse(
      'interchange/not-edl',
      'This is not a CMX 3600 edit decision list. Nothing was imported.',
    );
  }
  return { title: title ?? '', events, unreadLines, markers };
}

/** No line that means anything is longer. */
const LONGEST_LINE = 10_000;

/** Lines one by one, so that a file of nothing but line breaks costs no more than its text. */
function* linesOf(text: string): Generator<string> {
  let start = text.startsWith('\uFEFF') ? 1 : 0;
  const ends = /\r\n|\r|\n/g;
  while (start <= text.length) {
    ends.lastIndex = start;
    const found = ends.exec(text);
    const end = found?.index ?? text.length;
    yield text.slice(start, Math.min(end, start + LONGEST_LINE)).trim();
    start = end + (found?.[0].length ?? 1);
  }
}

function refuseTooLarge(): never {
  refuse(
    'interchange/too-large',
    'This edit decision list has more than 100,000 events or 4,000,000 lines. Nothing was imported.',
  );
}

function newEvent(number: string, edit: EdlEdit): EdlEvent {
  return {
    number,
    edits: [edit],
    from: { name: null, file: null, framesPerSecond: null, notedSpeed: null },
    to: { name: null, file: null, framesPerSecond: null, notedSpeed: null },
  };
}

/** Gives the speed of an `M2` line to the clip of its reel; where both have the same, to the one named last. */
function noteSpeed(event: EdlEvent, line: string, named: 'from' | 'to'): void {
  const [, reel = '', framesPerSecond] = SPEED.exec(line) ?? [];
  if (framesPerSecond === undefined) return;
  const [first, second] = event.edits;
  const isSameReel = first?.reel === second?.reel;
  const side =
    second === undefined ? 'from' : isSameReel ? named : reel === second.reel ? 'to' : 'from';
  event[side].framesPerSecond = framesPerSecond;
}

const KINDS = { C: 'cut', D: 'dissolve', W: 'wipe', K: 'key' } as const;

function editOf(
  text: string,
  at: { line: number; isDropFrame: boolean },
): { number: string; edit: EdlEdit } | null {
  const match = EVENT.exec(text);
  if (match === null) return null;
  const [, number = '', reel = '', channels = '', kind = '', frames = '0', ...times] = match;
  const [sourceIn = '', sourceOut = '', recordIn = '', recordOut = ''] = times.map((time) =>
    labelOf(time, at.isDropFrame),
  );
  const letter = kind.charAt(0).toUpperCase() as keyof typeof KINDS;
  return {
    number,
    edit: {
      line: at.line,
      reel,
      channels: channelsOf(channels.toUpperCase()),
      kind: KINDS[letter],
      wipe: letter === 'W' ? Number(kind.slice(1)) : null,
      transitionFrames: letter === 'D' || letter === 'W' ? Number(frames) : 0,
      sourceIn,
      sourceOut,
      recordIn,
      recordOut,
    },
  };
}

/** With `;` where the label itself or the mode of the list says drop-frame. */
function labelOf(time: string, isDropFrame: boolean): string {
  const isMarked = /[;,]/.test(time);
  return time.replace(/[:;.,](\d+)$/, `${isMarked || isDropFrame ? ';' : ':'}$1`);
}

/** `B` is picture with the first sound, `AA` both sounds; a stroke joins, as in `A2/V`. */
function channelsOf(text: string): string[] {
  const found = text.split('/').flatMap((part) => {
    if (part === 'B') return ['V', 'A'];
    if (part === 'AA') return ['A', 'A2'];
    if (part === 'A1') return ['A'];
    if (part === 'V1') return ['V'];
    return /^[AV]\d{0,2}$/.test(part) ? [part] : [];
  });
  return [...new Set(found)];
}
