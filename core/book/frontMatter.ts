import type { z } from 'zod';
import { type BookMetadata, bookMetadataSchema } from './manuscript.ts';
import type { Loss } from './loss.ts';

const metadataGuessSchema = bookMetadataSchema.partial();
/** What a source says about itself; anything may be missing. */
export type MetadataGuess = z.infer<typeof metadataGuessSchema>;

export type FrontMatter = {
  metadata: MetadataGuess;
  /** The document without its front matter. */
  body: string;
  /** Lines that the front matter took. */
  lines: number;
  losses: Loss[];
};

const FIELD_NAMES = new Map<string, keyof BookMetadata>([
  ['title', 'title'],
  ['subtitle', 'subtitle'],
  ['author', 'authors'],
  ['authors', 'authors'],
  ['language', 'language'],
  ['lang', 'language'],
  ['identifier', 'identifier'],
  ['isbn', 'identifier'],
  ['publisher', 'publisher'],
  ['description', 'description'],
  ['rights', 'rights'],
  ['date', 'publishedOn'],
  ['published', 'publishedOn'],
]);

/**
 * Reads the block between two `---` lines at the head of a Markdown document. A small, strict part of YAML: `key: value`,
 * values bare or in quotes, and for authors a list of `- name` lines. A document whose first line is `---` but that has
 * no second such line, or other content between them, has no front matter. What is not understood is a loss.
 */
export function readFrontMatter(text: string): FrontMatter {
  const nothing = { metadata: {}, body: text, lines: 0, losses: [] };
  const match = /^---[ \t]*\n([\s\S]*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(text);
  if (match === null) return nothing;
  const rows = (match[1] ?? '').split('\n');
  if (!rows.some((row) => /^[A-Za-z][\w-]*:/.test(row))) return nothing;
  const losses: Loss[] = [];
  const lose = (row: number, message: string) =>
    losses.push({ code: 'front-matter', where: `line ${row + 2}`, message });
  const fields = readFields(rows, lose);
  return {
    metadata: checkFields(fields, lose),
    body: text.slice(match[0].length),
    lines: rows.length + 2,
    losses,
  };
}

type Lose = (row: number, message: string) => void;
type Field = { row: number; values: string[] };

function readFields(rows: readonly string[], lose: Lose): Map<keyof BookMetadata, Field> {
  const fields = new Map<keyof BookMetadata, Field>();
  let open: Field | null = null;
  for (const [row, line] of rows.entries()) {
    const item = /^\s*-\s+(.+)$/.exec(line);
    const pair = /^([A-Za-z][\w-]*):(?:\s+(.*))?$/.exec(line);
    const name = FIELD_NAMES.get((pair?.[1] ?? '').toLowerCase());
    if (/^\s*(?:#.*)?$/.test(line)) continue;
    if (item && open) open.values.push(unquote(item[1] ?? ''));
    else if (pair && name !== undefined) {
      const value = (pair[2] ?? '').trim();
      open = fields.get(name) ?? { row, values: [] };
      if (value !== '')
        open.values.push(...(name === 'authors' ? listOf(value) : [unquote(value)]));
      fields.set(name, open);
    } else {
      open = null;
      lose(row, `“${line.trim()}” is not something a book records here, so it was left out.`);
    }
  }
  return fields;
}

function checkFields(fields: Map<keyof BookMetadata, Field>, lose: Lose): MetadataGuess {
  const metadata: Record<string, unknown> = {};
  for (const [name, { row, values }] of fields) {
    const value = name === 'authors' ? values : values.join(' ');
    const schema: z.ZodType = bookMetadataSchema.shape[name];
    if (values.length === 0) continue;
    if (schema.safeParse(value).success) metadata[name] = value;
    else lose(row, `“${values.join(', ')}” is not a valid ${name}, so it was left out.`);
  }
  return metadataGuessSchema.parse(metadata);
}

function listOf(value: string): string[] {
  const inner = /^\[(.*)\]$/.exec(value)?.[1];
  return inner === undefined ? [unquote(value)] : inner.split(',').map((part) => unquote(part));
}

function unquote(value: string): string {
  const trimmed = value.trim();
  const double = /^"((?:[^"\\]|\\.)*)"$/.exec(trimmed)?.[1];
  if (double !== undefined) return double.replace(/\\(.)/g, '$1');
  const single = /^'((?:[^']|'')*)'$/.exec(trimmed)?.[1];
  return single === undefined ? trimmed : single.replaceAll("''", "'");
}
