/** The words a book needs beside its own text. */
export type BookWords = {
  cover: string;
  titlePage: string;
  contents: string;
  landmarks: string;
  copyright: string;
  notes: string;
  backToText: string;
};

const ENGLISH: BookWords = {
  cover: 'Cover',
  titlePage: 'Title page',
  contents: 'Contents',
  landmarks: 'Landmarks',
  copyright: 'Copyright',
  notes: 'Notes',
  backToText: 'Back to the text',
};

const WORDS: Readonly<Record<string, BookWords>> = {
  en: ENGLISH,
  de: {
    cover: 'Umschlag',
    titlePage: 'Titelseite',
    contents: 'Inhalt',
    landmarks: 'Orientierung',
    copyright: 'Impressum',
    notes: 'Anmerkungen',
    backToText: 'Zurück zum Text',
  },
  fr: {
    cover: 'Couverture',
    titlePage: 'Page de titre',
    contents: 'Table des matières',
    landmarks: 'Repères',
    copyright: 'Mentions légales',
    notes: 'Notes',
    backToText: 'Retour au texte',
  },
  es: {
    cover: 'Cubierta',
    titlePage: 'Portada',
    contents: 'Índice',
    landmarks: 'Puntos de referencia',
    copyright: 'Créditos',
    notes: 'Notas',
    backToText: 'Volver al texto',
  },
  it: {
    cover: 'Copertina',
    titlePage: 'Frontespizio',
    contents: 'Indice',
    landmarks: 'Punti di riferimento',
    copyright: 'Crediti',
    notes: 'Note',
    backToText: 'Torna al testo',
  },
  pt: {
    cover: 'Capa',
    titlePage: 'Folha de rosto',
    contents: 'Sumário',
    landmarks: 'Pontos de referência',
    copyright: 'Créditos',
    notes: 'Notas',
    backToText: 'Voltar ao texto',
  },
  nl: {
    cover: 'Omslag',
    titlePage: 'Titelpagina',
    contents: 'Inhoud',
    landmarks: 'Oriëntatiepunten',
    copyright: 'Colofon',
    notes: 'Noten',
    backToText: 'Terug naar de tekst',
  },
  ar: {
    cover: 'الغلاف',
    titlePage: 'صفحة العنوان',
    contents: 'المحتويات',
    landmarks: 'معالم الكتاب',
    copyright: 'حقوق النشر',
    notes: 'الحواشي',
    backToText: 'العودة إلى النص',
  },
  fa: {
    cover: 'جلد',
    titlePage: 'صفحهٔ عنوان',
    contents: 'فهرست',
    landmarks: 'نشانه‌های کتاب',
    copyright: 'حق نشر',
    notes: 'یادداشت‌ها',
    backToText: 'بازگشت به متن',
  },
  he: {
    cover: 'כריכה',
    titlePage: 'עמוד השער',
    contents: 'תוכן העניינים',
    landmarks: 'ציוני דרך',
    copyright: 'זכויות יוצרים',
    notes: 'הערות',
    backToText: 'חזרה לטקסט',
  },
  hi: {
    cover: 'आवरण',
    titlePage: 'शीर्षक पृष्ठ',
    contents: 'विषय-सूची',
    landmarks: 'मार्गदर्शक स्थल',
    copyright: 'प्रकाशनाधिकार',
    notes: 'टिप्पणियाँ',
    backToText: 'पाठ पर वापस',
  },
  ja: {
    cover: '表紙',
    titlePage: '扉',
    contents: '目次',
    landmarks: 'ランドマーク',
    copyright: '奥付',
    notes: '注',
    backToText: '本文に戻る',
  },
};

/** The words in a book's language (BCP 47), or in English, with the tag of the language they are in. */
export function bookWords(language: string): { words: BookWords; language: string } {
  const primary = language.toLowerCase().split('-')[0] ?? '';
  const words = WORDS[primary];
  return words ? { words, language } : { words: ENGLISH, language: 'en' };
}

const RIGHT_TO_LEFT = new Set([
  'ar',
  'ckb',
  'dv',
  'fa',
  'he',
  'ks',
  'ku',
  'ps',
  'sd',
  'ug',
  'ur',
  'yi',
]);

/** Whether a language (BCP 47) is written from left or from right, by its script if named, else by its usual one. */
export function writingDirection(language: string): 'ltr' | 'rtl' {
  const [primary = '', ...rest] = language.toLowerCase().split('-');
  const script = rest.find((part) => part.length === 4);
  if (script !== undefined) {
    return /^(?:arab|hebr|thaa|syrc|nkoo)$/.test(script) ? 'rtl' : 'ltr';
  }
  return RIGHT_TO_LEFT.has(primary) ? 'rtl' : 'ltr';
}
