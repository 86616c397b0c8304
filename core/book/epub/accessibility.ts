import { type Block, inlinesOf, type Manuscript, walkBlocks } from '../manuscript.ts';
import { xmlText } from '../xml.ts';
import { epubWords } from './epubWords.ts';

/** What a book holds, as far as it decides who can read it. */
export type AccessFacts = {
  /** Pictures that are part of what the book says. */
  telling: number;
  /** Of those, the ones without a description. */
  undescribed: number;
  decorative: number;
  notes: number;
  tables: number;
  /** Tables whose columns have no names, which a screen reader cannot tell apart. */
  namelessTables: number;
  /** Whether the pages of a printed edition are listed. */
  hasPageList: boolean;
  /** Whether it is read aloud while its text lights up. */
  isNarrated: boolean;
};

/** Reads the facts from the text. */
export function accessFacts(
  { chapters }: Manuscript,
  { hasPageList, isNarrated }: Pick<AccessFacts, 'hasPageList' | 'isNarrated'>,
): AccessFacts {
  const facts: AccessFacts = {
    telling: 0,
    undescribed: 0,
    decorative: 0,
    notes: 0,
    tables: 0,
    namelessTables: 0,
    hasPageList,
    isNarrated,
  };
  for (const { blocks } of chapters) for (const block of walkBlocks(blocks)) count(block, facts);
  return facts;
}

function count(block: Block, facts: AccessFacts): void {
  if (block.kind === 'image') {
    if (block.decorative) facts.decorative += 1;
    else {
      facts.telling += 1;
      if (block.alt.trim() === '') facts.undescribed += 1;
    }
  } else if (block.kind === 'table') {
    facts.tables += 1;
    if (block.headerRows === 0) facts.namelessTables += 1;
  } else facts.notes += inlinesOf(block).filter((inline) => inline.kind === 'note').length;
}

/**
 * The accessibility metadata of a package document (EPUB Accessibility 1.1, schema.org terms), all of it derived from what
 * the book holds. Conformance is claimed only where nothing is known that stands against it.
 */
export function accessibilityRows(
  facts: AccessFacts,
  language: string,
  certifier: string,
): string[] {
  const meta = (property: string, value: string) =>
    `<meta property="schema:${property}">${value}</meta>`;
  const isTextEnough = facts.undescribed === 0;
  const summary = accessibilitySummary(facts, language);
  return [
    meta('accessMode', 'textual'),
    ...(facts.isNarrated ? [meta('accessMode', 'auditory')] : []),
    ...(facts.telling > 0 ? [meta('accessMode', 'visual')] : []),
    ...(isTextEnough ? [meta('accessModeSufficient', 'textual')] : []),
    ...(facts.telling > 0 ? [meta('accessModeSufficient', 'textual,visual')] : []),
    ...featuresOf(facts).map((feature) => meta('accessibilityFeature', feature)),
    // Still pictures and text: nothing flashes, moves or sounds.
    meta('accessibilityHazard', 'none'),
    `<meta property="schema:accessibilitySummary" xml:lang="${summary.language}">${xmlText(summary.text)}</meta>`,
    ...(conforms(facts) ? conformance(certifier) : []),
  ];
}

function featuresOf(facts: AccessFacts): string[] {
  return [
    'tableOfContents',
    'readingOrder',
    'structuralNavigation',
    'displayTransformability',
    // The cover has its description always, so this is true of a book without other pictures too.
    ...(facts.undescribed === 0 ? ['alternativeText'] : []),
    ...(facts.hasPageList ? ['pageNavigation', 'pageBreakMarkers'] : []),
    ...(facts.isNarrated ? ['synchronizedAudioText'] : []),
  ];
}

function accessibilitySummary(
  facts: AccessFacts,
  bookLanguage: string,
): { text: string; language: string } {
  const { words, language } = epubWords(bookLanguage);
  const sentences = [
    words.structured,
    words.adapts,
    ...(facts.notes > 0 ? [words.notes] : []),
    ...(facts.tables > 0 ? [words.tables] : []),
    ...(facts.undescribed > 0 ? [words.someUndescribed] : []),
    ...(facts.telling > 0 && facts.undescribed === 0 ? [words.described] : []),
    ...(facts.decorative > 0 ? [words.decorative] : []),
    ...(facts.hasPageList ? [words.pageNumbers] : []),
  ];
  return { text: sentences.join(' '), language };
}

function conforms(facts: AccessFacts): boolean {
  return facts.undescribed === 0 && facts.namelessTables === 0;
}

function conformance(certifier: string): string[] {
  return [
    '<meta property="dcterms:conformsTo" id="conformance">EPUB Accessibility 1.1 - WCAG 2.1 Level AA</meta>',
    ...(certifier === ''
      ? []
      : [`<meta property="a11y:certifiedBy" refines="#conformance">${xmlText(certifier)}</meta>`]),
  ];
}
