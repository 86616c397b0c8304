/** What an EPUB says about itself beside the words that every book needs. */
export type EpubWords = {
  pages: string;
  /** Facts for the accessibility summary, whole sentences. */
  structured: string;
  notes: string;
  adapts: string;
  described: string;
  someUndescribed: string;
  decorative: string;
  tables: string;
  pageNumbers: string;
};

const ENGLISH: EpubWords = {
  pages: 'Pages',
  structured: 'Structured text with a table of contents and headings, in reading order.',
  notes: 'Notes are linked in both directions.',
  adapts: 'The text adapts to any font, size, spacing and colour.',
  described: 'All pictures are described.',
  someUndescribed: 'Some pictures have no description yet.',
  decorative: 'Pictures that only decorate are passed over.',
  tables: 'Tables are marked up as tables.',
  pageNumbers: 'The page numbers of the printed edition are given.',
};

const WORDS: Readonly<Record<string, EpubWords>> = {
  en: ENGLISH,
  de: {
    pages: 'Seiten',
    structured:
      'Gegliederter Text mit Inhaltsverzeichnis und Überschriften in der Reihenfolge des Lesens.',
    notes: 'Anmerkungen sind in beide Richtungen verknüpft.',
    adapts: 'Der Text passt sich jeder Schrift, Größe, jedem Abstand und jeder Farbe an.',
    described: 'Alle Bilder sind beschrieben.',
    someUndescribed: 'Einige Bilder sind noch nicht beschrieben.',
    decorative: 'Bilder, die nur schmücken, werden übergangen.',
    tables: 'Tabellen sind als Tabellen ausgezeichnet.',
    pageNumbers: 'Die Seitenzahlen der gedruckten Ausgabe sind angegeben.',
  },
  fr: {
    pages: 'Pages',
    structured: 'Texte structuré avec table des matières et titres, dans l’ordre de lecture.',
    notes: 'Les notes sont liées dans les deux sens.',
    adapts: 'Le texte s’adapte à toute police, taille, espacement et couleur.',
    described: 'Toutes les images sont décrites.',
    someUndescribed: 'Certaines images n’ont pas encore de description.',
    decorative: 'Les images purement décoratives sont ignorées.',
    tables: 'Les tableaux sont balisés comme tableaux.',
    pageNumbers: 'Les numéros de page de l’édition imprimée sont indiqués.',
  },
  es: {
    pages: 'Páginas',
    structured: 'Texto estructurado con índice y encabezados, en orden de lectura.',
    notes: 'Las notas están enlazadas en ambos sentidos.',
    adapts: 'El texto se adapta a cualquier tipo de letra, tamaño, espaciado y color.',
    described: 'Todas las imágenes están descritas.',
    someUndescribed: 'Algunas imágenes aún no tienen descripción.',
    decorative: 'Las imágenes meramente decorativas se omiten.',
    tables: 'Las tablas están marcadas como tablas.',
    pageNumbers: 'Se indican los números de página de la edición impresa.',
  },
  it: {
    pages: 'Pagine',
    structured: 'Testo strutturato con indice e titoli, in ordine di lettura.',
    notes: 'Le note sono collegate nei due sensi.',
    adapts: 'Il testo si adatta a qualsiasi carattere, dimensione, spaziatura e colore.',
    described: 'Tutte le immagini sono descritte.',
    someUndescribed: 'Alcune immagini non hanno ancora una descrizione.',
    decorative: 'Le immagini puramente decorative vengono ignorate.',
    tables: 'Le tabelle sono marcate come tabelle.',
    pageNumbers: 'Sono indicati i numeri di pagina dell’edizione a stampa.',
  },
  pt: {
    pages: 'Páginas',
    structured: 'Texto estruturado com sumário e títulos, na ordem de leitura.',
    notes: 'As notas estão ligadas nos dois sentidos.',
    adapts: 'O texto adapta-se a qualquer letra, tamanho, espaçamento e cor.',
    described: 'Todas as imagens estão descritas.',
    someUndescribed: 'Algumas imagens ainda não têm descrição.',
    decorative: 'As imagens meramente decorativas são ignoradas.',
    tables: 'As tabelas estão marcadas como tabelas.',
    pageNumbers: 'Os números de página da edição impressa estão indicados.',
  },
  nl: {
    pages: 'Pagina’s',
    structured: 'Gestructureerde tekst met inhoudsopgave en koppen, in leesvolgorde.',
    notes: 'Noten zijn in beide richtingen gekoppeld.',
    adapts: 'De tekst past zich aan elk lettertype, elke grootte, afstand en kleur aan.',
    described: 'Alle afbeeldingen zijn beschreven.',
    someUndescribed: 'Sommige afbeeldingen hebben nog geen beschrijving.',
    decorative: 'Afbeeldingen die alleen versieren worden overgeslagen.',
    tables: 'Tabellen zijn als tabellen gemarkeerd.',
    pageNumbers: 'De paginanummers van de gedrukte uitgave zijn aangegeven.',
  },
};

/** The words in a book's language (BCP 47), or in English, with the tag of the language they are in. */
export function epubWords(language: string): { words: EpubWords; language: string } {
  const words = WORDS[language.toLowerCase().split('-')[0] ?? ''];
  return words ? { words, language } : { words: ENGLISH, language: 'en' };
}
