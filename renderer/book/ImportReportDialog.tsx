import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { plural } from '../ui/words.ts';
import type { ImportReport } from './newBook.ts';

type ImportReportDialogProps = { report: ImportReport | null; onClose: () => void };

/** What of a manuscript could not be carried over. */
export function ImportReportDialog({ report, onClose }: ImportReportDialogProps) {
  return (
    <Dialog
      open={report !== null}
      onOpenChange={onClose}
      title="Manuscript imported, with changes"
      {...(report && {
        description: `${plural(report.chapters, 'chapter')}, ${plural(report.words, 'word')}. The file itself was not touched.`,
      })}
      footer={
        <Button look="primary" onClick={onClose}>
          Go on writing
        </Button>
      }
    >
      <ul className="grid gap-2">
        {report?.losses.map((loss, index) => (
          <li key={`${loss.code} ${index}`} data-selectable className="text-sm">
            {loss.message}
            <span className="block text-xs text-faint">{loss.where}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
