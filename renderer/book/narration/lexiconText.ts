import { type LexiconEntry, lexiconEntrySchema } from '#core/narration/narrationSettings.ts';

/** A lexicon as lines: `Skerrow = Skerroe`. */
export function lexiconText(lexicon: readonly LexiconEntry[]): string {
  return lexicon.map(({ word, spoken }) => `${word} = ${spoken}`).join('\n');
}

/** The lexicon that lines stand for; lines that are no entry are left out. Entries that were there keep their case rule. */
export function lexiconFrom(text: string, before: readonly LexiconEntry[] = []): LexiconEntry[] {
  const entries = text.split('\n').flatMap((line) => {
    const at = line.indexOf('=');
    const word = line.slice(0, Math.max(0, at)).trim();
    const matchCase = before.find((entry) => entry.word === word)?.matchCase;
    const entry = { word, spoken: line.slice(at + 1).trim(), ...(matchCase && { matchCase }) };
    const parsed = lexiconEntrySchema.safeParse(entry);
    return parsed.success ? [parsed.data] : [];
  });
  return entries.slice(0, 5_000);
}
