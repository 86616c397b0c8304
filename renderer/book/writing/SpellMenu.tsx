import { BookPlus } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { MENU_ITEM_LOOK, MENU_LOOK } from '../../ui/menuItems.ts';
import { MenuRow } from '../../ui/MenuRow.tsx';
import { learnWord } from '../spelling/spellChecker.ts';
import { useSpellMenu } from './spellMenu.ts';

/** What a misspelt word may have been meant to be, where it was clicked. */
export function SpellMenu({ bookId }: { bookId: string }) {
  const { menu, suggestions } = useSpellMenu();
  if (menu === null) return null;
  const { view, word, x, y } = menu;
  const close = () => useSpellMenu.setState({ menu: null });
  function replace(text: string) {
    if (view.state.doc.textBetween(word.from, word.to) !== word.word) return;
    const marks = view.state.doc.resolve(word.from + 1).marks();
    view.dispatch(
      view.state.tr.replaceWith(word.from, word.to, view.state.schema.text(text, marks)),
    );
  }
  return (
    <DropdownMenu.Root
      open
      modal={false}
      onOpenChange={(isOpen) => {
        if (!isOpen) close();
      }}
    >
      <DropdownMenu.Trigger asChild>
        <span aria-hidden className="fixed size-0" style={{ left: x, top: y }} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          aria-label={`Spelling of “${word.word}”`}
          align="start"
          collisionPadding={8}
          className={MENU_LOOK}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            view.focus();
          }}
        >
          {suggestions === null && <p className="px-2 py-1 text-faint">Looking…</p>}
          {suggestions?.length === 0 && <p className="px-2 py-1 text-faint">No suggestions</p>}
          {suggestions?.map((text) => (
            <DropdownMenu.Item key={text} className={MENU_ITEM_LOOK} onSelect={() => replace(text)}>
              <MenuRow item={{ label: text, run: () => {} }} />
            </DropdownMenu.Item>
          ))}
          <DropdownMenu.Separator className="mx-2 my-1 h-px bg-line" />
          <DropdownMenu.Item
            className={MENU_ITEM_LOOK}
            onSelect={() => learnWord(bookId, word.word)}
          >
            <MenuRow
              item={{ label: 'Add to the dictionary of this book', icon: BookPlus, run: () => {} }}
            />
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
