import { dismissTopic, notify } from '../client/notices.ts';
import { isTyping, runCommand } from './commands.ts';
import { openProjectAt } from './openings.ts';

/** Follows the desktop shell: its menus, files opened from outside, updates. */
export function followShell(): void {
  const bridge = window.inkreel;
  bridge?.listenToShell((event) => {
    if (event.type === 'shell.commandChosen') chooseCommand(event.command);
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

/** The system's menu has the keys for undo first; in a text field they mean the text. */
function chooseCommand(command: string): void {
  const textCommand = TEXT_COMMANDS[command];
  if (textCommand !== undefined && isTyping(document.activeElement)) {
    document.execCommand(textCommand);
  } else runCommand(command);
}

const TEXT_COMMANDS: Readonly<Record<string, string>> = {
  'history.undo': 'undo',
  'history.redo': 'redo',
};
