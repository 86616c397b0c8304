import { Lock } from 'lucide-react';
import { notify } from '../client/notices.ts';
import { projectStore, useProjectState } from '../client/project.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';

/** Says why the open project can only be read, and takes it over when another program has let it go. */
export function ReadOnlyBanner() {
  const reason = useProjectState((state) => state.open?.readOnlyReason ?? null);
  if (reason === null) return null;
  return (
    <div role="status" className="flex items-center gap-2 bg-raised px-4 py-1.5 text-sm">
      <Icon icon={Lock} className="flex-none text-muted" />
      <p className="grow wrap-anywhere">{reason.message}</p>
      {reason.code === 'project/open-elsewhere' && (
        <Button size="small" className="flex-none" onClick={() => void tryAgain()}>
          Try again
        </Button>
      )}
    </div>
  );
}

async function tryAgain(): Promise<void> {
  const topic = 'project/open-elsewhere';
  if (await projectStore.tryToWrite()) {
    notify({ tone: 'done', text: 'You can change the project here now.', topic });
  } else notify({ text: 'It is still open in the other program.', topic });
}
