import { BookOpen, Clapperboard, House, LibraryBig, type LucideIcon } from 'lucide-react';
import { useProjectState } from '../client/project.ts';
import { classes } from '../ui/classes.ts';
import { Icon } from '../ui/Icon.tsx';
import { goTo, isProjectRoom, type Room, usePlace } from './place.ts';

const ROOMS: readonly { room: Room; label: string; icon: LucideIcon }[] = [
  { room: 'home', label: 'Home', icon: House },
  { room: 'library', label: 'Library', icon: LibraryBig },
  { room: 'film', label: 'Film', icon: Clapperboard },
  { room: 'book', label: 'Book', icon: BookOpen },
];

/** The way between rooms. Rooms of a project are there while one is open. */
export function Rail() {
  const current = usePlace((place) => place.room);
  const isOpen = useProjectState((state) => state.open !== null);
  const rooms = ROOMS.filter(({ room }) => isOpen || !isProjectRoom(room));
  return (
    <nav aria-label="Rooms" className="flex w-16 flex-none flex-col gap-1 bg-app p-1.5">
      {rooms.map(({ room, label, icon }) => (
        <button
          key={room}
          type="button"
          aria-current={room === current ? 'page' : undefined}
          onClick={() => goTo(room)}
          className={classes(
            'flex h-13 flex-col items-center justify-center gap-1 rounded-md text-xs transition-colors duration-120',
            room === current
              ? 'bg-raised text-strong'
              : 'text-faint hover:bg-hover hover:text-strong',
          )}
        >
          <Icon icon={icon} size={18} className={room === current ? 'text-accent' : ''} />
          {label}
        </button>
      ))}
    </nav>
  );
}
