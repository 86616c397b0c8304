import { useFileQuestion } from '../client/fileQuestion.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { FileBrowser } from './FileBrowser.tsx';

/** Chooses files where the shell has no dialog of its own. Opened by `client/shell`. */
export function FileDialog() {
  const { question, answer } = useFileQuestion();
  return (
    <Dialog
      open={question !== null}
      onOpenChange={(open) => {
        if (!open) answer([]);
      }}
      title={question?.title ?? ''}
      size="large"
    >
      {question && <FileBrowser question={question} onDone={answer} />}
    </Dialog>
  );
}
