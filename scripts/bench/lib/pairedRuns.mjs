import { loadavg } from 'node:os';

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Runs contestants `{name, run, runs?}` in turn, as often as asked, so that what else the machine does troubles them
 * alike; `run` answers its milliseconds. Answers for each its times and their median, and the medians of the ratios of
 * the others' times to the first one's in the same round.
 */
export async function pairedRuns(contestants, { rounds = 3, say = console.log } = {}) {
  const times = new Map(contestants.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, run, runs = rounds } of contestants) {
      if (round >= runs) continue;
      const before = loadavg()[0];
      const ms = await run(round).catch((error) => {
        say(`  ${name} failed: ${error.message.slice(-500)}`);
        return Number.NaN;
      });
      times.get(name).push(ms);
      say(`  ${name}: ${(ms / 1000).toFixed(2)} s, load before ${before.toFixed(1)}`);
    }
  }
  const [first] = contestants;
  const base = times.get(first.name);
  return contestants.map(({ name }) => {
    const own = times.get(name);
    return {
      name,
      times: own,
      medianMs: median(own),
      ratio: median(own.map((ms, round) => ms / base[round])),
    };
  });
}
