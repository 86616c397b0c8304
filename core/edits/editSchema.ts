import { z } from 'zod';
import { editDefinitions } from './registry.ts';

/** A JSON Schema, or a part of one. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** JSON Schema (draft 2020-12) of a list of edit commands, with the summary of each. */
export function editCommandsJsonSchema(): JsonSchema {
  const commands = editDefinitions().map(({ type, summary, parameters }) =>
    z
      .strictObject({ type: z.literal(type), ...parameters.shape })
      .meta({ title: type, description: summary }),
  );
  return {
    ...z.toJSONSchema(z.array(z.union(commands)), { io: 'input' }),
    title: 'Inkreel edit commands',
  };
}
