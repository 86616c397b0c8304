import type { ChapterRole } from '../manuscript.ts';

const BY_TERM: Readonly<Record<string, ChapterRole>> = {
  dedication: 'dedication',
  epigraph: 'epigraph',
  foreword: 'foreword',
  preface: 'preface',
  preamble: 'preface',
  introduction: 'introduction',
  prologue: 'prologue',
  part: 'part',
  volume: 'part',
  division: 'part',
  chapter: 'chapter',
  epilogue: 'epilogue',
  conclusion: 'epilogue',
  afterword: 'afterword',
  acknowledgments: 'acknowledgments',
  acknowledgements: 'acknowledgments',
  appendix: 'appendix',
  glossary: 'glossary',
  bibliography: 'bibliography',
  contributors: 'about-author',
  imprint: 'introduction',
  colophon: 'appendix',
  'copyright-page': 'appendix',
  'other-credits': 'acknowledgments',
};

/** The role that a term of EPUB's structural semantics, or of DPUB-ARIA without its `doc-`, gives a chapter. */
export function roleOfTerm(term: string): ChapterRole | undefined {
  return Object.hasOwn(BY_TERM, term) ? BY_TERM[term] : undefined;
}

const BY_TITLE: readonly [RegExp, ChapterRole][] = [
  [
    /^(?:about the authors?|über (?:die autorin|den autor)|à propos de l['’]auteure?|sobre (?:el|la) autora?)$/,
    'about-author',
  ],
  [/^(?:also by|other books by|books by|weitere bücher|du même auteur)\b.*$/, 'also-by'],
  [/^(?:dedication|widmung|dédicace|dedicatoria)$/, 'dedication'],
  [/^(?:epigraph|motto|épigraphe)$/, 'epigraph'],
  [/^(?:foreword|geleitwort|avant-propos)$/, 'foreword'],
  [/^(?:preface|vorwort|préface|prefacio)(?: to .*)?$/, 'preface'],
  [/^(?:introduction|einleitung|introducción)$/, 'introduction'],
  [/^(?:prologue|prolog|prólogo)$/, 'prologue'],
  [/^(?:epilogue|epilog|épilogue|epílogo)$/, 'epilogue'],
  [/^(?:afterword|nachwort|postface)$/, 'afterword'],
  [/^(?:acknowledge?ments?|danksagung|dank|remerciements|agradecimientos)$/, 'acknowledgments'],
  [/^(?:appendix|anhang|annexe|apéndice)(?: [a-z0-9]{1,3})?$/, 'appendix'],
  [/^(?:glossary|glossar|glossaire|glosario)$/, 'glossary'],
  [
    /^(?:bibliography|works cited|references|literatur(?:verzeichnis)?|bibliographie|bibliografía)$/,
    'bibliography',
  ],
];

/** The role that a title says a chapter has, in the words that books use for it. */
export function roleOfTitle(title: string): ChapterRole | undefined {
  const plain = title.trim().toLowerCase().replace(/[.:]$/, '');
  return BY_TITLE.find(([pattern]) => pattern.test(plain))?.[1];
}

const NUMBER =
  '(?:\\d{1,4}|[ivxlcdm]{1,9}|(?:the )?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last))';
const PART = new RegExp(
  `^(?:part|book|volume|teil|buch|partie|livre|parte|libro)[\\s\\u00a0]+${NUMBER}(?:[.:\\s\\u2014\\u2013-].*)?$`,
  'i',
);
const CHAPTER = new RegExp(
  `^(?:chapter|chap\\.|kapitel|chapitre|capítulo|capitolo|hoofdstuk)[\\s\\u00a0]+${NUMBER}(?:[.:\\s\\u2014\\u2013-].*)?$`,
  'i',
);

/** Whether a line is the title of a part: “Part Two: The Sea”. */
export function isPartTitle(line: string): boolean {
  return PART.test(line.trim()) && line.length <= 200;
}

/** Whether a line is the title of a chapter by its number: “Chapter XII”, “Chapter 3. Home”. */
export function isChapterTitle(line: string): boolean {
  return CHAPTER.test(line.trim()) && line.length <= 200;
}
