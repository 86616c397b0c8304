import { z } from 'zod';
import { refuse } from '../fault.ts';
import {
  type Annotation,
  HIGHLIGHT_STYLES,
  highlightColorSchema,
  type Place,
} from './readingModel.ts';

const CFI_STANDARD = 'http://www.idpf.org/epub/linking/cfi/epub-cfi.html';
const MOST_ANNOTATIONS = 50_000;

export type AnnotatedBook = { identifier: string; title: string; creators: readonly string[] };

/**
 * Annotations as a set in the form of EPUB Annotations 1.0 (W3C, a profile of the Web Annotation Data Model). The
 * quoted text goes along as a TextQuoteSelector of that model, so that the notes can be read without the book.
 */
export function annotationSet(input: {
  id: string;
  generatedAt: string;
  book: AnnotatedBook;
  annotations: readonly Annotation[];
}): Record<string, unknown> {
  const { book } = input;
  return {
    '@context': 'https://www.w3.org/ns/epub-anno.jsonld',
    id: input.id,
    type: 'AnnotationSet',
    generator: { id: 'urn:inkreel', type: 'Software', name: 'Inkreel' },
    generated: input.generatedAt,
    title: book.title,
    about: {
      'dc:identifier': [book.identifier],
      'dc:format': 'application/epub+zip',
      'dc:title': book.title,
      'dc:creator': [...book.creators],
    },
    items: input.annotations.map(annotationItem),
  };
}

function annotationItem(annotation: Annotation): Record<string, unknown> {
  const { place, headings } = annotation;
  const motivation =
    annotation.kind === 'bookmark'
      ? 'bookmarking'
      : annotation.note === ''
        ? 'highlighting'
        : 'commenting';
  return {
    id: annotation.id,
    type: 'Annotation',
    motivation,
    created: annotation.createdAt,
    ...(annotation.modifiedAt !== null && { modified: annotation.modifiedAt }),
    target: {
      source: place.path,
      ...(headings.length > 0 && {
        meta: { headings: headings.map((txt, index) => ({ level: index + 1, txt })) },
      }),
      selector: [
        ...(place.cfi === null
          ? []
          : [{ type: 'FragmentSelector', conformsTo: CFI_STANDARD, value: place.cfi }]),
        { type: 'TextQuoteSelector', ...place.quote },
        { type: 'ProgressionSelector', value: place.progression },
      ],
    },
    ...(annotation.kind === 'highlight' && {
      body: {
        type: 'TextualBody',
        value: annotation.note,
        format: 'text/plain',
        color: annotation.color,
        highlight: annotation.style,
      },
    }),
  };
}

const selectorSchema = z.looseObject({
  type: z.string(),
  value: z.union([z.string(), z.number()]).optional().catch(undefined),
  exact: z.string().optional().catch(undefined),
  prefix: z.string().optional().catch(undefined),
  suffix: z.string().optional().catch(undefined),
});
const localizableSchema = z.union([z.string(), z.looseObject({ value: z.string() })]);
const itemSchema = z.looseObject({
  id: z.string().min(1).max(200).optional().catch(undefined),
  motivation: z.string().optional().catch(undefined),
  created: z.iso.datetime({ offset: true }).optional().catch(undefined),
  modified: z.iso.datetime({ offset: true }).optional().catch(undefined),
  target: z.looseObject({
    source: z.string().min(1).max(4_096),
    selector: z
      .union([z.array(selectorSchema), selectorSchema.transform((one) => [one])])
      .optional()
      .catch(undefined),
    meta: z
      .looseObject({ headings: z.array(z.looseObject({ txt: z.string() })) })
      .optional()
      .catch(undefined),
  }),
  body: z
    .looseObject({
      value: localizableSchema.optional().catch(undefined),
      color: highlightColorSchema.optional().catch(undefined),
      highlight: z.enum(HIGHLIGHT_STYLES).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});
const setSchema = z.looseObject({
  type: z.literal('AnnotationSet'),
  about: z
    .looseObject({ 'dc:identifier': z.array(z.string()).optional().catch(undefined) })
    .optional()
    .catch(undefined),
  items: z.array(z.unknown()).max(MOST_ANNOTATIONS),
});

export type ReadAnnotations = {
  annotations: Annotation[];
  /** Items that are no annotations of a text. */
  skipped: number;
  /** Identifiers of the book they were made in. */
  identifiers: string[];
};

/**
 * The annotations of a set in the form of EPUB Annotations 1.0, whoever wrote it; what it does not say gets the usual
 * value. `now` stands in where a moment is missing, `newId` names what has no id of its own. Refuses
 * `reading/not-annotations`.
 */
export function readAnnotationSet(
  text: string,
  options: { now: string; newId: () => string },
): ReadAnnotations {
  const set = setSchema.safeParse(parseJson(text));
  if (!set.success) {
    refuse(
      'reading/not-annotations',
      'This file does not hold annotations of a book. Choose an .annotation file; your notes are as they were.',
    );
  }
  const annotations: Annotation[] = [];
  let skipped = 0;
  for (const item of set.data.items) {
    const read = itemSchema.safeParse(item);
    if (read.success) annotations.push(toAnnotation(read.data, options));
    else skipped += 1;
  }
  return { annotations, skipped, identifiers: set.data.about?.['dc:identifier'] ?? [] };
}

function toAnnotation(
  item: z.infer<typeof itemSchema>,
  options: { now: string; newId: () => string },
): Annotation {
  const value = item.body?.value;
  const note = (typeof value === 'string' ? value : (value?.value ?? '')).slice(0, 100_000);
  return {
    id: item.id ?? options.newId(),
    kind: item.motivation === 'bookmarking' ? 'bookmark' : 'highlight',
    place: placeOf(item),
    color: item.body?.color ?? 'yellow',
    style: item.body?.highlight ?? 'solid',
    note,
    headings: (item.target.meta?.headings ?? [])
      .slice(0, 12)
      .map((heading) => heading.txt.slice(0, 1_000)),
    createdAt: item.created ?? options.now,
    modifiedAt: item.modified ?? null,
  };
}

function placeOf(item: z.infer<typeof itemSchema>): Place {
  const selectors = item.target.selector ?? [];
  const quote = selectors.find((one) => one.type === 'TextQuoteSelector');
  const fragment = selectors.find(
    (one) => typeof one.value === 'string' && one.value.startsWith('epubcfi('),
  );
  const progression = selectors.find((one) => one.type === 'ProgressionSelector')?.value;
  const cfi = fragment?.value;
  return {
    path: item.target.source,
    cfi: typeof cfi === 'string' && cfi.length <= 4_096 ? cfi : null,
    quote: {
      exact: (quote?.exact ?? '').slice(0, 20_000),
      prefix: (quote?.prefix ?? '').slice(-400),
      suffix: (quote?.suffix ?? '').slice(0, 400),
    },
    progression: typeof progression === 'number' ? Math.min(1, Math.max(0, progression)) : 0,
    total: 0,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    return null;
  }
}
