import { writingDirection } from '../bookWords.ts';
import { marksOf } from '../inlines.ts';
import type { Inline, Note, TextRun } from '../manuscript.ts';
import { xmlText } from '../xml.ts';
import type { Relationships } from './docxParts.ts';
import type { DocxStyle } from './docxStyle.ts';

export type RunWriter = {
  style: DocxStyle;
  language: string;
  links: Relationships;
  /** The reference to a note; a note within a note, which Word has no place for, is written where it is called. */
  noteCall: (note: Note) => string;
};

/** Runs and calls of notes as WordprocessingML. */
export function inlinesToDocx(inlines: readonly Inline[], writer: RunWriter): string {
  return inlines
    .map((inline) => (inline.kind === 'note' ? writer.noteCall(inline) : runToDocx(inline, writer)))
    .join('');
}

function runToDocx(run: TextRun, writer: RunWriter): string {
  const { link } = run;
  const xml = textToDocx(run.text, properties(run, writer));
  return link === undefined
    ? xml
    : `<w:hyperlink r:id="${writer.links.web(link)}">${xml}</w:hyperlink>`;
}

/** Plain text as a run; lines and tabs of code become breaks and tabs. */
export function textToDocx(text: string, runProperties = ''): string {
  const marks = runProperties === '' ? '' : `<w:rPr>${runProperties}</w:rPr>`;
  const parts = text
    .split(/(\n|\t)/)
    .filter((part) => part !== '')
    .map((part) => {
      if (part === '\n') return '<w:br/>';
      return part === '\t' ? '<w:tab/>' : `<w:t xml:space="preserve">${xmlText(part)}</w:t>`;
    });
  return `<w:r>${marks}${parts.join('')}</w:r>`;
}

function properties(run: TextRun, { style, language }: RunWriter): string {
  const marks = marksOf(run);
  const isUnderlined = marks.underline ?? (marks.emphasis && style.emphasis === 'underline');
  const parts = [
    marks.link === undefined ? '' : '<w:rStyle w:val="Hyperlink"/>',
    marks.code ? '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/>' : '',
    marks.strong ? '<w:b/><w:bCs/>' : '',
    marks.emphasis && style.emphasis === 'italic' ? '<w:i/><w:iCs/>' : '',
    marks.smallCaps ? '<w:smallCaps/>' : '',
    marks.strike ? '<w:strike/>' : '',
    isUnderlined ? '<w:u w:val="single"/>' : '',
    marks.script === undefined ? '' : `<w:vertAlign w:val="${marks.script}script"/>`,
    marks.language === undefined ? '' : languageProperties(marks.language, language),
  ];
  return parts.join('');
}

function languageProperties(language: string, bookLanguage: string): string {
  const isRightToLeft = writingDirection(language) === 'rtl';
  const isTurned = isRightToLeft !== (writingDirection(bookLanguage) === 'rtl');
  const turned = isTurned ? `<w:rtl w:val="${isRightToLeft ? '1' : '0'}"/>` : '';
  return `${turned}<w:lang w:val="${language}" w:eastAsia="${language}" w:bidi="${language}"/>`;
}
