import type { z } from 'zod';

/** One call from an interface to the engine. `changes` says whether a project is written to. */
export type CallDefinition<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = {
  summary: string;
  input: I;
  output: O;
  changes: 'nothing' | 'project' | 'files';
};

/** Ties the types of a definition together. */
export function defineCall<I extends z.ZodType, O extends z.ZodType>(
  definition: CallDefinition<I, O>,
): CallDefinition<I, O> {
  return definition;
}
