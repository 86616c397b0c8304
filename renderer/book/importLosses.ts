import type { Loss } from '#core/contract/films.ts';
import type { ImportReport } from './newBook.ts';

/** What each reading of the meter is called. */
export const METER_LABELS: Readonly<Record<ImportReport['meter'][number]['kind'], string>> = {
  words: 'Words',
  emphasis: 'Italics',
  strong: 'Bold',
  smallCaps: 'Small capitals',
  underline: 'Underlines',
  strike: 'Struck out',
  super: 'Raised',
  sub: 'Lowered',
  code: 'Code',
  language: 'Other languages',
  link: 'Links',
};

/** Losses that leave something out of the book which its author put there. */
const LOST = new Set([
  'words-lost',
  'marks-lost',
  'page-missing',
  'picture-missing',
  'picture-too-large',
  'picture-format',
  'picture-damaged',
  'remote-picture',
  'drawing',
  'media',
  'alt-chunk',
]);

/** Whether a loss left something out, rather than changed its form. */
export function isLost(loss: Pick<Loss, 'code'>): boolean {
  return LOST.has(loss.code);
}
