import { z } from 'zod';
import {
  type GraphicFields,
  graphicFieldsSchema,
  resolveFields,
  TEMPLATES,
} from '../../graphics/templates.ts';
import { type Graphic, objectIdSchema } from '../../model/entities.ts';
import type { Draft } from '../draft.ts';
import { defineEdit } from '../definition.ts';

/** The templates that a title can have; captions are a kind of their own. */
export const titleTemplateSchema = z.enum(['title', 'lowerThird']);
type TitleTemplate = z.infer<typeof titleTemplateSchema>;

const furtherTitles = z.array(objectIdSchema).max(10_000).default([]).describe('Further ones.');

/**
 * Changes what titles say or how they look; fields that are not named stay, and each title takes those that its
 * template has. A title that was called what it says goes on being called so. Refuses `graphics/bad-field`,
 * `edit/track-locked`.
 */
export const titleSetFields = defineEdit({
  type: 'title.setFields',
  label: 'Change title',
  summary: 'Changes fields of titles and lower thirds; fields that are not named stay.',
  parameters: { titleId: objectIdSchema, titleIds: furtherTitles, fields: graphicFieldsSchema },
  apply(draft, command) {
    for (const graphic of neededTitles(draft, command)) {
      const template = templateOf(graphic);
      // Fields of a template that this version does not know are kept for the one that does.
      const kept = template === graphic.template ? {} : graphic.fields;
      const fields = resolveFields(template, { ...graphic.fields, ...command.fields });
      draft.set<'graphic'>(graphic.id, {
        ...renamed(graphic, fields),
        fields: { ...kept, ...fields },
      });
    }
    return {};
  },
});

/** The field of each template that says the same as one of the other. */
const COUNTERPARTS: Record<TitleTemplate, Readonly<Record<string, string>>> = {
  title: { title: 'name', subtitle: 'role' },
  lowerThird: { name: 'title', role: 'subtitle' },
};

/**
 * Makes titles of another template. What they say goes along (title to name, subtitle to role and back), as do the
 * colours and other fields that both have; the rest is as the template has it. Times and movement stay.
 *
 *   Title: “Ann” / “Author”   →   Lower third: “Ann” / “Author”
 *
 * Refuses `graphics/bad-field` for words too long for the template, `edit/track-locked`.
 */
export const titleSetTemplate = defineEdit({
  type: 'title.setTemplate',
  label: 'Change template',
  summary: 'Makes titles of another template, with the same words and colours. Their times stay.',
  parameters: { titleId: objectIdSchema, titleIds: furtherTitles, template: titleTemplateSchema },
  apply(draft, command) {
    for (const graphic of neededTitles(draft, command)) {
      if (graphic.template === command.template) continue;
      const fields = resolveFields(command.template, carriedFields(graphic, command.template));
      const { name } = renamed(graphic, fields);
      const isNamedAfterTemplate = graphic.name === TEMPLATES[templateOf(graphic)].name;
      draft.set<'graphic'>(graphic.id, {
        template: command.template,
        fields,
        name: name ?? (isNamedAfterTemplate ? TEMPLATES[command.template].name : graphic.name),
      });
    }
    return {};
  },
});

/** The words that a title or lower third is known by. */
export function nameFrom(fields: Readonly<Record<string, string>>): string | undefined {
  const words = (fields['title'] ?? fields['name'] ?? '').trim();
  return words === '' ? undefined : words;
}

/** A name that only repeats what the title says goes on doing so; a chosen one stays. */
function renamed(graphic: Graphic, fields: GraphicFields): { name?: string } {
  const name = graphic.name === nameFrom(graphic.fields) ? nameFrom(fields) : undefined;
  return name === undefined ? {} : { name };
}

function carriedFields(graphic: Graphic, template: TitleTemplate): GraphicFields {
  const from = COUNTERPARTS[templateOf(graphic)];
  const shared = TEMPLATES[template].fields.map((field) => field.key);
  return Object.fromEntries(
    Object.entries(graphic.fields).flatMap(([key, value]) => {
      const target = from[key] ?? key;
      return shared.includes(target) ? [[target, value]] : [];
    }),
  );
}

function templateOf(graphic: Graphic): TitleTemplate {
  return graphic.template === 'lowerThird' ? 'lowerThird' : 'title';
}

function neededTitles(
  draft: Draft,
  { titleId, titleIds }: { titleId: string; titleIds: readonly string[] },
): Graphic[] {
  return [...new Set([titleId, ...titleIds])].map((id) => {
    const graphic = draft.need('graphic', id);
    draft.refuseLocked(draft.trackOf(graphic));
    return graphic;
  });
}
