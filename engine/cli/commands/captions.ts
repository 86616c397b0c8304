import { type Command, type CommandContext, textOption, unwrap } from '../command.ts';
import { lossLines, openProject } from './shared.ts';

const CHOICE = {
  timeline: { type: 'string' },
  track: { type: 'string' },
  language: { type: 'string' },
} as const;

function choiceOf(context: CommandContext) {
  const timelineId = textOption(context, 'timeline');
  const trackId = textOption(context, 'track');
  const language = textOption(context, 'language');
  return {
    ...(timelineId === undefined ? {} : { timelineId }),
    ...(trackId === undefined ? {} : { trackId }),
    ...(language === undefined ? {} : { language }),
  };
}

const captionsImport: Command = {
  name: 'captions import',
  usage: 'FILE SUBS [--language TAG] [--track ID] [--timeline ID]',
  summary: 'Adds the captions of a SubRip, WebVTT or ASS file to a timeline.',
  options: CHOICE,
  positionals: [2, 2],
  async run(context) {
    const [file = '', path = ''] = context.positionals;
    const { projectId } = await openProject(context, file);
    const result = unwrap(
      await context.engine.call('captions.import', {
        projectId,
        path,
        ...choiceOf(context),
      }),
    );
    return {
      json: result,
      lines: [`Captions added: ${result.cues}`, ...lossLines(result.losses)],
    };
  },
};

const captionsExport: Command = {
  name: 'captions export',
  usage: 'FILE SUBS [--language TAG] [--track ID] [--timeline ID] [--force]',
  summary: 'Writes the captions of a timeline as a SubRip, WebVTT or ASS file.',
  options: { ...CHOICE, force: { type: 'boolean' } },
  positionals: [2, 2],
  async run(context) {
    const [file = '', path = ''] = context.positionals;
    const { projectId } = await openProject(context, file);
    const result = unwrap(
      await context.engine.call('captions.export', {
        projectId,
        path,
        force: context.options['force'] === true,
        ...choiceOf(context),
      }),
    );
    return {
      json: result,
      lines: [`Wrote ${result.output}`, ...lossLines(result.losses)],
    };
  },
};

export const captionsCommands = [captionsImport, captionsExport];
