import {
  BookOpen,
  Expand,
  Glasses,
  History,
  PanelLeft,
  PanelRight,
  PencilLine,
  ScrollText,
  Search,
  SlidersHorizontal,
} from 'lucide-react';
import { chaptersOf } from '#core/edits/books/bookEdits.ts';
import { chapterWords } from '../app/projectFacts.ts';
import { flushEdits } from '../client/flush.ts';
import { useOpenProject, useProject } from '../client/project.ts';
import { openToRead } from '../reader/openToRead.ts';
import { Button } from '../ui/Button.tsx';
import { IconButton } from '../ui/IconButton.tsx';
import { Menu } from '../ui/Menu.tsx';
import type { MenuItem } from '../ui/menuItems.ts';
import { Segmented } from '../ui/Segmented.tsx';
import { plural } from '../ui/words.ts';
import { toggleFocus } from './bookCommands.ts';
import { togglePanel, useBookState } from './bookState.ts';
import { openFind, useFind } from './find/findState.ts';
import { useChapterHistory } from './history/chapterHistoryState.ts';
import { languageName } from './languages.ts';
import { hasSpelling } from './spelling/spellChecker.ts';
import { toggleComfort, useWriting } from './writing/writingState.ts';

/** Switches between a chapter, the whole book and its pages; says how long the chapter is. */
export function BookToolbar({ bookId }: { bookId: string }) {
  const { view, chapterId, hasList, hasSide } = useBookState();
  const { projectId } = useOpenProject();
  const isFinding = useFind((state) => state.isOpen);
  const language = useProject(
    (project) => project.find('book', bookId)?.metadata.language ?? 'en',
    [bookId],
  );
  const count = useProject(
    (project) => {
      const chapters = chaptersOf(project, bookId);
      const chapter = chapters.find((one) => one.id === chapterId) ?? chapters[0];
      return chapter === undefined ? null : chapterWords(chapter, language);
    },
    [bookId, chapterId, language],
  );
  return (
    <div className="isolate flex h-10 flex-none items-center gap-1 px-2">
      <IconButton
        icon={PanelLeft}
        label={hasList ? 'Hide chapters' : 'Show chapters'}
        size="small"
        onClick={() => togglePanel('list')}
      />
      <Segmented
        label="View"
        size="small"
        value={view}
        options={[
          { value: 'write', label: 'Write', icon: PencilLine },
          { value: 'whole', label: 'Whole book', icon: ScrollText },
          { value: 'preview', label: 'Preview', icon: BookOpen },
        ]}
        onChange={(next) => {
          flushEdits();
          useBookState.setState({ view: next });
        }}
      />
      <Button
        look="quiet"
        size="small"
        icon={Glasses}
        onClick={() => void openToRead({ projectId, bookId })}
      >
        Read
      </Button>
      <p
        role="status"
        className="min-w-0 grow truncate px-2 text-right text-xs tabular-nums text-faint"
      >
        {view !== 'preview' && count !== null && `${plural(count, 'word')} in this chapter`}
      </p>
      <IconButton
        icon={Search}
        label="Find and replace"
        keys="Mod+F"
        size="small"
        pressed={isFinding}
        onClick={() => (isFinding ? useFind.setState({ isOpen: false }) : openFind())}
      />
      <IconButton
        icon={History}
        label="History of the chapter"
        keys="Mod+Alt+Y"
        size="small"
        disabled={count === null}
        onClick={() => useChapterHistory.setState({ isOpen: true })}
      />
      <Comforts language={language} />
      <IconButton
        icon={Expand}
        label="Nothing but the text"
        keys="Mod+Shift+F"
        size="small"
        disabled={view === 'preview'}
        onClick={toggleFocus}
      />
      <IconButton
        icon={PanelRight}
        label={hasSide ? 'Hide details' : 'Show details'}
        size="small"
        onClick={() => togglePanel('side')}
      />
    </div>
  );
}

/** What helps while writing, each on or off. */
function Comforts({ language }: { language: string }) {
  const { isTypewriter, isSmart, isSpelling } = useWriting();
  const canSpell = hasSpelling(language);
  const items: MenuItem[] = [
    {
      label: 'Keep the line in place',
      keys: 'Mod+Alt+T',
      checked: isTypewriter,
      run: () => toggleComfort('isTypewriter'),
    },
    {
      label: 'Set quotation marks and dashes',
      checked: isSmart,
      run: () => toggleComfort('isSmart'),
    },
    {
      label: canSpell
        ? `Check spelling in ${languageName(language)}`
        : `No spelling check for ${languageName(language)} yet`,
      checked: canSpell && isSpelling,
      disabled: !canSpell,
      run: () => toggleComfort('isSpelling'),
    },
  ];
  return (
    <Menu items={items} align="end">
      <IconButton icon={SlidersHorizontal} label="Writing comforts" size="small" />
    </Menu>
  );
}
