type DocxWords = { by: string; words: (count: string) => string };

const ENGLISH: DocxWords = { by: 'by', words: (count) => `about ${count} words` };

const WORDS: Readonly<Record<string, DocxWords>> = {
  en: ENGLISH,
  de: { by: 'von', words: (count) => `etwa ${count} Wörter` },
  fr: { by: 'par', words: (count) => `environ ${count} mots` },
  es: { by: 'por', words: (count) => `unas ${count} palabras` },
  it: { by: 'di', words: (count) => `circa ${count} parole` },
  pt: { by: 'por', words: (count) => `cerca de ${count} palavras` },
  nl: { by: 'door', words: (count) => `ongeveer ${count} woorden` },
};

/** The words of a manuscript's title page in a language (BCP 47), or in English. */
export function docxWords(language: string): DocxWords {
  return WORDS[language.toLowerCase().split('-')[0] ?? ''] ?? ENGLISH;
}

/**
 * A count of words as a title page states it: to the nearest hundred, from 17,500 on (where a novel begins) to the nearest
 * thousand. Thousands are set apart with a space that does not break, which every language reads.
 */
export function roundedCount(words: number): string {
  const step = words >= 17_500 ? 1_000 : words >= 100 ? 100 : 10;
  const rounded = Math.max(step, Math.round(words / step) * step);
  return String(rounded).replace(/(\d)(?=(?:\d{3})+$)/g, '$1\u00A0');
}
