import type { ParseArgsConfig } from 'node:util';
import type { Fault } from '#core/fault.ts';
import type { Engine } from '../engine.ts';
import type { Output } from './output.ts';

/** What a command is given: the words after its name, its options, the engine, and where answers go. */
export type CommandContext = {
  positionals: string[];
  options: Record<string, string | boolean | (string | boolean)[] | undefined>;
  engine: Engine;
  output: Output;
  signal: AbortSignal;
};

/** One command of the command line. */
export type Command = {
  /** As it is typed: `project new`. */
  name: string;
  /** Its arguments, for the help. */
  usage: string;
  summary: string;
  options?: ParseArgsConfig['options'];
  /** Least and most words after the name. */
  positionals: [number, number];
  /** Whether it takes the projects it opens for itself until it ends; others do so with their first change. */
  holdsProjects?: true;
  /** Gives what `--json` prints (nothing where it has printed already), and lines for people. */
  run: (context: CommandContext) => Promise<CommandResult>;
};

export type CommandResult = {
  json: unknown;
  lines: string[];
  /** An expected failure that still has something to show, such as a check that found problems. */
  failed?: boolean;
};

/** A command that was typed wrongly; exit code 2. */
export class WrongUsage extends Error {}

/** A call that the engine refused; exit code 1. */
export class CallRefused extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.message);
    this.fault = fault;
  }
}

/** The value of an answer; a refusal ends the command. */
export function unwrap<T>(result: { ok: true; value: T } | { ok: false; error: Fault }): T {
  if (result.ok) return result.value;
  throw new CallRefused(result.error);
}

/** A text option, or undefined. */
export function textOption(
  context: Pick<CommandContext, 'options'>,
  name: string,
): string | undefined {
  const value = context.options[name];
  return typeof value === 'string' ? value : undefined;
}

/** A text option that must be there. */
export function neededOption(context: Pick<CommandContext, 'options'>, name: string): string {
  return textOption(context, name) ?? wrongUsage(`--${name} is needed.`);
}

/** A whole number option in a range. */
export function numberOption(
  context: Pick<CommandContext, 'options'>,
  name: string,
  range: { min: number; max: number },
): number | undefined {
  const text = textOption(context, name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < range.min || value > range.max) {
    wrongUsage(`--${name} takes a whole number from ${range.min} to ${range.max}.`);
  }
  return value;
}

/** An option that takes one of a few words. */
export function choiceOption<T extends string>(
  context: Pick<CommandContext, 'options'>,
  name: string,
  choices: readonly T[],
): T | undefined {
  const text = textOption(context, name);
  if (text === undefined) return undefined;
  return (
    choices.find((choice) => choice === text) ??
    wrongUsage(`--${name} takes one of: ${choices.join(', ')}.`)
  );
}

export function wrongUsage(message: string): never {
  throw new WrongUsage(message);
}
