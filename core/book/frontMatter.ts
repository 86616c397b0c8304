import type { z } from 'zod';
import {
  type BookMetadata,
  bookMetadataSchema,
  type Contributor,
  contributorSchema,
} from './manuscript.ts';
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

/** What the lines of front matter are about: a detail, the series’ number, or people with a role. */
type FieldName = keyof BookMetadata | 'seriesNumber' | Contributor['role'];

const FIELD_NAMES = new Map<string, FieldName>([
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
  ['series', 'series'],
  ['series-number', 'seriesNumber'],
  ['subjects', 'subjects'],
  ['keywords', 'subjects'],
  ...contributorSchema.shape.role.options.map((role): [string, FieldName] => [role, role]),
]);

/** Fields that may have several values. */
const LISTS = new Set<FieldName>(['authors', 'subjects', ...contributorSchema.shape.role.options]);

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

function readFields(rows: readonly string[], lose: Lose): Map<FieldName, Field> {
  const fields = new Map<FieldName, Field>();
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
      if (value !== '') open.values.push(...(LISTS.has(name) ? listOf(value) : [unquote(value)]));
      fields.set(name, open);
    } else {
      open = null;
      lose(row, `“${line.trim()}” is not something a book records here, so it was left out.`);
    }
  }
  return fields;
}

function checkFields(fields: Map<FieldName, Field>, lose: Lose): MetadataGuess {
  const metadata: Record<string, unknown> = {};
  const contributors: Contributor[] = [];
  const number = fields.get('seriesNumber');
  for (const [name, { row, values }] of fields) {
    if (values.length === 0 || name === 'seriesNumber') continue;
    const role = contributorSchema.shape.role.safeParse(name);
    if (role.success) {
      const people = values.map((value) => ({ name: value, role: role.data }));
      contributors.push(...people.filter((one) => contributorSchema.safeParse(one).success));
      continue;
    }
    const schema: z.ZodType = bookMetadataSchema.shape[name as keyof BookMetadata];
    const value = valueOf(name, values, number?.values[0]);
    if (schema.safeParse(value).success) metadata[name] = value;
    else lose(row, `“${values.join(', ')}” is not a valid ${name}, so it was left out.`);
  }
  if (contributors.length > 0) metadata['contributors'] = contributors.slice(0, 50);
  return metadataGuessSchema.parse(metadata);
}

function valueOf(name: FieldName, values: readonly string[], number: string | undefined): unknown {
  if (LISTS.has(name)) return values;
  const text = values.join(' ');
  if (name !== 'series') return text;
  const isNumber = number !== undefined && number !== '' && Number.isFinite(Number(number));
  return { name: text, ...(isNumber && { number: Number(number) }) };
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
