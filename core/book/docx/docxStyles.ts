import { writingDirection } from '../bookWords.ts';
import { W_NAMESPACE, XML_HEAD } from './docxParts.ts';
import type { DocxStyle, ParagraphStyle } from './docxStyle.ts';

/** Half an inch, by which a paragraph is indented, in twentieths of a point. */
export const INDENT = 720;
const DOUBLE = '<w:spacing w:before="0" w:after="0" w:line="480" w:lineRule="auto"/>';
const SINGLE = '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>';
/** A chapter begins a third down its page. */
const CHAPTER_DROP = 2_880;

function fontName(font: DocxStyle['font']): string {
  return font === 'courier' ? 'Courier New' : 'Times New Roman';
}

/** The styles of the standard manuscript format: 12 point, double spaced, ragged right, first lines indented by half an inch. */
export function stylesPart(style: DocxStyle, language: string): string {
  const name = fontName(style.font);
  const isRightToLeft = writingDirection(language) === 'rtl';
  const turned = isRightToLeft ? '<w:bidi/>' : '';
  const fonts = `<w:rFonts w:ascii="${name}" w:hAnsi="${name}" w:cs="${name}"/>`;
  return `${XML_HEAD}<w:styles ${W_NAMESPACE}>
<w:docDefaults><w:rPrDefault><w:rPr>${fonts}<w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="${language}" w:eastAsia="${language}" w:bidi="${language}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>${turned}${SINGLE}</w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl w:val="0"/></w:pPr>${isRightToLeft ? '<w:rPr><w:rtl/></w:rPr>' : ''}</w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>
${paragraphStyle('Title', 'Title', `<w:spacing w:before="4800" w:after="0" w:line="480" w:lineRule="auto"/><w:jc w:val="center"/>`)}
${paragraphStyle('Subtitle', 'Subtitle', `${DOUBLE}<w:jc w:val="center"/>`)}
${paragraphStyle('Byline', 'Byline', `${DOUBLE}<w:jc w:val="center"/>`)}
${paragraphStyle('ContactBlock', 'Contact Block', SINGLE)}
${heading(1, `<w:pageBreakBefore/>`, `<w:spacing w:before="${CHAPTER_DROP}" w:after="480" w:line="480" w:lineRule="auto"/><w:jc w:val="center"/>`, '')}
${[2, 3, 4, 5, 6].map((level) => heading(level, '', `<w:spacing w:before="240" w:after="0" w:line="480" w:lineRule="auto"/>`, level === 2 ? '<w:b/>' : '<w:i/>')).join('\n')}
${Object.entries(BODY_STYLES)
  .map(([id, [label, paragraph, run]]) => paragraphStyle(id, label, paragraph, run))
  .join('\n')}
${paragraphStyle('Header', 'header', `${SINGLE}<w:jc w:val="right"/>`)}
<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr></w:style>
<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>${['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map((side) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>`).join('')}</w:tblBorders></w:tblPr></w:style>
</w:styles>`;
}

const QUOTE_INDENT = `<w:ind w:left="${INDENT}" w:right="${INDENT}"/>`;

/** Name, paragraph and run of each style of the text. */
const BODY_STYLES: Record<ParagraphStyle, [name: string, paragraph: string, run?: string]> = {
  BodyText: ['Body Text', `${DOUBLE}<w:ind w:firstLine="${INDENT}"/>`],
  Quote: ['Quote', `${DOUBLE}${QUOTE_INDENT}`],
  Letter: ['Letter', `${DOUBLE}${QUOTE_INDENT}`],
  Epigraph: ['Epigraph', `${DOUBLE}<w:ind w:left="1440" w:right="1440"/>`],
  Verse: ['Verse', `${DOUBLE}<w:ind w:left="1440" w:hanging="${INDENT}"/>`],
  Code: [
    'Code',
    `${SINGLE}<w:ind w:left="${INDENT}"/>`,
    '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New" w:cs="Courier New"/><w:noProof/><w:sz w:val="20"/><w:szCs w:val="20"/>',
  ],
  Caption: ['caption', `${DOUBLE}<w:jc w:val="center"/>`, '<w:i/>'],
  SceneBreak: ['Scene Break', `${DOUBLE}<w:jc w:val="center"/>`],
  TableText: ['Table Text', SINGLE],
  FootnoteText: ['footnote text', SINGLE],
  ListParagraph: ['List Paragraph', DOUBLE],
};

function paragraphStyle(id: string, name: string, paragraph: string, run = ''): string {
  const text = run === '' ? '' : `<w:rPr>${run}</w:rPr>`;
  return `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>${paragraph}</w:pPr>${text}</w:style>`;
}

function heading(level: number, before: string, paragraph: string, run: string): string {
  const text = run === '' ? '' : `<w:rPr>${run}</w:rPr>`;
  return `<w:style w:type="paragraph" w:styleId="Heading${level}"><w:name w:val="heading ${level}"/><w:basedOn w:val="Normal"/><w:next w:val="BodyText"/><w:qFormat/><w:pPr><w:keepNext/>${before}${paragraph}<w:outlineLvl w:val="${level - 1}"/></w:pPr>${text}</w:style>`;
}
