import type { z } from 'zod';
import type { checkSchema } from '#core/contract/films.ts';

/** One fact about a finished film. What is not ok at the level `failure` keeps the film from being written. */
export type FilmCheck = z.infer<typeof checkSchema>;

/** A fact that must hold, or the film is not what the timeline says. */
export function failure(name: string, ok: boolean, value: string): FilmCheck {
  return { name, ok, value, level: 'failure' };
}

/** A fact worth knowing: when it is not ok, the film is as the timeline says, but somebody should look. */
export function notice(name: string, ok: boolean, value: string): FilmCheck {
  return { name, ok, value, level: 'notice' };
}

/** Those for which a film must not be kept. */
export function failedChecks(checks: readonly FilmCheck[]): FilmCheck[] {
  return checks.filter((check) => !check.ok && check.level !== 'notice');
}

/** The first few of many, for a sentence. */
export function someOf(list: readonly string[], most = 3): string {
  const rest = list.length - most;
  return rest > 0 ? `${list.slice(0, most).join(', ')} and ${rest} more` : list.join(', ');
}
