import { join } from 'node:path';
import { expect, it } from 'vitest';
import { settle } from '#core/fault.ts';
import { ProjectFile } from '#engine/project/projectFile.ts';
import { testFolder } from '../support/folder.ts';
import { mountSmallDisk } from '../support/smallDisk.ts';

const folder = testFolder('full-disk');

it('an edit that does not fit on the disk is refused, and everything before it is kept', ({
  skip,
}) => {
  const disk = mountSmallDisk(join(folder, 'disk'), 600);
  if (disk === null) {
    skip('A disk of limited size can only be mounted by the administrator.');
    return;
  }
  try {
    const path = join(disk.path, 'film.inkreel');
    const file = ProjectFile.create(path, 'Film');
    let acknowledged = '';
    let code = '';
    for (let step = 0; code === '' && step < 10_000; step++) {
      const name = `${step} ${'long name '.repeat(40)}`;
      const result = settle(() => file.edit([{ type: 'project.rename', name }]));
      if (result.ok) acknowledged = name.trim();
      else code = result.error.code;
    }
    expect(code).toBe('file/disk-full');
    // What cannot be written is not shown either.
    file.refresh();
    expect(file.name).toBe(acknowledged);
    file.close();
    const again = ProjectFile.open(path);
    expect(again.name).toBe(acknowledged);
    expect(again.integrityProblems()).toEqual([]);
    again.close();
  } finally {
    disk.unmount();
  }
});
