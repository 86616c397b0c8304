import { textOf, type XmlElement } from '../../xml/xmlElement.ts';
import type { MetadataGuess } from '../frontMatter.ts';
import { isbn13 } from '../isbn.ts';
import type { Loss } from '../loss.ts';
import { bookMetadataSchema, type Contributor } from '../manuscript.ts';
import { readHtml, walkElements } from './htmlTree.ts';
import { bookText } from './imported.ts';

const ROLES: Readonly<Record<string, Contributor['role']>> = {
  trl: 'translator',
  edt: 'editor',
  ill: 'illustrator',
  art: 'illustrator',
  nrt: 'narrator',
  cov: 'designer',
  bkd: 'designer',
  tyd: 'designer',
};

const WHY: Readonly<Record<string, string>> = {
  identifier: 'a book goes by an ISBN or a UUID here, so it was given a new one',
  language: 'it names no language',
  publishedOn: 'the day of publication must be a full date',
};

/** What a package document says of its book, as far as a book records it here; the rest is told as losses. */
export function readEpubMetadata(root: XmlElement, losses: Loss[]): MetadataGuess {
  const all = [...walkElements(root)];
  const metas = all.filter(({ name }) => name === 'meta');
  const refined = (element: XmlElement, property: string) => {
    const id = element.attributes.get('id');
    return metas
      .filter(
        (meta) =>
          id !== undefined &&
          meta.attributes.get('refines')?.trim() === `#${id}` &&
          meta.attributes.get('property') === property,
      )
      .map(clean);
  };
  const named = (name: string) =>
    all.filter((element) => element.name === name && clean(element) !== '');
  const metadata: Record<string, unknown> = {};
  const keep = (field: keyof typeof bookMetadataSchema.shape, value: unknown) => {
    if (value === undefined || value === '') return;
    if (bookMetadataSchema.shape[field].safeParse(value).success) metadata[field] = value;
    else {
      losses.push({
        code: 'metadata',
        where: 'the book’s details',
        message: `“${shorten(typeof value === 'string' ? value : JSON.stringify(value))}” was left out: ${WHY[field] ?? 'a book cannot record it here'}.`,
      });
    }
  };
  const titles = named('title');
  const ofType = (type: string) =>
    titles.find((title) => refined(title, 'title-type').includes(type));
  const main = ofType('main') ?? titles[0];
  keep('title', main && clean(main).slice(0, 500));
  const subtitle = ofType('subtitle');
  keep('subtitle', subtitle && clean(subtitle).slice(0, 500));
  const people = [...named('creator'), ...named('contributor')].map((element) => ({
    name: clean(element).slice(0, 200),
    isCreator: element.name === 'creator',
    roles: [element.attributes.get('opf:role') ?? '', ...refined(element, 'role')]
      .map((role) => role.trim().toLowerCase())
      .filter((role) => role !== ''),
  }));
  const authors = people.filter(
    ({ isCreator, roles }) => isCreator && (roles.length === 0 || roles.includes('aut')),
  );
  keep('authors', [...new Set(authors.map(({ name }) => name))].slice(0, 50));
  keep('contributors', contributorsOf(people.filter((one) => !authors.includes(one))));
  const languages = named('language').map(clean);
  keep('language', languages[0]);
  keepIdentifier(named('identifier'), root, keep);
  keep('publisher', named('publisher').map(clean)[0]?.slice(0, 200));
  keep('description', plainOf(named('description')[0]).slice(0, 10_000));
  keep('rights', named('rights').map(clean).join(' ').slice(0, 2_000));
  keepDate(named('date'), keep);
  const subjects = [...new Set(named('subject').map((one) => clean(one).slice(0, 200)))];
  if (subjects.length > 0) keep('subjects', subjects.slice(0, 50));
  keep('series', seriesOf(metas, refined));
  return metadata;
}

type Keep = (field: keyof typeof bookMetadataSchema.shape, value: unknown) => void;

function contributorsOf(
  people: readonly { name: string; roles: string[] }[],
): Contributor[] | undefined {
  const made = new Map<string, Contributor>();
  for (const { name, roles } of people) {
    // The program that packed the file is no contributor to the book.
    if (/^calibre\b/i.test(name) || made.has(name)) continue;
    const known = roles.map((role) => ROLES[role]).find((role) => role !== undefined);
    made.set(name, { name, role: known ?? roles.map(wordRole).find(Boolean) ?? 'contributor' });
  }
  return made.size === 0 ? undefined : [...made.values()].slice(0, 50);
}

function wordRole(role: string): Contributor['role'] | undefined {
  return Object.values(ROLES).find((known) => known === role);
}

function keepIdentifier(elements: XmlElement[], root: XmlElement, keep: Keep): void {
  const uniqueId = root.attributes.get('unique-identifier');
  const unique = elements.find((element) => element.attributes.get('id') === uniqueId);
  const inOrder = [...(unique ? [unique] : []), ...elements].map(clean);
  const isbn = inOrder.map((value) => isbn13(value)).find((value) => value !== null);
  if (isbn !== undefined) {
    const own = inOrder.find((value) => isbn13(value) !== null) ?? isbn;
    keep('identifier', own.replace(/^urn:isbn:/i, ''));
    return;
  }
  const uuid = inOrder
    .map((value) => /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i.exec(value)?.[0])
    .find((value) => value !== undefined);
  if (uuid !== undefined) keep('identifier', `urn:uuid:${uuid.toLowerCase()}`);
  else keep('identifier', inOrder[0]);
}

function keepDate(elements: XmlElement[], keep: Keep): void {
  const dates = elements.filter(
    (element) =>
      !/^(?:modification|creation|conversion)$/.test(element.attributes.get('opf:event') ?? ''),
  );
  const value = dates.map(clean)[0];
  if (value === undefined) return;
  keep('publishedOn', /^\d{4}-\d{2}-\d{2}/.exec(value)?.[0] ?? value);
}

function seriesOf(
  metas: readonly XmlElement[],
  refined: (element: XmlElement, property: string) => string[],
): { name: string; number?: number } | undefined {
  const collection = metas.find(
    (meta) =>
      meta.attributes.get('property') === 'belongs-to-collection' &&
      !meta.attributes.has('refines') &&
      (refined(meta, 'collection-type')[0] ?? 'series') === 'series',
  );
  const calibre = (name: string) =>
    metas
      .find((meta) => meta.attributes.get('name') === name)
      ?.attributes.get('content')
      ?.trim();
  const name = collection ? clean(collection) : calibre('calibre:series');
  const position = collection
    ? refined(collection, 'group-position')[0]
    : calibre('calibre:series_index');
  if (name === undefined || name === '') return undefined;
  const number = Number(position);
  const isNumber = position !== undefined && position !== '' && number >= 0 && number <= 10_000;
  return { name: name.slice(0, 500), ...(isNumber && { number }) };
}

function clean(element: XmlElement): string {
  return bookText(textOf(element).replace(/\s+/g, ' ')).trim();
}

/** Descriptions are often HTML inside the XML. */
function plainOf(element: XmlElement | undefined): string {
  if (element === undefined) return '';
  const text = clean(element);
  return /<\/?(?:p|br|i|b|em|strong|div|span|a|ul|ol|li|h[1-6]|blockquote)(?:\s[^<>]*)?\/?>/i.test(
    text,
  )
    ? bookText(
        textOf(readHtml(text.replace(/<\/(?:p|div|li|h\d)>|<br\s*\/?>/gi, ' $&'))).replace(
          /\s+/g,
          ' ',
        ),
      ).trim()
    : text;
}

function shorten(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
