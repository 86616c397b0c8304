/** Puts a mark (`*`, `**`) around the selection, or takes it off; the browser's own undo takes it back. */
export function toggleMark(field: HTMLTextAreaElement, mark: string): void {
  const { value, selectionStart, selectionEnd } = field;
  const change = withMark(value, selectionStart, selectionEnd, mark);
  field.setSelectionRange(change.from, change.to);
  // The only way to change a field that keeps the browser's history of it.
  document.execCommand('insertText', false, change.insert);
  field.setSelectionRange(change.selectFrom, change.selectTo);
}

type MarkChange = {
  /** What to replace. */
  from: number;
  to: number;
  insert: string;
  /** What is selected afterwards. */
  selectFrom: number;
  selectTo: number;
};

/** The change that sets or removes a mark around a selection. */
export function withMark(value: string, start: number, end: number, mark: string): MarkChange {
  const selected = value.slice(start, end);
  const size = mark.length;
  const around = value.slice(start - size, start) === mark && value.slice(end, end + size) === mark;
  // A single asterisk beside another one belongs to a stronger mark.
  const stronger = mark === '*' && value[start - 2] === '*' && value[start - 3] !== '*';
  if (around && !stronger) {
    return {
      from: start - size,
      to: end + size,
      insert: selected,
      selectFrom: start - size,
      selectTo: end - size,
    };
  }
  return {
    from: start,
    to: end,
    insert: `${mark}${selected}${mark}`,
    selectFrom: start + size,
    selectTo: end + size,
  };
}
