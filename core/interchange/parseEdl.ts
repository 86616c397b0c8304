import { refuse } from '../fault.ts';

/** An edit decision list as it stands in the file: text for times, nothing resolved. */
export type EdlDocument = {
  title: string;
  events: EdlEvent[];
  /** Lines, counted from 1, that look like events and are none. */
  unreadLines: number[];
};

/** One numbered event: one line for a cut, two for a transition, with the comments that follow. */
export type EdlEvent = {
  number: string;
  edits: EdlEdit[];
  /** The clip of the event, or for a transition the clip it leaves. */
  from: EdlClip;
  /** The clip that a transition leads to. */
  to: EdlClip;
  /** Whether an `M2` line changes the speed of a clip. */
  hasSpeed: boolean;
};

/** What the comments of an event say of a clip. */
export type EdlClip = { name: string | null; file: string | null };

/** One line of an event. Times are frame labels, `;` for drop-frame; `line` counts from 1. */
export type EdlEdit = {
  line: number;
  reel: string;
  /** `V`, `A`, `A2` … */
  channels: string[];
  kind: 'cut' | 'dissolve' | 'wipe' | 'key';
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
const MAX_EVENTS = 100_000;

/**
 * Reads the lines of a CMX 3600 edit decision list: `TITLE:`, `FCM:`, events, `M2` and the comments `FROM CLIP NAME`,
 * `TO CLIP NAME` and `SOURCE FILE`. Other lines are passed over, as the format wants. Refuses `interchange/not-edl`
 * (no title and no event) and `interchange/too-large` (100,000 events).
 */
export function parseEdl(text: string): EdlDocument {
  const events: EdlEvent[] = [];
  const unreadLines: number[] = [];
  let title: string | null = null;
  let isDropFrame = false;
  let named: 'from' | 'to' = 'from';
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const line = raw.trim();
    const event = events.at(-1);
    const edit = editOf(line, { line: index + 1, isDropFrame });
    if (edit !== null) {
      named = 'from';
      if (event?.number === edit.number) event.edits.push(edit.edit);
      else events.push(newEvent(edit.number, edit.edit));
      if (events.length > MAX_EVENTS) refuseTooLarge();
      continue;
    }
    if (/^\d+\s.*\d\d[:;.,]\d\d[:;.,]\d/.test(line)) unreadLines.push(index + 1);
    const [, key = '', value = ''] =
      /^\*?\s*(TITLE|FCM|FROM CLIP NAME|TO CLIP NAME|SOURCE FILE)\s*:\s*([^]*)$/i.exec(line) ?? [];
    const keyword = key.toUpperCase();
    if (keyword === 'TITLE') title ??= value;
    else if (keyword === 'FCM') isDropFrame = /^DROP/i.test(value);
    else if (event === undefined) continue;
    else if (keyword === 'SOURCE FILE') event[named].file = value;
    else if (keyword !== '') {
      named = keyword === 'TO CLIP NAME' ? 'to' : 'from';
      event[named].name = value;
    } else if (/^M2\s/i.test(line)) event.hasSpeed = true;
  }
  if (title === null && events.length === 0) {
    refuse(
      'interchange/not-edl',
      'This is not a CMX 3600 edit decision list. Nothing was imported.',
    );
  }
  return { title: title ?? '', events, unreadLines };
}

function refuseTooLarge(): never {
  refuse(
    'interchange/too-large',
    'This edit decision list has more than 100,000 events. Nothing was imported.',
  );
}

function newEvent(number: string, edit: EdlEdit): EdlEvent {
  return {
    number,
    edits: [edit],
    from: { name: null, file: null },
    to: { name: null, file: null },
    hasSpeed: false,
  };
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
