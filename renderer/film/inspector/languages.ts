/** Whether a text can be the language of a track (BCP 47): `en`, `pt-BR`. */
export function isLanguageTag(text: string): boolean {
  return /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(text.trim());
}

/** What a language is called in English; null for what is no known tag. */
export function languageName(tag: string): string | null {
  if (!isLanguageTag(tag)) return null;
  try {
    const name = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' }).of(
      tag.trim(),
    );
    return name ?? null;
  } catch {
    // A tag of the right form that names nothing.
    return null;
  }
}
