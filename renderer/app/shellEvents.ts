import { dismissTopic, notify } from '../client/notices.ts';
import { runCommand } from './commands.ts';
import { openProjectAt } from './openings.ts';

/** Follows the desktop shell: its menus, files opened from outside, updates. */
export function followShell(): void {
  const bridge = window.inkreel;
  bridge?.listenToShell((event) => {
    if (event.type === 'shell.commandChosen') runCommand(event.command);
    else if (event.type === 'shell.projectOpened') void openProjectAt(event.path);
    else if (event.state === 'ready') {
      notify({
        topic: 'update',
        text: `Inkreel ${event.version ?? ''} is ready to install.`.replace('  ', ' '),
        action: { label: 'Restart', run: () => void bridge.restartToUpdate() },
      });
    } else if (event.state === 'failed') notify({ topic: 'update', text: event.message });
    else dismissTopic('update');
  });
}
