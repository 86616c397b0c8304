import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { DEFAULT_COVER } from '#core/book/cover/coverDesign.ts';
import { EBOOK_COVER_IN } from '#core/book/cover/coverTypst.ts';
import { isbn13 } from '#core/book/isbn.ts';
import type { Manuscript } from '#core/book/manuscript.ts';
import type { BookDesign } from '#core/book/print/design.ts';
import { designTrim } from '#core/book/print/printLayout.ts';
import { gutterIn, LEAST_MARGIN_IN, type TrimSize } from '#core/book/print/trims.ts';
import { importedBookSchema, isNarrated } from '#core/contract/books.ts';
import { Refusal, refuse } from '#core/fault.ts';
import { isTextRegister } from '#core/model/chapterTexts.ts';
import { ManuscriptChecker } from '#core/preflight/check.ts';
import { NOTHING_IGNORED } from '#core/preflight/ignored.ts';
import { addPicture } from '../book/addPicture.ts';
import { chapterStateAt } from '../book/chapterStateAt.ts';
import { coverSvg, wrapSvg } from '../book/coverMaker.ts';
import { decodePicture } from '../book/decodePicture.ts';
import { importBook } from '../book/import/importBook.ts';
import { type BookPreview, createBookPreview } from '../book/previewPages.ts';
import { findBookId, manuscriptOf, pictureNamed, picturesOf } from '../book/projectBook.ts';
import { checkTarget } from '../files/outputFile.ts';
import type { ProjectFile } from '../project/projectFile.ts';
import { answerOf } from '../preflight/checkAnswer.ts';
import { reportPaths } from '../preflight/reportPaths.ts';
import type { Services } from '../services.ts';
import type { HandlersOf } from './handlers.ts';

/*
 * What makes and checks books brings large libraries along, which most commands never need. It is loaded when it is first
 * asked for.
 */
const bookMaking = () => import('../book/exportBook.ts');
const bookChecks = () => import('../preflight/checkBook.ts');
const finishedChecks = () => import('../preflight/checkFinished.ts');
const reports = () => import('../preflight/conformance.ts');
const narrations = () => import('../narration/startNarration.ts');

export function bookHandlers(services: Services): HandlersOf<'book'> {
  const { projects, jobs, emit } = services;
  const checker = new ManuscriptChecker();
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
      const job = jobs.start({
        kind: 'book',
        title: `Import ${basename(path)}`,
        projectId,
        lane: 'book',
        work: async ({ signal, report }) => {
          const { commit, ...book } = await importBook(file, resolve(path), {
            tools: () => services.tools.ffmpeg(),
            signal,
            onProgress: report,
          });
          emit({ type: 'project.changed', projectId, ...commit, history: file.history() });
          return book;
        },
      });
      const { state, result, fault } = await jobs.end(job.id);
      if (fault) throw new Refusal(fault);
      if (state === 'cancelled') {
        refuse('book/import-cancelled', 'The import was stopped. Nothing was changed.');
      }
      return importedBookSchema.parse(result);
    },
    'book.addPicture': async ({ projectId, from }) => {
      const file = projects.need(projectId);
      const { asset, commit } = await addPicture(services, file, from);
      if (commit !== null) {
        const { revision, writes } = commit;
        emit({ type: 'project.changed', projectId, revision, writes, history: file.history() });
      }
      return { assetId: asset.id, source: asset.name };
    },
    'book.chapterStates': ({ projectId, chapterId, limit }) => ({
      states: projects
        .need(projectId)
        .statesOf(chapterId, (register) => register === 'title' || isTextRegister(register), limit),
    }),
    'book.chapterState': ({ projectId, chapterId, revision }) =>
      chapterStateAt(projects.need(projectId), chapterId, revision),
    'book.export': async (input) => {
      const { projectId, bookId, format, output, force, trim, date, ...options } = input;
      const file = projects.need(projectId);
      if (isNarrated(format)) {
        const { startNarration } = await narrations();
        return startNarration(services, file, { ...input, format });
      }
      const wantsReport = options.report;
      const id = findBookId(file, bookId);
      const design = designOf(file, id);
      const pageSize = trim ?? designTrim(design.design);
      const manuscript = manuscriptOf(file, id);
      const ignored = file.project.find('book', id)?.ignored ?? NOTHING_IGNORED;
      await checkTarget(output, { force, sources: [file.path] });
      for (const path of wantsReport ? Object.values(reportPaths(output)) : []) {
        await checkTarget(path, { force });
      }
      const pictures = await picturesOf(file, manuscript);
      const job = jobs.start({
        kind: 'book',
        title: `Export ${basename(output)}`,
        projectId,
        lane: 'book',
        work: async ({ signal, report: tell }) => {
          const startedAt = performance.now();
          const stated = date ?? new Date().toISOString();
          const hasCover = ['epub', 'pdf', 'cover'].includes(format);
          const cover = hasCover ? await coverOf(file, id) : {};
          const { exportBook } = await bookMaking();
          const made = await exportBook({
            manuscript,
            format,
            out: output,
            force,
            trim: pageSize,
            ...design,
            ...cover,
            date: stated,
            pictures,
            docxStyle: options.docx,
            isVertical: options.epub.vertical,
            ...(options.epub.pageNumbers && {
              pagesOf: options.epub.printIsbn ?? printedEditionName(manuscript, pageSize),
            }),
            ...(await pictureTool(services, options.fitPictures && pictures.size > 0)),
            signal,
            onProgress: tell,
          });
          const checks = made.checks.map((check) => ({ ...check, value: String(check.value) }));
          const written = wantsReport
            ? await (await reports()).writeReport(
                {
                  ...made,
                  format,
                  book: manuscript.metadata,
                  manuscript,
                  date: stated,
                  trim: pageSize,
                  projectPath: file.path,
                  appVersion: services.appVersion,
                  checks,
                  findings: await (await finishedChecks()).checkFinished(
                    { manuscript, pictures, ignored, checker, trim: pageSize, signal },
                    output,
                    format,
                    made.checks,
                  ),
                  ignored,
                },
                force,
              )
            : undefined;
          return {
            ...made,
            checks,
            ...(written !== undefined && { report: written }),
            elapsedMs: Math.round(performance.now() - startedAt),
            sizeBytes: (await stat(output)).size,
          };
        },
      });
      return { jobId: job.id };
    },
    'book.check': async ({ projectId, bookId, depth, trim, mostPerRule }) => {
      const file = projects.need(projectId);
      const id = findBookId(file, bookId);
      const manuscript = manuscriptOf(file, id);
      const pictures = await picturesOf(file, manuscript);
      const ignored = file.project.find('book', id)?.ignored ?? NOTHING_IGNORED;
      const { checkBook } = await bookChecks();
      const findings = await checkBook({ manuscript, pictures, ignored, depth, trim, checker });
      return answerOf(findings, mostPerRule);
    },
    'book.verify': async ({ report, file }) => (await reports()).verifyReport(report, file),
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
          direction: layout.letters.direction,
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

/** What a printed edition without an ISBN is called. */
function printedEditionName({ metadata }: Manuscript, trim: string): string {
  return `${metadata.title} (${trim})`;
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

/** Large pictures are made smaller where ffmpeg is at hand; without it a check says that they are large. */
async function pictureTool(services: Services, isWanted: boolean): Promise<{ ffmpeg?: string }> {
  const tools = isWanted ? await services.tools.ffmpeg().catch(() => null) : null;
  return tools === null ? {} : { ffmpeg: tools.ffmpeg };
}
