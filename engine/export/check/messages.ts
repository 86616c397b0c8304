import { failure, type FilmCheck, notice, someOf } from './filmCheck.ts';

/** What ffmpeg or ffprobe said while it read a film. */
export type Message = { isError: boolean; text: string };

/** What to call them with so that `messagesIn` can tell errors from warnings. */
export const SAY_LEVELS = 'level+warning';

/** Lines about how the tools work and not about the film. */
const OF_NO_MATTER =
  /deprecated pixel format|-vsync is deprecated|Guessed Channel Layout|Last message repeated/;

/** The errors and warnings in standard error, as `SAY_LEVELS` or `level+info` makes it. */
export function messagesIn(stderr: string): Message[] {
  return stderr.split('\n').flatMap((line) => {
    const found = /\[(panic|fatal|error|warning)\] (.*)$/.exec(line);
    if (found === null || OF_NO_MATTER.test(line)) return [];
    const [, level = '', text = ''] = found;
    return [{ isError: level !== 'warning', text: text.trim() }];
  });
}

/** Errors make a film wrong; warnings are worth a look. */
export function checkMessages(
  name: string,
  messages: readonly Message[],
  whenClean: string,
): FilmCheck {
  const texts = (all: readonly Message[]) => someOf([...new Set(all.map(({ text }) => text))], 2);
  const errors = messages.filter(({ isError }) => isError);
  if (errors.length > 0) return failure(name, false, texts(errors));
  return messages.length > 0
    ? notice(name, false, texts(messages))
    : failure(name, true, whenClean);
}
