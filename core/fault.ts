import { z } from 'zod';

/** A failure the user may meet: stable `code` (`domain/kebab-case`), a sentence for people, and facts for programs. */
export const faultSchema = z.object({
  code: z.string().regex(/^[a-z]+\/[a-z0-9-]+$/),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
});
export type Fault = z.infer<typeof faultSchema>;

/** What a call that may fail in an expected way gives back. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: Fault };

/**
 * An expected failure on its way to the nearest edge, where `settle` turns it into a value.
 * Anything else that is thrown is a bug and stays an exception.
 */
export class Refusal extends Error {
  readonly fault: Fault;

  constructor(fault: Fault, cause?: unknown) {
    super(fault.message, { cause });
    this.name = 'Refusal';
    this.fault = fault;
  }
}

/** Stops the current operation with an expected failure. Never returns. */
export function refuse(code: string, message: string, details?: Record<string, unknown>): never {
  throw new Refusal(details === undefined ? { code, message } : { code, message, details });
}

/** Runs `work`; a `Refusal` becomes `{ok: false, error}`, every other exception passes through. */
export function settle<T>(work: () => T): Result<T> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.fault };
    throw error;
  }
}

/** `settle` for asynchronous work. */
export async function settleAsync<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, error: error.fault };
    throw error;
  }
}
