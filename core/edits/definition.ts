import { z } from 'zod';
import type { Draft } from './draft.ts';

/** What an edit tells its caller, beside the writes: ids of what it made, mostly. */
export type EditOutcome = Record<string, unknown>;

type EditDescription<Type extends string, Shape extends z.ZodRawShape> = {
  type: Type;
  /** Words for the history: "Split clip". */
  label: string;
  /** Words for the history that name what this command does, where the label is too general. */
  labelOf?: (command: z.infer<z.ZodObject<Shape>>) => string;
  /** One sentence for the reference, saying what changes and what does not. */
  summary: string;
  apply: (draft: Draft, command: z.infer<z.ZodObject<Shape>>) => EditOutcome;
};

/** One edit command: its name, what it means, its parameters, and how it changes a draft. */
export type EditDefinition<
  Type extends string = string,
  Shape extends z.ZodRawShape = z.ZodRawShape,
> = EditDescription<Type, Shape> & { parameters: z.ZodObject<Shape, z.core.$strict> };

/** Makes a definition of a command from its description and the schemas of its parameters. */
export function defineEdit<Type extends string, Shape extends z.ZodRawShape>(
  description: EditDescription<Type, Shape> & { parameters: Shape },
): EditDefinition<Type, Shape> {
  return { ...description, parameters: z.strictObject(description.parameters) };
}
