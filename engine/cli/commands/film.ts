import { type FilmResult, filmResultSchema } from '#core/contract/films.ts';
import { EXPORT_PRESETS } from '#core/render/presets.ts';
import {
  choiceOption,
  type Command,
  neededOption,
  numberOption,
  textOption,
  unwrap,
  wrongUsage,
} from '../command.ts';
import { EXPORT_OPTIONS, exportOverrides } from './exportOptions.ts';
import { finishJob, formatSeconds, formatSize, openProject } from './shared.ts';

const exportFilm: Command = {
  name: 'export',
  usage:
    'FILE --out FILM [--preset NAME] [--codec NAME] [--crf N | --bitrate KBPS] [--size WxH] [--fps RATE] [--audio-codec NAME] [--loudness LUFS] [--captions burn|soft|none] …',
  summary: 'Makes a film of a timeline.',
  options: {
    out: { type: 'string' },
    timeline: { type: 'string' },
    preset: { type: 'string' },
    jobs: { type: 'string' },
    resume: { type: 'boolean' },
    ...EXPORT_OPTIONS,
    force: { type: 'boolean' },
  },
  positionals: [1, 1],
  async run(context) {
    const { projectId } = await openProject(context, context.positionals[0] ?? '');
    const timelineId = textOption(context, 'timeline');
    const preset = choiceOption(
      context,
      'preset',
      EXPORT_PRESETS.map(({ id }) => id),
    );
    const workers = numberOption(context, 'jobs', { min: 1, max: 64 });
    const { jobId } = unwrap(
      await context.engine.call('film.export', {
        projectId,
        output: neededOption(context, 'out'),
        force: context.options['force'] === true,
        settings: exportOverrides(context),
        ...(timelineId === undefined ? {} : { timelineId }),
        ...(preset === undefined ? {} : { preset }),
        ...(workers === undefined ? {} : { workers }),
      }),
    );
    const film = filmResultSchema.parse((await finishJob(context, jobId)).result);
    // An export goes on with what an earlier one finished whether or not that is said; saying it asks how much that was.
    const resumed = context.options['resume'] === true ? resumedPart(film) : null;
    return {
      json: resumed === null ? film : { ...film, resumed },
      lines: [
        `Wrote ${film.output}: ${film.frames} frames, ${formatSize(film.sizeBytes)} in ${formatSeconds(film.elapsedMs)}`,
        ...(resumed === null
          ? []
          : [
              `  took over ${resumed.pieces} of ${film.spans.length} pieces, ${resumed.frames} frames, from before`,
            ]),
        ...(film.encoder?.fallback === undefined
          ? []
          : [`  note  Encoder: ${film.encoder.fallback}`]),
        ...film.checks.map(
          (check) =>
            `  ${check.ok ? 'ok' : check.level === 'notice' ? 'note' : 'wrong'}  ${check.name}: ${check.value}`,
        ),
      ],
    };
  },
};

/** What of a film was there from an earlier export. */
function resumedPart({ spans }: FilmResult): { pieces: number; frames: number } {
  const cached = spans.filter((span) => span.cached);
  const frames = cached.reduce((sum, { startFrame, endFrame }) => sum + endFrame - startFrame, 0);
  return { pieces: cached.length, frames };
}

const frame: Command = {
  name: 'frame',
  usage: 'FILE --at FRAME --out PNG [--timeline ID] [--force]',
  summary: 'Writes one frame as a picture, exactly as the export makes it.',
  options: {
    at: { type: 'string' },
    out: { type: 'string' },
    timeline: { type: 'string' },
    via: { type: 'string' },
    force: { type: 'boolean' },
  },
  positionals: [1, 1],
  async run(context) {
    choiceOption(context, 'via', ['export']);
    const { projectId } = await openProject(context, context.positionals[0] ?? '');
    const timelineId = textOption(context, 'timeline');
    const at =
      numberOption(context, 'at', { min: 0, max: Number.MAX_SAFE_INTEGER }) ??
      wrongUsage('--at is needed.');
    const result = unwrap(
      await context.engine.call('film.frame', {
        projectId,
        frame: at,
        output: neededOption(context, 'out'),
        force: context.options['force'] === true,
        ...(timelineId === undefined ? {} : { timelineId }),
      }),
    );
    return { json: result, lines: [`Wrote ${result.output}`] };
  },
};

export const filmCommands = [exportFilm, frame];
