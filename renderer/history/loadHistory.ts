import type { Result } from '#core/fault.ts';
import { engine } from '../client/engineClient.ts';
import { type History, joinHistory } from './historyLine.ts';

const FIRST_PAGE = 500;
const PAGE = 5_000;

/** The history from its newest change down to what is known already, or at least to the present state. */
export async function loadNewest(
  projectId: string,
  known: History | null,
): Promise<Result<History>> {
  let history: History | null = null;
  for (;;) {
    const page = await askPage(projectId, history);
    if (!page.ok) return page;
    history = page.value;
    const joined: History | null = known && joinHistory(history, known);
    if (joined !== null) return { ok: true, value: joined };
    const oldest = history.entries.at(-1)?.revision ?? 0;
    if (history.isComplete || (known === null && oldest <= history.current))
      return { ok: true, value: history };
  }
}

/** A history with its next older changes. */
export function loadOlder(projectId: string, history: History): Promise<Result<History>> {
  return askPage(projectId, history);
}

async function askPage(projectId: string, after: History | null): Promise<Result<History>> {
  const before = after?.entries.at(-1)?.revision;
  const limit = after === null ? FIRST_PAGE : PAGE;
  const answer = await engine.call('project.history', {
    projectId,
    limit,
    ...(before !== undefined && { before }),
  });
  if (!answer.ok) return answer;
  const { entries, current } = answer.value;
  const isComplete = entries.length < limit || entries.at(-1)?.revision === 1;
  return {
    ok: true,
    value: { entries: [...(after?.entries ?? []), ...entries], current, isComplete },
  };
}
