import { type FormEvent, useState } from 'react';
import type { Timeline } from '#core/model/entities.ts';
import { projectStore } from '../../client/project.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/TextField.tsx';

type RenameTimelineDialogProps = { timeline: Timeline; onClose: () => void };

/** Asks for another name of a timeline. */
export function RenameTimelineDialog({ timeline, onClose }: RenameTimelineDialogProps) {
  const [name, setName] = useState(timeline.name);
  const rename = (event: FormEvent) => {
    event.preventDefault();
    const isSame = name.trim() === timeline.name;
    const done =
      isSame ||
      projectStore.edit([{ type: 'timeline.rename', timelineId: timeline.id, name: name.trim() }])
        .ok;
    if (done) onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Rename timeline"
      size="small"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="rename-timeline" look="primary" disabled={name.trim() === ''}>
            Rename timeline
          </Button>
        </>
      }
    >
      <form id="rename-timeline" onSubmit={rename}>
        <TextField
          label="Name"
          value={name}
          maxLength={200}
          onFocus={(event) => event.currentTarget.select()}
          onChange={setName}
        />
      </form>
    </Dialog>
  );
}
