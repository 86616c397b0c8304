import { refuse } from '../fault.ts';
import type { TimelineFormat } from '../model/entities.ts';
import { type ContainerId, CONTAINERS, containerOfExtension } from './formats.ts';
import { EXPORT_PRESETS, settingsOfPreset } from './presets.ts';
import { type ExportOverrides, type ExportSettings, exportSettingsSchema } from './settings.ts';

/**
 * The settings of an export: a preset's if one is named, what was said on top, and the container that the output's name
 * means when nobody says one.
 * Refuses `export/no-such-preset`, `export/unknown-extension` and `export/extension-mismatch`.
 */
export function outputSettings(
  format: TimelineFormat,
  said: { preset?: string | undefined; overrides: ExportOverrides; output?: string | undefined },
): ExportSettings {
  const { preset, overrides, output } = said;
  const named = EXPORT_PRESETS.find(({ id }) => id === preset);
  if (preset !== undefined && named === undefined)
    refuse('export/no-such-preset', `There is no export preset “${preset}”.`, { preset });
  const chosen = { ...named?.settings, ...overrides };
  const container =
    output === undefined ? chosen.container : containerOf(output, chosen, overrides);
  const all = { ...overrides, ...(container === undefined ? {} : { container }) };
  const settings = named === undefined ? null : settingsOfPreset(named.id, format, all);
  return settings ?? exportSettingsSchema.parse(all);
}

/** The container that a file is written as; undefined where the settings say enough. */
function containerOf(
  output: string,
  chosen: ExportOverrides,
  overrides: ExportOverrides,
): ContainerId | undefined {
  const name = output.replace(/^.*[/\\]/, '');
  const extension = /^.+(\.[A-Za-z0-9]+)$/.exec(name)?.[1];
  const isPictures = chosen.videoCodec === 'png' || chosen.videoCodec === 'jpeg';
  // Folders may have dots in their names.
  if (chosen.container === 'pictures') return 'pictures';
  if (extension === undefined) return chosen.container ?? (isPictures ? 'pictures' : undefined);
  const meant = containerOfExtension(extension);
  if (meant === null) {
    refuse(
      'export/unknown-extension',
      isPictures
        ? `The pictures of a film are written into a folder. Leave out “${extension}”.`
        : `Films are not written as “${extension}”. Choose a name that ends in .mp4, .mov, .mkv, .webm, .gif, .wav, .flac, .mp3, .m4a or .opus.`,
      { extension },
    );
  }
  const { container } = chosen;
  if (container === undefined || container === meant) return meant;
  // A preset's container gives way to another that holds the same; what was said outright does not.
  if (overrides.container === undefined && holdsTheSame(container, meant)) return meant;
  refuse(
    'export/extension-mismatch',
    `“${name}” is named as ${CONTAINERS[meant].name}, but ${CONTAINERS[container].name} was chosen. ${wayOut(container)}`,
    { container, extension },
  );
}

function holdsTheSame(one: ContainerId, other: ContainerId): boolean {
  const holdsPicture = (id: ContainerId) => CONTAINERS[id].video.length > 0;
  return holdsPicture(one) === holdsPicture(other);
}

function wayOut(container: ContainerId): string {
  const { extension } = CONTAINERS[container];
  return extension === null
    ? 'Choose the name of a folder.'
    : `Choose a name that ends in .${extension}.`;
}
