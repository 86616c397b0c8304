import { create } from 'zustand';
import type { CallOutput } from '#core/contract/contract.ts';
import type { Asset } from '#core/model/entities.ts';
import { engine } from '../../client/engineClient.ts';
import { notify, notifyFault } from '../../client/notices.ts';
import { callOrNotify, refresh } from '../../client/query.ts';
import { chooseToOpen } from '../../client/shell.ts';
import { plural } from '../../ui/words.ts';
import type { FilmSession } from '../filmSession.ts';

type SearchState = {
  /** The search that runs now, and how many files it has looked at. */
  running: { searchId: string; files: number } | null;
  /** Why files were not found in the last search, until that is put away. */
  notFound: readonly { assetId: string; message: string }[];
  /** The asset whose file is being read, after somebody said which it is. */
  readingId: string | null;
};

export const useMediaSearch = create<SearchState>(() => ({
  running: null,
  notFound: [],
  readingId: null,
}));

const FOLLOW_EVERY_MS = 250;
const TOPIC = 'media.relink';
/** Of a name in the title of a dialog. */
const LONGEST_TITLE = 100;

/** Asks for a folder and looks there for everything that is missing or changed. */
export async function findMissing(session: FilmSession): Promise<void> {
  const folders = await chooseToOpen({
    title: 'Look for missing media in a folder',
    choose: 'folder',
  });
  if (folders.length === 0 || useMediaSearch.getState().running !== null) return;
  const searchId = crypto.randomUUID();
  useMediaSearch.setState({ running: { searchId, files: 0 }, notFound: [] });
  const following = setInterval(() => void follow(searchId), FOLLOW_EVERY_MS);
  const answer = await callOrNotify(
    'media.relink',
    { projectId: session.projectId, folders, searchId },
    (fault) =>
      fault.code === 'media/search-cancelled'
        ? notify({ text: fault.message, topic: TOPIC })
        : notifyFault(fault),
  );
  clearInterval(following);
  useMediaSearch.setState({ running: null });
  if (answer !== null) tellFound(session, answer);
}

export function stopSearch(): void {
  const { running } = useMediaSearch.getState();
  if (running) void callOrNotify('media.cancelSearch', { searchId: running.searchId });
}

/** Asks for the file of one asset; whatever moved with it is found too. */
export async function locateFile(session: FilmSession, asset: Asset): Promise<void> {
  const [path] = await chooseToOpen({
    title: `Where is “${asset.name.slice(0, LONGEST_TITLE)}” now?`,
    choose: 'file',
    filters: [],
  });
  if (path !== undefined) await locate(session, asset, { path });
}

/** Makes an asset what its file has become. */
export function acceptChanged(session: FilmSession, asset: Asset): Promise<void> {
  return locate(session, asset, { ifDifferent: 'use' });
}

type Located = { path?: string; ifDifferent?: 'use'; longClips?: 'trim' };

async function locate(session: FilmSession, asset: Asset, how: Located): Promise<void> {
  const { projectId } = session;
  useMediaSearch.setState({ readingId: asset.id });
  const answer = await callOrNotify(
    'media.locate',
    { projectId, assetId: asset.id, ...how },
    ({ code, message, details }) => {
      const again = (more: Located) => () => void locate(session, asset, { ...how, ...more });
      const lost = details?.['lostClipIds'];
      const action =
        code === 'media/different'
          ? { label: 'Use it in its place', run: again({ ifDifferent: 'use' }) }
          : code === 'edit/media-shorter' && Array.isArray(lost) && lost.length === 0
            ? { label: 'Shorten them', run: again({ longClips: 'trim' }) }
            : null;
      notify({ tone: 'error', text: message, topic: TOPIC, ...(action && { action }) });
    },
  );
  useMediaSearch.setState({ readingId: null });
  if (answer === null) return;
  const { relinked, trimmedClipIds } = answer;
  seeAgain(session, relinked);
  const along = relinked.length - 1;
  const trimmed =
    trimmedClipIds.length === 0 ? '' : ` ${plural(trimmedClipIds.length, 'clip')} shortened.`;
  notify({
    tone: 'done',
    text:
      along > 0
        ? `Found “${asset.name}”, and ${plural(along, 'file')} that moved with it.`
        : `“${asset.name}” is linked to its file.${trimmed}`,
    topic: TOPIC,
  });
}

async function follow(searchId: string): Promise<void> {
  const answer = await engine.call('media.search', { searchId });
  const { running } = useMediaSearch.getState();
  if (answer.ok && answer.value.progress && running?.searchId === searchId)
    useMediaSearch.setState({ running: { searchId, files: answer.value.progress.files } });
}

function tellFound(session: FilmSession, answer: CallOutput<'media.relink'>): void {
  const { relinked, missing, ambiguous, notFound, complete } = answer;
  seeAgain(session, relinked);
  useMediaSearch.setState({
    notFound: [...ambiguous, ...notFound].map(({ assetId, reason }) => ({
      assetId,
      message: reason.message,
    })),
  });
  const found =
    relinked.length === 0
      ? 'None of the missing files is there.'
      : `Found ${plural(relinked.length, 'file')}.`;
  const rest =
    missing.length === 0 || relinked.length === 0
      ? ''
      : ` ${plural(missing.length, 'file is', 'files are')} still missing.`;
  const cut = complete
    ? ''
    : ' The folder holds too much to look at all of it; choose a smaller one.';
  notify({
    text: `${found}${rest}${cut}`,
    tone: missing.length === 0 ? 'done' : 'info',
    topic: TOPIC,
  });
}

function seeAgain(session: FilmSession, assetIds: readonly string[]): void {
  refresh('media.status');
  session.player.forgetMedia([...assetIds]);
}
