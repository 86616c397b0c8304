import { z } from 'zod';
import type { Answer, EngineEvent } from './contract.ts';

/**
 * An absolute path on this computer. Network shares are none: merely asking about `\\server\share` makes Windows
 * sign in to that server, so a page must not be able to name one.
 */
export const localPathSchema = z
  .string()
  .max(8_192)
  .regex(/^(?:[A-Za-z]:[\\/]|\/(?![\\/]))[^\0]*$/, 'not an absolute path on this computer');

/** Where a dialog begins: a path on this computer, or only a file name. */
const suggestedPathSchema = z.union([localPathSchema, z.string().regex(/^[^\\/:\0]{1,255}$/)]);

/** Kinds of files a dialog can be limited to. */
export const fileFilterSchema = z.object({
  name: z.string().max(100),
  /** Extensions without a dot. */
  extensions: z.array(z.string().max(20)).max(100),
});
export type FileFilter = z.infer<typeof fileFilterSchema>;

/** What a dialog for opening asks. */
export const openDialogSchema = z.object({
  title: z.string().max(200),
  choose: z.enum(['file', 'files', 'folder']),
  filters: z.array(fileFilterSchema).max(20).default([]),
  defaultPath: suggestedPathSchema.optional(),
});
export type OpenDialog = z.input<typeof openDialogSchema>;

/** What a dialog for saving asks. */
export const saveDialogSchema = z.object({
  title: z.string().max(200),
  filters: z.array(fileFilterSchema).max(20).default([]),
  defaultPath: suggestedPathSchema.optional(),
});
export type SaveDialog = z.input<typeof saveDialogSchema>;

/** Commands of the interface that stand in the system's menus. */
export const SHELL_COMMANDS = [
  'project.newFilm',
  'project.newBook',
  'project.open',
  'project.openSample',
  'project.close',
  'project.export',
  'history.undo',
  'history.redo',
  'room.home',
  'room.film',
  'room.book',
  'app.shortcuts',
] as const;
export type ShellCommand = (typeof SHELL_COMMANDS)[number];

/** What the desktop shell tells the interface. */
export const shellEventSchema = z.discriminatedUnion('type', [
  /** A menu item or shortcut of the system's menu bar. */
  z.object({ type: z.literal('shell.commandChosen'), command: z.enum(SHELL_COMMANDS) }),
  /** A project file or link was opened from outside. */
  z.object({ type: z.literal('shell.projectOpened'), path: z.string() }),
  z.object({
    type: z.literal('shell.updateChanged'),
    state: z.enum(['checking', 'none', 'downloading', 'ready', 'failed']),
    version: z.string().nullable(),
    /** From 0 to 1 while downloading. */
    progress: z.number().nullable(),
    message: z.string(),
  }),
]);
export type ShellEvent = z.infer<typeof shellEventSchema>;

/**
 * What the desktop shell gives the interface as `window.inkreel`; in a browser window it is absent, the engine is
 * reached over HTTP and files are chosen in the interface itself.
 */
export interface ShellBridge {
  readonly platform: 'darwin' | 'win32' | 'linux';
  call(name: string, input: unknown): Promise<Answer>;
  listen(listener: (event: EngineEvent) => void): () => void;
  listenToShell(listener: (event: ShellEvent) => void): () => void;
  /** Chosen paths; empty when the dialog was cancelled. */
  chooseToOpen(dialog: OpenDialog): Promise<string[]>;
  /** The chosen path; null when the dialog was cancelled. */
  chooseToSave(dialog: SaveDialog): Promise<string | null>;
  /** The path of a file that was dropped or pasted; null when it has none. */
  pathOfFile(file: object): string | null;
  /** Shows a file of this computer in the system's file manager; refused for network shares. */
  showInFolder(path: string): Promise<void>;
  /** Installs the update that is ready and starts again; without one nothing happens. */
  restartToUpdate(): Promise<void>;
}
