import { readXml } from '../xml/readXml.ts';
import { resolveBookLink } from './bookPath.ts';
import { attribute, childrenNamed, descendants, localName } from './bookXml.ts';

/** A stretch of text and the sound that reads it; without sound it is left to a voice of the system. */
export type OverlayClip = {
  textPath: string;
  fragment: string | null;
  audioPath: string | null;
  /** Seconds in the sound file. */
  beginSeconds: number;
  /** Seconds in the sound file; null for its end. */
  endSeconds: number | null;
};

/** The clips of a media overlay (EPUB 3.3 §9) in their order. Refuses what `readXml` refuses. */
export function readOverlay(text: string, path: string): OverlayClip[] {
  const clips: OverlayClip[] = [];
  for (const element of descendants(readXml(text))) {
    if (localName(element) !== 'par') continue;
    const source = attribute(childrenNamed(element, 'text')[0], 'src');
    const place = source === undefined ? null : resolveBookLink(source, path);
    if (place === null) continue;
    const audio = childrenNamed(element, 'audio')[0];
    const sound = attribute(audio, 'src');
    const end = clockSeconds(attribute(audio, 'clipEnd'));
    clips.push({
      textPath: place.path,
      fragment: place.fragment,
      audioPath: sound === undefined ? null : (resolveBookLink(sound, path)?.path ?? null),
      beginSeconds: clockSeconds(attribute(audio, 'clipBegin')) ?? 0,
      endSeconds: end,
    });
  }
  return clips;
}

/** A SMIL clock value (`1:02:03.5`, `02:03`, `12.5s`, `300ms`, `2min`, `1h`) in seconds; null when it is none. */
export function clockSeconds(text: string | undefined): number | null {
  const value = text?.trim() ?? '';
  const clock = /^(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)$/.exec(value);
  if (clock !== null)
    return Number(clock[1] ?? 0) * 3_600 + Number(clock[2]) * 60 + Number(clock[3]);
  const count = /^(\d+(?:\.\d+)?)(h|min|s|ms)?$/.exec(value);
  if (count === null) return null;
  const unit = { h: 3_600, min: 60, s: 1, ms: 0.001 }[count[2] ?? 's'] ?? 1;
  return Number(count[1]) * unit;
}
