import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onShortcut, registerCommands } from './commands.ts';

class Field {
  readonly isContentEditable = true;
}

const page = { querySelector: vi.fn((): object | null => null) };

function press(key: string, { ctrl = false, target = {} }: { ctrl?: boolean; target?: object }) {
  const preventDefault = vi.fn();
  onShortcut({
    ...{ key, code: '', ctrlKey: ctrl, metaKey: false, shiftKey: false, altKey: false },
    ...{ defaultPrevented: false, isComposing: false, target, preventDefault },
  } as unknown as KeyboardEvent);
  return preventDefault;
}

describe('shortcuts of commands', () => {
  const find = vi.fn();
  const split = vi.fn();
  let forget = () => {};
  beforeEach(() => {
    vi.stubGlobal('document', page);
    vi.stubGlobal('HTMLElement', Field);
    vi.stubGlobal('HTMLInputElement', class {});
    vi.stubGlobal('HTMLTextAreaElement', class {});
    page.querySelector.mockReset().mockReturnValue(null);
    find.mockReset();
    split.mockReset();
    forget = registerCommands([
      { id: 'book.find', label: 'Find', group: 'Book', keys: ['Mod+F'], run: find },
      { id: 'clip.split', label: 'Split', group: 'Film', keys: ['S'], run: split },
    ]);
  });
  afterEach(() => {
    forget();
    vi.unstubAllGlobals();
  });

  it('do what they stand for', () => {
    expect(press('s', {})).toHaveBeenCalled();
    expect(split).toHaveBeenCalledOnce();
  });

  it('are letters while something is typed, which looks through no page', () => {
    expect(press('s', { target: new Field() })).not.toHaveBeenCalled();
    expect(split).not.toHaveBeenCalled();
    expect(page.querySelector).not.toHaveBeenCalled();
    press('f', { ctrl: true, target: new Field() });
    expect(find).toHaveBeenCalledOnce();
  });

  it('are left to a dialog that is open', () => {
    page.querySelector.mockReturnValue({});
    expect(press('f', { ctrl: true })).not.toHaveBeenCalled();
    expect(find).not.toHaveBeenCalled();
  });
});
