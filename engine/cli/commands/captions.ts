import { type Command, textOption, unwrap } from '../command.ts';
import { lossLines, openProject } from './shared.ts';

const captionsImport: Command = {
  name: 'captions import',
  usage: 'FILE SUBS [--timeline ID]',
  summary: 'Adds the captions of a SubRip, WebVTT or ASS file to a timeline.',
  options: { timeline: { type: 'string' } },
  positionals: [2, 2],
  async run(context) {
    const [file = '', path = ''] = context.positionals;
    const { projectId } = await openProject(context, file);
    const timelineId = textOption(context, 'timeline');
    const result = unwrap(
      await context.engine.call('captions.import', {
        projectId,
        path,
        ...(timelineId === undefined ? {} : { timelineId }),
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
  usage: 'FILE SUBS [--timeline ID] [--force]',
  summary: 'Writes the captions of a timeline as a SubRip, WebVTT or ASS file.',
  options: { timeline: { type: 'string' }, force: { type: 'boolean' } },
  positionals: [2, 2],
  async run(context) {
    const [file = '', path = ''] = context.positionals;
    const { projectId } = await openProject(context, file);
    const timelineId = textOption(context, 'timeline');
    const result = unwrap(
      await context.engine.call('captions.export', {
        projectId,
        path,
        force: context.options['force'] === true,
        ...(timelineId === undefined ? {} : { timelineId }),
      }),
    );
    return {
      json: result,
      lines: [`Wrote ${result.output}`, ...lossLines(result.losses)],
    };
  },
};

export const captionsCommands = [captionsImport, captionsExport];
