import type { BookMetadata, Contributor } from './manuscript.ts';

type RoleWords = Record<Exclude<Contributor['role'], 'contributor'>, string>;

/** What stands in front of a name. */
const WORDS: Readonly<Record<string, RoleWords>> = {
  en: {
    translator: 'Translated by',
    editor: 'Edited by',
    illustrator: 'Illustrated by',
    narrator: 'Read by',
    designer: 'Designed by',
  },
  de: {
    translator: 'Übersetzt von',
    editor: 'Herausgegeben von',
    illustrator: 'Illustriert von',
    narrator: 'Gelesen von',
    designer: 'Gestaltet von',
  },
  fr: {
    translator: 'Traduit par',
    editor: 'Édité par',
    illustrator: 'Illustré par',
    narrator: 'Lu par',
    designer: 'Mis en page par',
  },
  es: {
    translator: 'Traducido por',
    editor: 'Editado por',
    illustrator: 'Ilustrado por',
    narrator: 'Leído por',
    designer: 'Diseñado por',
  },
  it: {
    translator: 'Traduzione di',
    editor: 'A cura di',
    illustrator: 'Illustrazioni di',
    narrator: 'Letto da',
    designer: 'Progetto grafico di',
  },
  pt: {
    translator: 'Traduzido por',
    editor: 'Editado por',
    illustrator: 'Ilustrado por',
    narrator: 'Lido por',
    designer: 'Design de',
  },
  nl: {
    translator: 'Vertaald door',
    editor: 'Bezorgd door',
    illustrator: 'Geïllustreerd door',
    narrator: 'Voorgelezen door',
    designer: 'Vormgeving door',
  },
};

/** A line for each who helped with a book, in its language; in a language without words here, only the names. */
export function contributorLines({ contributors, language }: BookMetadata): string[] {
  const words = WORDS[language.toLowerCase().split('-')[0] ?? ''];
  return (contributors ?? []).map(({ name, role }) =>
    words === undefined || role === 'contributor' ? name : `${words[role]} ${name}`,
  );
}

/** Where a book stands in its series, such as “The Lamp Keepers · 2”; null when it is in none. */
export function seriesLine({ series }: BookMetadata): string | null {
  if (series === undefined) return null;
  return series.number === undefined ? series.name : `${series.name} · ${series.number}`;
}
