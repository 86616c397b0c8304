const COMMON = [
  'ar',
  'cs',
  'da',
  'de',
  'el',
  'en',
  'en-GB',
  'en-US',
  'es',
  'fi',
  'fr',
  'he',
  'hi',
  'hu',
  'id',
  'it',
  'ja',
  'ko',
  'nb',
  'nl',
  'pl',
  'pt-BR',
  'pt-PT',
  'ro',
  'ru',
  'sv',
  'tr',
  'uk',
  'vi',
  'zh-Hans',
  'zh-Hant',
];
const names = new Intl.DisplayNames('en', { type: 'language' });

/** A language by its English name: `en-GB` is British English. */
export function languageName(tag: string): string {
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Languages to choose from, by name, the given one among them. */
export function languagesWith(tag: string): string[] {
  return [...new Set([...COMMON, tag])].sort((a, b) =>
    languageName(a).localeCompare(languageName(b), 'en'),
  );
}
