import { CircleAlert, CircleCheck, Info } from 'lucide-react';
import type { Loss } from '#core/contract/films.ts';
import { Button } from '../ui/Button.tsx';
import { classes } from '../ui/classes.ts';
import { Dialog } from '../ui/Dialog.tsx';
import { Icon } from '../ui/Icon.tsx';
import { countText, plural } from '../ui/words.ts';
import { isLost, METER_LABELS } from './importLosses.ts';
import type { ImportReport } from './newBook.ts';

type ImportReportDialogProps = { report: ImportReport | null; onClose: () => void };

/** What of a manuscript came over, counted, and what did not, by name. */
export function ImportReportDialog({ report, onClose }: ImportReportDialogProps) {
  const losses = report?.losses ?? [];
  const lost = losses.filter(isLost);
  const changed = losses.filter((loss) => !isLost(loss));
  return (
    <Dialog
      open={report !== null}
      onOpenChange={onClose}
      title={
        lost.length > 0 ? 'Manuscript imported, with gaps' : 'Manuscript imported, nothing lost'
      }
      {...(report && {
        description: `${plural(report.chapters, 'chapter')}${report.pictures > 0 ? `, ${plural(report.pictures, 'picture')}` : ''}. The file itself was not touched.`,
      })}
      footer={
        <Button look="primary" onClick={onClose}>
          Go on writing
        </Button>
      }
    >
      {report && <Meter meter={report.meter} />}
      <Losses title="Not in the book" losses={lost} icon={CircleAlert} look="text-danger" />
      <Losses title="Good to know" losses={changed} icon={Info} look="text-faint" />
    </Dialog>
  );
}

/** Words and marks of the source, and how many of them the book has. */
function Meter({ meter }: { meter: ImportReport['meter'] }) {
  return (
    <dl
      aria-label="Carried over"
      className="mb-4 grid grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-2"
    >
      {meter.map(({ kind, inSource, inBook }) => {
        const isWhole = inBook >= inSource;
        return (
          <div key={kind} className="rounded-md border border-line px-3 py-2">
            <dt className="flex items-center gap-1.5 text-xs text-muted">
              <Icon
                icon={isWhole ? CircleCheck : CircleAlert}
                size={13}
                className={isWhole ? 'text-done' : 'text-danger'}
              />
              {METER_LABELS[kind]}
            </dt>
            <dd data-selectable className="mt-0.5 text-sm tabular-nums">
              <span className={classes('font-semibold', !isWhole && 'text-danger')}>
                {countText(Math.min(inBook, inSource))}
              </span>
              <span className="text-muted"> of {countText(inSource)}</span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

type LossesProps = { title: string; losses: readonly Loss[]; icon: typeof Info; look: string };

function Losses({ title, losses, icon, look }: LossesProps) {
  if (losses.length === 0) return null;
  return (
    <section className="mb-3">
      <h3 className="mb-1.5 flex items-center gap-2 text-xs font-semibold text-muted">
        <Icon icon={icon} size={14} className={look} />
        {title}
        <span className="font-normal text-faint">{countText(losses.length)}</span>
      </h3>
      <ul className="grid gap-2 pl-5.5">
        {losses.map((loss, index) => (
          <li key={`${loss.code} ${index}`} data-selectable className="text-sm wrap-anywhere">
            {loss.message}
            <span className="block text-xs text-faint">{loss.where}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
