import {
  BookOpen,
  Clapperboard,
  FolderOpen,
  Glasses,
  type LucideIcon,
  Sparkle,
} from 'lucide-react';
import { chooseProject, openSample, startProject } from '../app/openings.ts';
import { chooseBookToRead } from '../reader/openToRead.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { ReadingList } from './ReadingList.tsx';

/** Home before there is any project. */
export function FirstLaunch() {
  return (
    <div className="flex h-full overflow-y-auto bg-panel">
      <div className="m-auto flex w-full max-w-2xl flex-col px-8 py-10">
        <h1 className="text-xl font-semibold tracking-tight">What are you making?</h1>
        <p className="mt-1 text-base text-muted">
          Projects are single files on this computer. Nothing leaves it unless you export it.
        </p>
        <div className="mt-6 grid gap-3 sm:grid-cols-2">
          <Beginning
            icon={Clapperboard}
            title="New film"
            text="An empty timeline, full HD at 30 frames per second. Bring your footage."
            run={() => void startProject('film')}
          />
          <Beginning
            icon={BookOpen}
            title="New book"
            text="A manuscript in chapters, ready for print and e-readers."
            run={() => void startProject('book')}
          />
        </div>
        <div className="mt-5 -ml-3 flex flex-wrap gap-2">
          <Button look="quiet" icon={Sparkle} onClick={() => void openSample()}>
            Look around in the sample project
          </Button>
          <Button look="quiet" icon={FolderOpen} onClick={() => void chooseProject()}>
            Open a project file…
          </Button>
          <Button look="quiet" icon={Glasses} onClick={() => void chooseBookToRead()}>
            Open a book to read…
          </Button>
        </div>
        <ReadingList />
      </div>
    </div>
  );
}

type BeginningProps = { icon: LucideIcon; title: string; text: string; run: () => void };

function Beginning({ icon, title, text, run }: BeginningProps) {
  return (
    <button
      type="button"
      onClick={run}
      className="flex flex-col items-start gap-1 rounded-lg bg-raised p-5 text-left transition-colors duration-120 hover:bg-field"
    >
      <Icon icon={icon} size={24} className="mb-3 text-accent" />
      <span className="text-base font-semibold">{title}</span>
      <span className="text-sm text-muted">{text}</span>
    </button>
  );
}
