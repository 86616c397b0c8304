import { stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { z } from 'zod';
import { DEFAULT_COVER } from '#core/book/cover/coverDesign.ts';
import { EBOOK_COVER_IN } from '#core/book/cover/coverTypst.ts';
import { isbn13 } from '#core/book/isbn.ts';
import type { Manuscript } from '#core/book/manuscript.ts';
import type { BookDesign } from '#core/book/print/design.ts';
import { gutterIn, LEAST_MARGIN_IN, type TrimSize } from '#core/book/print/trims.ts';
import { chaptersOf } from '#core/edits/books/bookEdits.ts';
import { checkBook } from '../book/checkBook.ts';
import { coverSvg, wrapSvg } from '../book/coverMaker.ts';
import { decodePicture } from '../book/decodePicture.ts';
import { exportBook } from '../book/exportBook.ts';
import { createBookPreview, type BookPreview } from '../book/previewPages.ts';
import { findBookId, manuscriptOf, pictureNamed, picturesOf } from '../book/projectBook.ts';
import { readManuscript } from '../book/readManuscript.ts';
import { checkTarget } from '../files/outputFile.ts';
import { identify } from '../media/identity.ts';
import { locationOf } from '../media/assetLocation.ts';
import { probeMedia } from '../media/probe.ts';
import type { ProjectFile } from '../project/projectFile.ts';
import type { Services } from '../services.ts';
import type { HandlersOf } from './handlers.ts';

export function bookHandlers(services: Services): HandlersOf<'book'> {
  const { projects, jobs, emit } = services;
  let preview: { key: string; pages: Promise<BookPreview> } | undefined;
  const samples = new Map<string, Promise<BookPreview>>();
  // One after another: a gallery asks for a dozen at once.
  let sampling: Promise<unknown> = Promise.resolve();

  /** Pages are turned far more often than text changes, so the last setting is kept for its revision. */
  async function pagesOf(file: ProjectFile, bookId: string, trim?: TrimSize): Promise<BookPreview> {
    const key = `${file.path} ${bookId} ${trim ?? ''} ${file.revision}`;
    if (preview?.key !== key) {
      const manuscript = manuscriptOf(file, bookId);
      const pages = picturesOf(file, manuscript).then((pictures) =>
        createBookPreview(manuscript, {
          ...(trim !== undefined && { trim }),
          ...designOf(file, bookId),
          pictures,
        }),
      );
      preview = { key, pages };
    }
    const made = preview;
    return made.pages.catch((error: unknown) => {
      if (preview === made) preview = undefined;
      throw error;
    });
  }

  async function coverOf(file: ProjectFile, bookId: string) {
    const cover = file.project.find('book', bookId)?.cover ?? DEFAULT_COVER;
    const found = await pictureNamed(file, cover.picture);
    if (found === undefined) return { cover };
    const { ffmpeg } = await services.tools.ffmpeg();
    const pixels = await decodePicture(ffmpeg, found.path, found.file);
    return { cover, ...(pixels && { coverPicture: { file: found.file, pixels } }) };
  }

  return {
    'book.import': async ({ projectId, path }) => {
      const file = projects.need(projectId);
      const seed = crypto.randomUUID();
      let count = 0;
      const newId = () => `b${seed}-${++count}`;
      const read = await readManuscript(path, newId);
      const metadata = {
        title: basename(path, extname(path)),
        authors: [],
        language: 'en',
        identifier: `urn:uuid:${crypto.randomUUID()}`,
        ...read.metadata,
      };
      const chapters = read.chapters.map(({ title, blocks }) => ({ title, blocks }));
      const pictures = await pictureCommands(services, file, read.pictures);
      const { outcomes, revision, writes } = file.edit([
        { type: 'book.create', metadata, chapters },
        ...emptyBooks(file).map((bookId) => ({ type: 'book.delete', bookId })),
        ...pictures,
      ]);
      emit({ type: 'project.changed', projectId, revision, writes, history: file.history() });
      return {
        bookId: z.string().parse(outcomes[0]?.['bookId']),
        chapters: chapters.length,
        words: read.words,
        losses: read.losses,
      };
    },
    'book.export': async ({ projectId, bookId, format, output, force, trim, date }) => {
      const file = projects.need(projectId);
      const id = findBookId(file, bookId);
      const manuscript = manuscriptOf(file, id);
      const design = designOf(file, id);
      await checkTarget(output, { force, sources: [file.path] });
      const pictures = await picturesOf(file, manuscript);
      const job = jobs.start({
        kind: 'book',
        title: `Export ${basename(output)}`,
        projectId,
        lane: 'book',
        work: async ({ signal, report }) => {
          const startedAt = performance.now();
          const cover = format === 'print' || format === 'md' ? {} : await coverOf(file, id);
          const made = await exportBook({
            manuscript,
            format,
            out: output,
            force,
            ...(trim !== undefined && { trim }),
            ...design,
            ...cover,
            date: date ?? new Date().toISOString(),
            pictures,
            signal,
            onProgress: report,
          });
          return {
            ...made,
            checks: made.checks.map((check) => ({ ...check, value: String(check.value) })),
            elapsedMs: Math.round(performance.now() - startedAt),
            sizeBytes: (await stat(output)).size,
          };
        },
      });
      return { jobId: job.id };
    },
    'book.check': async ({ projectId, bookId }) => {
      const file = projects.need(projectId);
      const findings = await checkBook(manuscriptOf(file, findBookId(file, bookId)));
      return { ok: findings.every((finding) => finding.severity !== 'error'), findings };
    },
    'book.pages': async ({ projectId, bookId, trim, first, count }) => {
      const file = projects.need(projectId);
      const made = await pagesOf(file, findBookId(file, bookId), trim);
      const { pageCount, page, layout, faults } = made;
      const numbers = Array.from({ length: count }, (_, index) => first + index).filter(
        (number) => number <= pageCount,
      );
      const { widthIn, heightIn, insideIn, outsideIn, topIn, bottomIn, bleedIn } = layout;
      return {
        pageCount,
        pages: numbers.map((number) => ({ number, svg: page(number - 1) })),
        geometry: {
          ...{ widthIn, heightIn, insideIn, outsideIn, topIn, bottomIn, bleedIn },
          gutterIn: gutterIn(pageCount),
          safeIn: bleedIn > 0 ? LEAST_MARGIN_IN.kdpBleed : LEAST_MARGIN_IN.kdp,
        },
        faultyPages: [...new Set(Object.values(faults ?? {}).flat())].sort((a, b) => a - b),
      };
    },
    'book.designSample': async ({ projectId, bookId, design }) => {
      const file = projects.need(projectId);
      const id = findBookId(file, bookId);
      const key = `${file.path} ${id} ${file.revision} ${JSON.stringify(design)}`;
      let sample = samples.get(key);
      if (sample === undefined) {
        if (samples.size >= MOST_SAMPLES) samples.clear();
        const beginning = beginningOf(manuscriptOf(file, id));
        const set = () => createBookPreview(beginning, { design, isDraft: true });
        sample = sampling.then(set, set);
        sampling = sample.catch(() => undefined);
        samples.set(key, sample);
        sample.catch(() => samples.delete(key));
      }
      const { pageCount, page } = await sample;
      // The opening stands behind half title, title and copyright page, on the right; the next spread shows running text.
      const numbers = [OPENING_PAGE, OPENING_PAGE + 1].filter((number) => number <= pageCount);
      return { pages: numbers.map((number) => ({ number, svg: page(number - 1) })) };
    },
    'book.cover': async ({ projectId, bookId, cover, part }) => {
      const file = projects.need(projectId);
      const id = findBookId(file, bookId);
      const { metadata } = manuscriptOf(file, id);
      const design = cover ?? file.project.find('book', id)?.cover ?? DEFAULT_COVER;
      const picture = (await pictureNamed(file, design.picture))?.file;
      const order = { metadata, cover: design, picture };
      if (part === 'front') {
        return { svg: coverSvg(order), ...EBOOK_COVER_IN, hasBarcode: false };
      }
      const { pageCount, layout } = await pagesOf(file, id);
      const { trim, paper } = layout;
      const { svg, wrap } = wrapSvg({
        ...order,
        trim,
        paper,
        pages: pageCount,
        createdAtSeconds: 0,
      });
      return {
        svg,
        widthIn: wrap.widthIn,
        heightIn: wrap.heightIn,
        spine: { widthIn: wrap.spineIn, pages: pageCount, hasText: wrap.hasSpineText },
        hasBarcode: isbn13(metadata.identifier) !== null,
      };
    },
  };
}

const MOST_SAMPLES = 40;
/** Half title, its back, title page, copyright page; then page 1 of the story. */
const OPENING_PAGE = 5;
const SAMPLE_BLOCKS = 40;

/** The first chapter of the story, as much of it as two pages show. */
function beginningOf(manuscript: Manuscript): Manuscript {
  const first =
    manuscript.chapters.find(
      (chapter) => (chapter.role ?? 'chapter') === 'chapter' && chapter.blocks.length > 0,
    ) ?? manuscript.chapters[0];
  const chapters =
    first === undefined
      ? []
      : [
          {
            ...first,
            blocks: first.blocks.filter((block) => block.kind !== 'image').slice(0, SAMPLE_BLOCKS),
          },
        ];
  return { ...manuscript, chapters };
}

function designOf(file: ProjectFile, bookId: string): { design?: BookDesign } {
  const design = file.project.find('book', bookId)?.design;
  return design === undefined ? {} : { design };
}

/** Books in which nothing has been written: the one that a new project begins with gives way to an import. */
function emptyBooks(file: ProjectFile): string[] {
  return file.project
    .all('book')
    .filter((book) =>
      chaptersOf(file.project, book.id).every((chapter) => chapter.blocks.length === 0),
    )
    .map((book) => book.id);
}

/** Commands that add the pictures of a manuscript to the library, under the names that the text uses. */
async function pictureCommands(
  services: Services,
  file: ProjectFile,
  pictures: readonly { source: string; path: string }[],
) {
  if (pictures.length === 0) return [];
  const tools = await services.tools.ffmpeg();
  return Promise.all(
    pictures.map(async ({ source, path }) => ({
      type: 'asset.add',
      name: source,
      location: locationOf(path, file.path),
      identity: await identify(path),
      facts: await probeMedia(tools, path),
    })),
  );
}
