/** What an editor asks of a manuscript; everything else of the standard manuscript format is settled. */
export type DocxStyle = {
  font: 'times' | 'courier';
  /** How emphasis is shown: as it will be printed, or underlined as typewriters had it. */
  emphasis: 'italic' | 'underline';
};

export const DEFAULT_DOCX_STYLE: DocxStyle = { font: 'times', emphasis: 'italic' };

/** The names of the styles that paragraphs are given, as Word knows them. */
export const PARAGRAPH_STYLES = [
  'BodyText',
  'Quote',
  'Letter',
  'Epigraph',
  'Verse',
  'Code',
  'Caption',
  'SceneBreak',
  'TableText',
  'FootnoteText',
  'ListParagraph',
] as const;
export type ParagraphStyle = (typeof PARAGRAPH_STYLES)[number];
