import { refuse } from '../fault.ts';
import { objectIdSchema, registerSchemas } from '../model/entities.ts';
import { defineEdit } from './definition.ts';
import { chosenIdSchema } from './ids.ts';

/** Adds a probed media file to the library. The engine issues it after import; nothing is placed on a timeline. */
export const assetAdd = defineEdit({
  type: 'asset.add',
  label: 'Import media',
  summary: 'Adds a probed media file to the library.',
  parameters: {
    ...registerSchemas.asset.shape,
    assetId: chosenIdSchema.optional().describe('Id for the new asset; default: a new one.'),
  },
  apply(draft, command) {
    const { name, location, identity, facts } = command;
    return { assetId: draft.create('asset', { name, location, identity, facts }, command.assetId) };
  },
});

/** Takes an unused asset out of the library; the file on disk stays. Refuses `edit/asset-in-use`. */
export const assetRemove = defineEdit({
  type: 'asset.remove',
  label: 'Remove media',
  summary: 'Takes an asset that no clip uses out of the library; the file on disk stays.',
  parameters: { assetId: objectIdSchema },
  apply(draft, command) {
    const asset = draft.need('asset', command.assetId);
    const uses = draft.project.all('clip').filter((clip) => clip.assetId === asset.id).length;
    if (uses > 0) {
      refuse(
        'edit/asset-in-use',
        `“${asset.name}” is used by ${uses === 1 ? 'a clip' : `${uses} clips`}. Delete ${uses === 1 ? 'it' : 'them'} first.`,
        { uses },
      );
    }
    draft.remove(asset.id);
    return {};
  },
});

/** Points an asset at the place where its file lies now. */
export const assetRelink = defineEdit({
  type: 'asset.relink',
  label: 'Relink media',
  summary: 'Points an asset at the place where its file lies now; its clips follow.',
  parameters: { assetId: objectIdSchema, location: registerSchemas.asset.shape.location },
  apply(draft, command) {
    const asset = draft.need('asset', command.assetId);
    draft.set<'asset'>(asset.id, { location: command.location });
    return {};
  },
});
