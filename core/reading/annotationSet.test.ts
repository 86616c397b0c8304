import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../fault.ts';
import { annotationSet, readAnnotationSet } from './annotationSet.ts';
import { type Annotation, HIGHLIGHT_COLORS } from './readingModel.ts';

const book = { identifier: 'urn:isbn:9780000000002', title: 'A book', creators: ['A. Writer'] };
const options = { now: '2026-01-01T00:00:00Z', newId: () => 'urn:uuid:new' };
const kept = (annotations: Annotation[]) =>
  JSON.stringify(
    annotationSet({ id: 'urn:uuid:set', generatedAt: options.now, book, annotations }),
  );

const words = fc.string({ maxLength: 80 });
const annotation: fc.Arbitrary<Annotation> = fc.record({
  id: fc.uuid().map((id) => `urn:uuid:${id}`),
  kind: fc.constantFrom('bookmark', 'highlight'),
  place: fc.record({
    path: fc.constantFrom('EPUB/a.xhtml', 'text/b c.xhtml'),
    cfi: fc.constantFrom(null, 'epubcfi(/6/4!/4/2,/1:0,/1:9)'),
    quote: fc.record({ exact: words, prefix: words, suffix: words }),
    progression: fc.double({ min: 0, max: 1, noNaN: true }),
    total: fc.constant(0),
  }),
  color: fc.constantFrom(...HIGHLIGHT_COLORS),
  style: fc.constantFrom('solid', 'underline', 'strikethrough', 'outline'),
  note: fc.string({ maxLength: 200 }),
  headings: fc.array(fc.string({ maxLength: 20 }), { maxLength: 3 }),
  createdAt: fc.constant('2025-05-05T05:05:05Z'),
  modifiedAt: fc.constantFrom(null, '2025-06-05T05:05:05Z'),
});

describe('a set of annotations', () => {
  it('comes back as it went out', () => {
    fc.assert(
      fc.property(fc.array(annotation, { maxLength: 6 }), (annotations) => {
        const read = readAnnotationSet(kept(annotations), options);
        // A bookmark has neither note nor colour in this form.
        const expected = annotations.map((one) =>
          one.kind === 'bookmark' ? { ...one, note: '', color: 'yellow', style: 'solid' } : one,
        );
        expect(read).toEqual({ annotations: expected, skipped: 0, identifiers: [book.identifier] });
      }),
    );
  });

  it('says what the draft of the W3C asks for', () => {
    const [one] = fc.sample(annotation, 1);
    const set: unknown = JSON.parse(
      kept(one === undefined ? [] : [{ ...one, kind: 'highlight', note: 'why?' }]),
    );
    expect(set).toMatchObject({
      '@context': 'https://www.w3.org/ns/epub-anno.jsonld',
      type: 'AnnotationSet',
      about: { 'dc:identifier': [book.identifier] },
      items: [
        {
          type: 'Annotation',
          motivation: 'commenting',
          body: { type: 'TextualBody', value: 'why?' },
        },
      ],
    });
  });

  it('is read from other programs, which say less', () => {
    const foreign = {
      type: 'AnnotationSet',
      items: [
        { type: 'Annotation', target: { source: 'a.xhtml' } },
        {
          target: { source: 'b.xhtml', selector: { type: 'TextQuoteSelector', exact: 'words' } },
          body: { value: { value: 'note', language: 'en' }, color: 'mauve' },
        },
        { target: {} },
        'nothing',
      ],
    };
    const { annotations, skipped } = readAnnotationSet(JSON.stringify(foreign), options);
    expect(skipped).toBe(2);
    expect(annotations[0]).toMatchObject({
      id: 'urn:uuid:new',
      kind: 'highlight',
      createdAt: options.now,
    });
    expect(annotations[1]).toMatchObject({
      note: 'note',
      color: 'yellow',
      place: { quote: { exact: 'words' } },
    });
  });

  it.each(['', '[]', '{"type":"AnnotationSet"}', '{"items":[]}', '\u0000'])(
    'refuses %j',
    (text) => {
      expect(() => readAnnotationSet(text, options)).toThrow(Refusal);
    },
  );
});
