/** Sentences that a narration needs beside the book’s own text. */
export type NarrationWords = {
  by: (authors: string) => string;
  narrator: string;
  closing: (title: string) => string;
  chapter: (number: number) => string;
  note: (number: number) => string;
  openingCredits: string;
  closingCredits: string;
};

const WORDS: Readonly<Record<string, NarrationWords>> = {
  en: {
    by: (authors) => `By ${authors}.`,
    narrator: 'Narrated by a computer voice.',
    closing: (title) => `This was ${title}.`,
    chapter: (number) => `Chapter ${number}.`,
    note: (number) => `Note ${number}:`,
    openingCredits: 'Opening credits',
    closingCredits: 'Closing credits',
  },
  de: {
    by: (authors) => `Von ${authors}.`,
    narrator: 'Gelesen von einer Computerstimme.',
    closing: (title) => `Das war: ${title}.`,
    chapter: (number) => `Kapitel ${number}.`,
    note: (number) => `Anmerkung ${number}:`,
    openingCredits: 'Vorspann',
    closingCredits: 'Abspann',
  },
  fr: {
    by: (authors) => `De ${authors}.`,
    narrator: 'Lu par une voix de synthèse.',
    closing: (title) => `C’était ${title}.`,
    chapter: (number) => `Chapitre ${number}.`,
    note: (number) => `Note ${number} :`,
    openingCredits: 'Générique de début',
    closingCredits: 'Générique de fin',
  },
  es: {
    by: (authors) => `De ${authors}.`,
    narrator: 'Leído por una voz sintética.',
    closing: (title) => `Esto fue ${title}.`,
    chapter: (number) => `Capítulo ${number}.`,
    note: (number) => `Nota ${number}:`,
    openingCredits: 'Créditos iniciales',
    closingCredits: 'Créditos finales',
  },
  it: {
    by: (authors) => `Di ${authors}.`,
    narrator: 'Letto da una voce sintetica.',
    closing: (title) => `Questo era ${title}.`,
    chapter: (number) => `Capitolo ${number}.`,
    note: (number) => `Nota ${number}:`,
    openingCredits: 'Titoli di testa',
    closingCredits: 'Titoli di coda',
  },
  pt: {
    by: (authors) => `De ${authors}.`,
    narrator: 'Lido por uma voz sintética.',
    closing: (title) => `Este foi ${title}.`,
    chapter: (number) => `Capítulo ${number}.`,
    note: (number) => `Nota ${number}:`,
    openingCredits: 'Créditos iniciais',
    closingCredits: 'Créditos finais',
  },
  nl: {
    by: (authors) => `Door ${authors}.`,
    narrator: 'Voorgelezen door een computerstem.',
    closing: (title) => `Dit was ${title}.`,
    chapter: (number) => `Hoofdstuk ${number}.`,
    note: (number) => `Noot ${number}:`,
    openingCredits: 'Openingscredits',
    closingCredits: 'Slotcredits',
  },
};

/** Where the words of a language are not known, names and numbers stand alone: any voice can read them. */
const PLAIN: NarrationWords = {
  by: (authors) => `${authors}.`,
  narrator: '',
  closing: (title) => `${title}.`,
  chapter: (number) => `${number}.`,
  note: (number) => `${number}:`,
  openingCredits: 'Opening credits',
  closingCredits: 'Closing credits',
};

/** The sentences in the language of a book (BCP 47). */
export function narrationWords(language: string): NarrationWords {
  return WORDS[language.toLowerCase().split('-')[0] ?? ''] ?? PLAIN;
}
