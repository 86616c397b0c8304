import { z } from 'zod';
import { objectIdSchema } from '../model/entities.ts';
import { childElement, childElements, type XmlElement, xmlElement } from '../xml/xmlElement.ts';
import {
  type ClipNote,
  clipNoteSchema,
  markerNoteSchema,
  type TransitionNote,
  transitionNote,
  transitionNoteSchema,
} from './clipNotes.ts';

const CLIP_KEY = 'com.inkreel.clip';
const TIMELINE_KEY = 'com.inkreel.timeline';
const TRANSITION_KEY = 'com.inkreel.transition';

/** What is noted of a timeline: its tracks, which the format does not have, and its own markers. */
const timelineNoteSchema = z.object({
  key: objectIdSchema.optional().catch(undefined),
  tracks: z
    .array(
      z.object({ kind: z.enum(['video', 'audio']), name: z.string().max(500), muted: z.boolean() }),
    )
    .max(1000)
    .catch([]),
  markers: z.array(markerNoteSchema).max(100_000).catch([]),
});
export type TimelineNote = z.infer<typeof timelineNoteSchema>;

/** Elements that keep a note in the metadata of an element; none where there is nothing to note. */
export function clipNoteElements(note: ClipNote): XmlElement[] {
  return Object.keys(note).length === 0 ? [] : [noteElement(CLIP_KEY, note)];
}

export function timelineNoteElement(note: TimelineNote): XmlElement {
  return noteElement(TIMELINE_KEY, note);
}

export function transitionNoteElement(note: TransitionNote): XmlElement {
  return noteElement(TRANSITION_KEY, note);
}

function noteElement(key: string, value: object): XmlElement {
  const note = xmlElement('md', { key, value: JSON.stringify(value), type: 'string' });
  return xmlElement('metadata', {}, [note]);
}

export function readClipNote(element: XmlElement): ClipNote {
  return clipNoteSchema.safeParse(noted(element, CLIP_KEY)).data ?? {};
}

export function readTimelineNote(element: XmlElement): TimelineNote | null {
  return timelineNoteSchema.safeParse(noted(element, TIMELINE_KEY)).data ?? null;
}

export function readTransitionNote(element: XmlElement): TransitionNote | null {
  const note = transitionNoteSchema.safeParse(noted(element, TRANSITION_KEY)).data;
  return note === undefined ? null : transitionNote(note);
}

/** Names under which other programs keep notes in the metadata of an element. */
export function foreignNotes(element: XmlElement): string[] {
  const metadata = childElement(element, 'metadata');
  const keys = metadata === undefined ? [] : childElements(metadata, 'md');
  return keys.flatMap((md) => {
    const key = md.attributes.get('key') ?? '';
    return key.startsWith('com.inkreel.') ? [] : [key];
  });
}

function noted(element: XmlElement, key: string): unknown {
  const metadata = childElement(element, 'metadata');
  const found = (metadata === undefined ? [] : childElements(metadata, 'md')).find(
    (md) => md.attributes.get('key') === key,
  );
  try {
    return JSON.parse(found?.attributes.get('value') ?? 'null') as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
