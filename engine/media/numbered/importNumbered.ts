import { rm } from 'node:fs/promises';
import { basename, extname, join, resolve } from 'node:path';
import type { NumberedImport } from '#core/contract/media.ts';
import { Refusal, refuse } from '#core/fault.ts';
import type { Rate } from '#core/time/rate.ts';
import { checkTarget, writeOutput } from '../../files/outputFile.ts';
import type { JobContext, JobRequest } from '../../jobs/jobRunner.ts';
import { Cancelled } from '../../process/run.ts';
import type { Commit, ProjectFile } from '../../project/projectFile.ts';
import type { Services } from '../../services.ts';
import { importMedia } from '../importMedia.ts';
import { checkPictures } from './checkPictures.ts';
import { findNumbered, type NumberedPictures } from './findNumbered.ts';
import { movieBeside } from './movieName.ts';
import { areCopied } from './picturesInput.ts';
import { needUnchanged, stampsOf } from './pictureStamps.ts';
import { codingOf, writeMovie } from './writeMovie.ts';

export type NumberedImportInput = {
  /** Any one of the pictures. */
  path: string;
  frameRate: Rate;
  /** Default: beside the pictures. */
  output?: string | undefined;
  force: boolean;
};

/**
 * The job that makes one movie of numbered pictures and adds it to the library as one edit; `onCommit` is told of that.
 * Refuses now what `findNumbered` and `checkTarget` refuse, `media/not-a-mov`, and a project that is only read.
 */
export async function numberedImportJob(
  services: Services,
  file: ProjectFile,
  input: NumberedImportInput,
  onCommit: (commit: Commit) => void,
): Promise<JobRequest> {
  if (file.readOnlyReason !== null) throw new Refusal(file.readOnlyReason);
  const found = await findNumbered(input.path);
  const output = resolve(input.output ?? movieBeside(found));
  if (extname(output).toLowerCase() !== '.mov') {
    refuse(
      'media/not-a-mov',
      `A movie of pictures is a MOV file. Give “${basename(output)}” a name that ends with “.mov”.`,
      { path: output },
    );
  }
  await checkTarget(output, targetOptions(file, found, input));
  return {
    kind: 'import',
    title: `Import ${basename(output)}`,
    projectId: file.projectId,
    lane: 'import',
    work: async (context) => {
      // Pictures may have come and gone while the job waited, or before it was tried again.
      const pictures = await findNumbered(input.path);
      const copied = await makeMovie({ services, file, pictures, output, input, context });
      const { assetIds, failed, commit } = await importMedia(services, file, [output]);
      const [fault] = failed;
      const [assetId] = assetIds;
      if (assetId === undefined) {
        await rm(output, { force: true });
        if (fault) throw new Refusal({ ...fault, details: { path: fault.path } });
        throw new Error('The movie was not imported.');
      }
      if (commit) onCommit(commit);
      const { names, first, last, beyondGaps } = pictures;
      return {
        ...{ assetId, output, count: names.length, first: first.name, last: last.name },
        ...{ beyondGaps, copied },
      } satisfies NumberedImport;
    },
  };
}

type Making = {
  services: Services;
  file: ProjectFile;
  pictures: NumberedPictures;
  output: string;
  input: NumberedImportInput;
  context: JobContext;
};

/** Gives whether the pictures stand in the movie as they are. */
async function makeMovie(making: Making): Promise<boolean> {
  const { services, file, pictures, output, input, context } = making;
  const { signal, report } = context;
  const tools = await services.tools.ffmpeg();
  const count = pictures.names.length;
  // Which share of the work is done when all pictures are decoded.
  const checked = areCopied(pictures) ? 0.9 : 0.25;
  return writeOutput(output, targetOptions(file, pictures, input), async (temporary) => {
    const stamps = await stampsOf(pictures, signal);
    const formats = await checkPictures({
      ...{ tools, pictures, signal },
      onPicture: (at) => report((checked * at) / count, `Picture ${at} of ${count}`),
    });
    const coding = codingOf(pictures, formats);
    const reason = await writeMovie(temporary, {
      ...{ tools, pictures, coding, frameRate: input.frameRate, signal },
      onPicture: (at) =>
        report(checked + ((1 - checked) * at) / count, `Writing picture ${at} of ${count}`),
    });
    await needUnchanged(stamps, signal);
    if (reason !== null) throw new Error(reason);
    if (services.projects.find(file.projectId) !== file) throw new Cancelled();
    return coding.copies;
  });
}

function targetOptions(
  file: ProjectFile,
  { folder, names }: NumberedPictures,
  { force }: NumberedImportInput,
) {
  return { force, sources: [file.path, ...names.map((name) => join(folder, name))] };
}
