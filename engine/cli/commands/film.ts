import { filmResultSchema } from '#core/contract/films.ts';
import { EXPORT_PRESETS, type ExportOverrides } from '#core/render/settings.ts';
import {
  choiceOption,
  type Command,
  type CommandContext,
  neededOption,
  numberOption,
  textOption,
  unwrap,
  wrongUsage,
} from '../command.ts';
import { finishJob, formatSeconds, formatSize, openProject } from './shared.ts';

const exportFilm: Command = {
  name: 'export',
  usage: 'FILE --out FILM [--preset NAME] [--crf N] [--size WxH] [--captions burn|soft|none] …',
  summary: 'Makes a film of a timeline.',
  options: {
    out: { type: 'string' },
    timeline: { type: 'string' },
    preset: { type: 'string' },
    codec: { type: 'string' },
    crf: { type: 'string' },
    'encoder-preset': { type: 'string' },
    size: { type: 'string' },
    mode: { type: 'string' },
    jobs: { type: 'string' },
    range: { type: 'string' },
    captions: { type: 'string' },
    offline: { type: 'string' },
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
    return {
      json: film,
      lines: [
        `Wrote ${film.output}: ${film.frames} frames, ${formatSize(film.sizeBytes)} in ${formatSeconds(film.elapsedMs)}`,
        ...film.checks.map(
          (check) => `  ${check.ok ? 'ok' : 'wrong'}  ${check.name}: ${check.value}`,
        ),
      ],
    };
  },
};

function exportOverrides(context: CommandContext): ExportOverrides {
  const size = textOption(context, 'size');
  const sides =
    size === undefined
      ? null
      : (/^(\d{2,5})x(\d{2,5})$/.exec(size) ??
        wrongUsage('--size takes WIDTHxHEIGHT, such as 1280x720.'));
  const rangeText = textOption(context, 'range');
  const range =
    rangeText === undefined
      ? null
      : (/^(\d+)-(\d+)$/.exec(rangeText) ??
        wrongUsage('--range takes FIRST-END in frames, such as 0-120.'));
  // Every span is encoded for now; both words are accepted and mean that.
  choiceOption(context, 'mode', ['auto', 'encode']);
  return withoutUndefined({
    videoCodec: choiceOption(context, 'codec', ['h264'] as const),
    crf: numberOption(context, 'crf', { min: 0, max: 51 }),
    encoderPreset: choiceOption(context, 'encoder-preset', [
      'ultrafast',
      'superfast',
      'veryfast',
      'faster',
      'fast',
      'medium',
      'slow',
      'slower',
    ] as const),
    captions: choiceOption(context, 'captions', ['burn', 'soft', 'none'] as const),
    offline: choiceOption(context, 'offline', ['refuse', 'slate'] as const),
    width: sides ? Number(sides[1]) : undefined,
    height: sides ? Number(sides[2]) : undefined,
    range: range ? { startFrame: Number(range[1]), endFrame: Number(range[2]) } : undefined,
  });
}

function withoutUndefined(
  overrides: { [K in keyof ExportOverrides]: ExportOverrides[K] | undefined },
): ExportOverrides {
  return Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
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
