import { resolve } from 'node:path';
import { startBrowserHost } from '../../host/browserHost.ts';
import { openInBrowser } from '../../host/openInBrowser.ts';
import { type Command, numberOption } from '../command.ts';

export const studio: Command = {
  name: 'studio',
  usage: '[FILE] [--port N] [--open]',
  summary: 'Serves the studio, with a project open, to a browser window on this computer.',
  options: { port: { type: 'string' }, open: { type: 'boolean' } },
  positionals: [0, 1],
  holdsProjects: true,
  async run(context) {
    const { engine, output, options, signal } = context;
    const host = await startBrowserHost({
      engine,
      port: numberOption(context, 'port', { min: 0, max: 65_535 }) ?? 0,
    });
    const [file] = context.positionals;
    const url =
      file === undefined ? host.url : `${host.url}#open=${encodeURIComponent(resolve(file))}`;
    try {
      output.line(
        output.json ? JSON.stringify({ url }) : `Inkreel studio: ${url}\nPress Ctrl+C to stop.`,
      );
      if (options['open'] === true && !(await openInBrowser(url))) {
        process.stderr.write('No browser could be opened here; open the address above yourself.\n');
      }
      await new Promise<void>((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    } finally {
      await host.close();
    }
    return { json: undefined, lines: [] };
  },
};
