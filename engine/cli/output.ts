import type { Fault } from '#core/fault.ts';

/** Where the command line speaks: one JSON document or lines on stdout, progress on stderr. */
export type Output = {
  json: boolean;
  line: (text: string) => void;
  /** `share` from 0 to 1. On a terminal a bar is redrawn; elsewhere a line comes every tenth. */
  progress: (title: string, share: number, detail: string) => void;
  progressEnd: () => void;
};

const BAR_WIDTH = 24;

export function createOutput(options: { json: boolean }): Output {
  const isTerminal = process.stderr.isTTY === true;
  let drawn = false;
  let lastTenth = -1;
  const end = () => {
    if (drawn) process.stderr.write('\r\x1b[K');
    drawn = false;
    lastTenth = -1;
  };
  return {
    json: options.json,
    line(text) {
      end();
      process.stdout.write(`${text}\n`);
    },
    progress(title, share, detail) {
      const percent = `${Math.floor(share * 100)} %`;
      if (isTerminal) {
        const filled = Math.round(share * BAR_WIDTH);
        const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)}`;
        process.stderr.write(
          `\r\x1b[K${title} ${bar} ${percent} ${detail}`.slice(
            0,
            (process.stderr.columns ?? 80) + 4,
          ),
        );
        drawn = true;
        return;
      }
      const tenth = Math.floor(share * 10);
      if (tenth === lastTenth) return;
      lastTenth = tenth;
      process.stderr.write(`${title}: ${percent}${detail === '' ? '' : `, ${detail}`}\n`);
    },
    progressEnd: end,
  };
}

/** A fault as people read it: the sentence, then the code to search for. */
export function faultLines(fault: Fault): string {
  return `${fault.message}\n  (${fault.code})`;
}
