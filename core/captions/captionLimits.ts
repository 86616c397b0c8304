import { refuse } from '../fault.ts';

/** The largest caption file, in characters: ten million bytes and more of text is no caption file. */
export const MAX_CAPTION_FILE = 10 * 1024 * 1024;
/** The most captions of a file. */
const MAX_CUES = 100_000;

/** Refuses `captions/too-large` for more captions than a file may have. */
export function refuseTooMany(cues: readonly unknown[]): void {
  if (cues.length > MAX_CUES) refuseTooLarge();
}

export function refuseTooLarge(): never {
  refuse(
    'captions/too-large',
    'This caption file is larger than 10 MB or has more than 100,000 captions. Split it and import the parts.',
  );
}
