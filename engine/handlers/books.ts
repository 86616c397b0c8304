import { stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { z } from 'zod';
import { chaptersOf } from '#core/edits/books/bookEdits.ts';
import { addPicture } from '../book/addPicture.ts';
import { chapterStateAt } from '../book/chapterStateAt.ts';
import { checkBook } from '../book/checkBook.ts';
import { exportBook } from '../book/exportBook.ts';
import { createBookPreview, type BookPreview } from '../book/previewPages.ts';
import { findBookId, manuscriptOf, picturesOf } from '../book/projectBook.ts';
import { readManuscript } from '../book/readManuscript.ts';
import { isTextRegister } from '#core/model/chapterTexts.ts';
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
    'book.export': async ({ projectId, bookId, format, output, force, trim, date }) => {
      const file = projects.need(projectId);
      const manuscript = manuscriptOf(file, findBookId(file, bookId));
      await checkTarget(output, { force, sources: [file.path] });
      const pictures = await picturesOf(file, manuscript);
      const job = jobs.start({
        kind: 'book',
        title: `Export ${basename(output)}`,
        projectId,
        lane: 'book',
        work: async ({ signal, report }) => {
          const startedAt = performance.now();
          const made = await exportBook({
            manuscript,
            format,
            out: output,
            force,
            trim,
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
      const id = findBookId(file, bookId);
      // Pages are turned far more often than text changes, so the last setting is kept for its revision.
      const key = `${projectId} ${id} ${trim} ${file.revision}`;
      if (preview?.key !== key) {
        const manuscript = manuscriptOf(file, id);
        const pages = picturesOf(file, manuscript).then((pictures) =>
          createBookPreview(manuscript, { trim, pictures }),
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
