import type { CallInput } from '#core/contract/contract.ts';

type Options = Required<Pick<CallInput<'book.export'>, 'epub' | 'docx' | 'report'>>;
type Defined<T> = T extends undefined ? never : T;

/** What is asked beside the text. */
export type BookFormatOptions = {
  pageNumbers: boolean;
  vertical: boolean;
  font: NonNullable<Defined<Options['docx']>['font']>;
  emphasis: NonNullable<Defined<Options['docx']>['emphasis']>;
  /** Whether a conformance report is written beside the book. */
  report: boolean;
};

export const USUAL_FORMAT_OPTIONS: BookFormatOptions = {
  pageNumbers: false,
  vertical: false,
  font: 'times',
  emphasis: 'italic',
  report: false,
};

/** The options as the call takes them. */
export function optionsForCall(options: BookFormatOptions): Options {
  const { pageNumbers, vertical, font, emphasis, report } = options;
  return { epub: { pageNumbers, vertical }, docx: { font, emphasis }, report };
}

/** Whether books in a language are also set from top to bottom. */
export function canBeVertical(language: string): boolean {
  return /^(?:ja|zh)\b/i.test(language);
}
