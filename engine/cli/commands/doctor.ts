import { type Command, unwrap } from '../command.ts';

export const doctor: Command = {
  name: 'doctor',
  usage: '',
  summary: 'Says what Inkreel needs, what is here, and how to get what is missing.',
  positionals: [0, 0],
  async run({ engine }) {
    const report = unwrap(await engine.call('app.doctor', {}));
    const lines = report.items.map((item) => {
      const facts = [item.version, item.path].filter((fact) => fact !== null).join('  ');
      return `${item.ok ? 'ok     ' : 'missing'}  ${item.name.padEnd(20)}  ${facts}${item.hint === '' ? '' : `\n         ${item.hint}`}`;
    });
    return { json: report, lines, failed: !report.ok };
  },
};
