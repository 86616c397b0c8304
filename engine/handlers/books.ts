import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Manuscript } from '#core/book/manuscript.ts';
import { designTrim } from '#core/book/print/printLayout.ts';
import { importedBookSchema, isNarrated } from '#core/contract/books.ts';
import { Refusal, refuse } from '#core/fault.ts';
import { isTextRegister } from '#core/model/chapterTexts.ts';
import { ManuscriptChecker } from '#core/preflight/check.ts';
import { NOTHING_IGNORED } from '#core/preflight/ignored.ts';
import { addPicture } from '../book/addPicture.ts';
import { chapterStateAt } from '../book/chapterStateAt.ts';
import { exportBook } from '../book/exportBook.ts';
import { importBook } from '../book/import/importBook.ts';
import { type BookPreview, createBookPreview } from '../book/previewPages.ts';
import { findBookId, manuscriptOf, picturesOf } from '../book/projectBook.ts';
import { checkTarget } from '../files/outputFile.ts';
import { startNarration } from '../narration/startNarration.ts';
import { answerOf } from '../preflight/checkAnswer.ts';
import { checkBook } from '../preflight/checkBook.ts';
import { checkFinished } from '../preflight/checkFinished.ts';
import { reportPaths, verifyReport, writeReport } from '../preflight/conformance.ts';
import type { Services } from '../services.ts';
import type { HandlersOf } from './handlers.ts';

export function bookHandlers(services: Services): HandlersOf<'book'> {
  const { projects, jobs, emit } = services;
  const checker = new ManuscriptChecker();
  let preview: { key: string; pages: Promise<BookPreview> } | undefined;

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
      if (isNarrated(format)) return startNarration(services, file, { ...input, format });
      const wantsReport = options.report;
      const pageSize = trim ?? designTrim(undefined);
      const id = findBookId(file, bookId);
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
          const made = await exportBook({
            manuscript,
            format,
            out: output,
            force,
            trim: pageSize,
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
            ? await writeReport(
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
                  findings: await checkFinished(
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
      const findings = await checkBook({ manuscript, pictures, ignored, depth, trim, checker });
      return answerOf(findings, mostPerRule);
    },
    'book.verify': ({ report, file }) => verifyReport(report, file),
    'book.pages': async ({ projectId, bookId, trim, first, count }) => {
      const file = projects.need(projectId);
      const id = findBookId(file, bookId);
      // Pages are turned far more often than text changes, so the last setting is kept for its revision.
      const key = `${projectId} ${id} ${trim} ${file.revision}`;
      if (preview?.key !== key) {
        const manuscript = manuscriptOf(file, id);
        const pages = picturesOf(file, manuscript).then((pictures) =>
          createBookPreview(manuscript, { ...(trim !== undefined && { trim }), pictures }),
        );
        preview = { key, pages };
      }
      const { pageCount, page } = await preview.pages.catch((error: unknown) => {
        preview = undefined;
        throw error;
      });
      const numbers = Array.from({ length: count }, (_, index) => first + index).filter(
        (number) => number <= pageCount,
      );
      return { pageCount, pages: numbers.map((number) => ({ number, svg: page(number - 1) })) };
    },
  };
}

/** What a printed edition without an ISBN is called. */
function printedEditionName({ metadata }: Manuscript, trim: string): string {
  return `${metadata.title} (${trim})`;
}

/** Large pictures are made smaller where ffmpeg is at hand; without it a check says that they are large. */
async function pictureTool(services: Services, isWanted: boolean): Promise<{ ffmpeg?: string }> {
  const tools = isWanted ? await services.tools.ffmpeg().catch(() => null) : null;
  return tools === null ? {} : { ffmpeg: tools.ffmpeg };
}
