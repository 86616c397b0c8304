const count = new Intl.NumberFormat('en');
const one = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** `12,400`. */
export function countText(value: number): string {
  return count.format(value);
}

/** `1 word`, `12,400 words`. */
export function plural(value: number, noun: string, many = `${noun}s`): string {
  return `${countText(value)} ${value === 1 ? noun : many}`;
}

/** A size in the decimal units that file managers show: `1.4 MB`. */
export function bytesText(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return unit === 0 ? plural(value, 'byte') : `${one.format(value)} ${units[unit]}`;
}

/** A stretch of time for reading: `2 h 5 min`, `4 min 12 s`, `12 s`. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  if (ms > 0 && seconds === 0) return 'less than 1 s';
  if (minutes === 0) return `${seconds} s`;
  if (minutes < 60)
    return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
  return minutes % 60 === 0
    ? `${Math.floor(minutes / 60)} h`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** What is left of a job, rounded as far as it can be trusted: `about 4 min left`. */
export function remainingText(ms: number): string {
  if (ms < 10_000) return 'a few seconds left';
  if (ms < 60_000) return `about ${Math.ceil(ms / 10_000) * 10} s left`;
  return `about ${durationText(Math.ceil(ms / 60_000) * 60_000)} left`;
}

/** When something was, seen from `now`: `just now`, `12 min ago`, `Yesterday`, `3 May`. */
export function whenText(atMs: number, now: number = Date.now()): string {
  const minutes = Math.floor((now - atMs) / 60_000);
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  const day = (ms: number) => new Date(ms).setHours(0, 0, 0, 0);
  const days = Math.round((day(now) - day(atMs)) / 86_400_000);
  if (days === 0) return `${Math.floor(minutes / 60)} h ago`;
  if (days === 1) return 'yesterday';
  if (days < 7) return `${days} days ago`;
  const sameYear = new Date(atMs).getFullYear() === new Date(now).getFullYear();
  return new Date(atMs).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    ...(!sameYear && { year: 'numeric' }),
  });
}

/** The last part of a path of either kind of system. */
export function fileName(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
}

/** A path without its last part. */
export function folderOf(path: string): string {
  const cut = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  return cut <= 0 ? path.slice(0, 1) : path.slice(0, cut);
}

/** A file in a folder, with the separator that the folder uses. */
export function pathIn(folder: string, name: string): string {
  const separator = folder.includes('\\') && !folder.includes('/') ? '\\' : '/';
  return folder.endsWith(separator) ? `${folder}${name}` : `${folder}${separator}${name}`;
}

/** Text as a file name that every system takes. */
export function asFileName(text: string): string {
  const name = text
    .replace(/[\p{Cc}<>:"/\\|?*]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[. ]+$/, '')
    .slice(0, 120);
  return name === '' ? 'Untitled' : name;
}
