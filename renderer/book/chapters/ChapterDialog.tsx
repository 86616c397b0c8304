import { useState } from 'react';
import { CHAPTER_ROLES } from '#core/book/manuscript.ts';
import type { EditCommand } from '#core/edits/registry.ts';
import type { ChapterEntity } from '#core/model/entities.ts';
import { projectStore } from '../../client/project.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextArea } from '../../ui/TextArea.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { roleOf } from './chapterTree.ts';
import { ROLE_NAMES } from './roleNames.ts';

/** What a chapter is to the book, how long it is meant to be, and the author's notes on it. */
export function ChapterDialog({
  chapter,
  onClose,
}: {
  chapter: ChapterEntity;
  onClose: () => void;
}) {
  const [title, setTitle] = useState(chapter.title);
  const [role, setRole] = useState(roleOf(chapter));
  const [target, setTarget] = useState(chapter.target === undefined ? '' : String(chapter.target));
  const [notes, setNotes] = useState(chapter.notes ?? '');
  const words = target.trim() === '' ? null : Number(target.replace(/[\s,.]/g, ''));
  const isWrong = words !== null && !(Number.isInteger(words) && words > 0 && words <= 10_000_000);
  function save() {
    const commands: EditCommand[] = [];
    const chapterId = chapter.id;
    if (title.trim() !== chapter.title || role !== roleOf(chapter))
      commands.push({ type: 'chapter.write', chapterId, title: title.trim(), role });
    if (words !== (chapter.target ?? null) || notes !== (chapter.notes ?? ''))
      commands.push({ type: 'chapter.set', chapterId, target: words, notes });
    if (commands.length === 0 || projectStore.edit(commands).ok) onClose();
  }
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Chapter"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" disabled={isWrong} onClick={save}>
            Change chapter
          </Button>
        </>
      }
    >
      <div className="grid gap-4">
        <TextField label="Title" value={title} maxLength={500} onChange={setTitle} />
        <Select
          label="Role"
          hint="A part holds the chapters that follow it."
          value={role}
          options={CHAPTER_ROLES.map((value) => ({ value, label: ROLE_NAMES[value] }))}
          onChange={setRole}
        />
        <TextField
          label="Target, in words"
          value={target}
          inputMode="numeric"
          placeholder="None"
          error={isWrong ? 'Write a whole number of words, or nothing.' : undefined}
          onChange={setTarget}
        />
        <TextArea
          label="Notes"
          hint="For you alone: they are never part of the book."
          rows={6}
          value={notes}
          onChange={setNotes}
        />
      </div>
    </Dialog>
  );
}
