import type { CallInput } from '#core/contract/contract.ts';

type Options = Required<Pick<CallInput<'book.export'>, 'epub' | 'docx'>>;
type Defined<T> = T extends undefined ? never : T;

/** What is asked of single formats beside the text. */
export type BookFormatOptions = {
  pageNumbers: boolean;
  vertical: boolean;
  font: NonNullable<Defined<Options['docx']>['font']>;
  emphasis: NonNullable<Defined<Options['docx']>['emphasis']>;
};

export const USUAL_FORMAT_OPTIONS: BookFormatOptions = {
  pageNumbers: false,
  vertical: false,
  font: 'times',
  emphasis: 'italic',
};

/** The options as the call takes them. */
export function optionsForCall(options: BookFormatOptions): Options {
  const { pageNumbers, vertical, font, emphasis } = options;
  return { epub: { pageNumbers, vertical }, docx: { font, emphasis } };
}

/** Whether books in a language are also set from top to bottom. */
export function canBeVertical(language: string): boolean {
  return /^(?:ja|zh)\b/i.test(language);
}
