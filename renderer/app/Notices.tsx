import { CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import { useEffect } from 'react';
import { dismissNotice, type Notice, useNotices } from '../client/notices.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { IconButton } from '../ui/IconButton.tsx';

const ICONS = { info: Info, done: CircleCheck, error: CircleAlert };
const TONES = { info: 'text-muted', done: 'text-done', error: 'text-danger' };
const SHOWN_MS = 8_000;

/** What happened, at the lower edge. Errors stay until they are dismissed; the rest goes by itself. */
export function Notices() {
  const notices = useNotices((state) => state.notices);
  return (
    <section
      aria-label="Notices"
      className="pointer-events-none fixed right-4 bottom-4 z-50 flex w-96 max-w-[calc(100vw-2rem)] flex-col gap-2"
    >
      {notices.map((notice) => (
        <NoticeRow key={notice.id} notice={notice} />
      ))}
    </section>
  );
}

function NoticeRow({ notice }: { notice: Notice }) {
  const { id, tone, text, action } = notice;
  useEffect(() => {
    if (tone === 'error') return;
    const timer = setTimeout(() => dismissNotice(id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [id, tone]);
  return (
    <div
      role={tone === 'error' ? 'alert' : 'status'}
      className="pointer-events-auto flex animate-rise items-start gap-2 rounded-md bg-overlay py-1.5 pr-1.5 pl-3 text-sm shadow-overlay"
    >
      <Icon icon={ICONS[tone]} className={`mt-1 ${TONES[tone]}`} />
      <p data-selectable className="grow py-0.5 wrap-anywhere">
        {text}
      </p>
      {action && (
        <Button
          look="quiet"
          size="small"
          className="text-accent!"
          onClick={() => {
            dismissNotice(id);
            action.run();
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton icon={X} label="Dismiss" size="small" onClick={() => dismissNotice(id)} />
    </div>
  );
}
