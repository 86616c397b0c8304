import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { anyCommandSchema } from '#core/edits/applyEdit.ts';
import { editReference } from '#core/edits/editReference.ts';
import { editCommandsJsonSchema } from '#core/edits/editSchema.ts';
import { Refusal, refuse } from '#core/fault.ts';
import { systemFault } from '../../files/systemFault.ts';
import { type Command, type CommandContext, neededOption, unwrap, wrongUsage } from '../command.ts';
import { openProject } from './shared.ts';

const commandsSchema = z.array(anyCommandSchema).min(1);

const edit: Command = {
  name: 'edit',
  usage: 'FILE --commands CMDS.json [--each] | --schema | --reference',
  summary: 'Applies a list of edit commands, all or nothing; --each commits them one by one.',
  options: {
    commands: { type: 'string' },
    each: { type: 'boolean' },
    schema: { type: 'boolean' },
    reference: { type: 'boolean' },
  },
  positionals: [0, 1],
  async run(context) {
    if (context.options['schema'] === true) {
      const schema = editCommandsJsonSchema();
      return { json: schema, lines: [JSON.stringify(schema, null, 2)] };
    }
    if (context.options['reference'] === true) {
      const reference = editReference();
      return { json: { reference }, lines: [reference.trimEnd()] };
    }
    const [path] = context.positionals;
    if (path === undefined) wrongUsage('Usage: inkreel edit FILE --commands CMDS.json');
    const commands = await readCommands(neededOption(context, 'commands'));
    const { projectId } = await openProject(context, path);
    if (context.options['each'] === true) return editEach(context, projectId, commands);
    const done = unwrap(await context.engine.call('project.edit', { projectId, commands }));
    return {
      json: { revision: done.revision, results: done.outcomes },
      lines: [
        `Revision ${done.revision}`,
        ...done.outcomes.map((outcome) => `  ${JSON.stringify(outcome)}`),
      ],
    };
  },
};

/** One transaction a command; each line on stdout is printed only after its edit is on disk. */
async function editEach(
  { engine, output }: CommandContext,
  projectId: string,
  commands: z.infer<typeof commandsSchema>,
) {
  for (const command of commands) {
    const done = unwrap(await engine.call('project.edit', { projectId, commands: [command] }));
    output.line(JSON.stringify({ revision: done.revision }));
  }
  return { json: undefined, lines: [] };
}

async function readCommands(path: string): Promise<z.infer<typeof commandsSchema>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const fault = systemFault(error, path);
    throw fault ? new Refusal(fault, error) : error;
  }
  try {
    return commandsSchema.parse(JSON.parse(text));
  } catch {
    refuse(
      'edit/bad-command',
      `“${path}” is not a JSON list of edit commands. “inkreel edit --schema” shows what they look like.`,
      { path },
    );
  }
}

export const editCommands = [edit];
