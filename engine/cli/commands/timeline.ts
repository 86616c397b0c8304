import { type Command, textOption, unwrap } from '../command.ts';
import { lossLines, openProject } from './shared.ts';

const timelineImport: Command = {
  name: 'timeline import',
  usage: 'FILE EDIT',
  summary:
    'Reads OpenTimelineIO (.otio), Final Cut Pro XML (.fcpxml) or an edit decision list (.edl) into a new timeline.',
  positionals: [2, 2],
  async run(context) {
    const [file = '', path = ''] = context.positionals;
    const { projectId } = await openProject(context, file);
    const result = unwrap(await context.engine.call('timeline.import', { projectId, path }));
    return {
      json: result,
      lines: [`Made timeline ${result.timelineId}`, ...lossLines(result.losses)],
    };
  },
};

const timelineExport: Command = {
  name: 'timeline export',
  usage: 'FILE EDIT [--timeline ID] [--force]',
  summary:
    'Writes a timeline as OpenTimelineIO (.otio), Final Cut Pro XML (.fcpxml) or an edit decision list (.edl).',
  options: { timeline: { type: 'string' }, force: { type: 'boolean' } },
  positionals: [2, 2],
  async run(context) {
    const [file = '', path = ''] = context.positionals;
    const { projectId, project } = await openProject(context, file);
    const timelineId = textOption(context, 'timeline') ?? project.all('timeline')[0]?.id;
    const result = unwrap(
      await context.engine.call('timeline.export', {
        projectId,
        path,
        force: context.options['force'] === true,
        ...(timelineId === undefined ? {} : { timelineId }),
      }),
    );
    return {
      json: { timelineId, ...result },
      lines: [`Wrote ${result.output}`, ...lossLines(result.losses)],
    };
  },
};

export const timelineCommands = [timelineImport, timelineExport];
