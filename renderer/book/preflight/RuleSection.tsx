import { ChevronRight, CircleAlert, Ellipsis, Info, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useOpenProject } from '../../client/project.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { countText } from '../../ui/words.ts';
import { FindingRow } from './FindingRow.tsx';
import { ignoreRule, mendGroup } from './findingActions.ts';
import type { RuleGroup } from './groupFindings.ts';

const LOOKS = {
  error: { icon: CircleAlert, look: 'text-danger' },
  warning: { icon: TriangleAlert, look: 'text-accent' },
  info: { icon: Info, look: 'text-faint' },
};
/** Places that are shown at first, and with each further step. */
const SHOWN = 20;

type RuleSectionProps = { bookId: string; group: RuleGroup; startsOpen: boolean };

/** What one rule found: why it matters, the places, and what can be done about all of them. */
export function RuleSection({ bookId, group, startsOpen }: RuleSectionProps) {
  const { readOnly } = useOpenProject();
  const [isOpen, setOpen] = useState(startsOpen);
  const [shown, setShown] = useState(SHOWN);
  const { id, severity, message, why, fix, findings, count, canFix, changesWords } = group;
  const { icon, look } = LOOKS[severity];
  return (
    <section className="border-b border-line last:border-b-0">
      <h4 className="flex items-start gap-1 pr-1">
        <button
          type="button"
          aria-expanded={isOpen}
          className="flex min-w-0 grow items-start gap-2 py-2 pl-2 text-left text-sm"
          onClick={() => setOpen(!isOpen)}
        >
          <Icon
            icon={ChevronRight}
            size={14}
            className={`mt-0.5 flex-none text-faint transition-transform duration-120 ${isOpen ? 'rotate-90' : ''}`}
          />
          <Icon icon={icon} size={14} className={`mt-0.5 flex-none ${look}`} />
          <span className="min-w-0 grow">{message}</span>
          <span className="flex-none text-xs leading-5 tabular-nums text-muted">
            {countText(count)}
          </span>
        </button>
        {!readOnly && (
          <Menu
            align="end"
            items={[
              ...(canFix
                ? [
                    {
                      label: changesWords
                        ? 'Fix all of this kind (changes words)'
                        : 'Fix all of this kind',
                      run: () => mendGroup(bookId, group),
                    },
                  ]
                : []),
              { label: 'Ignore this rule in this book', run: () => ignoreRule(bookId, id) },
            ]}
          >
            <IconButton
              size="small"
              icon={Ellipsis}
              label={`More for: ${message}`}
              className="mt-1 flex-none"
            />
          </Menu>
        )}
      </h4>
      {isOpen && (
        <div className="pb-2 pl-7">
          <p data-selectable className="pr-2 pb-1.5 pl-2 text-xs text-muted">
            {why} {fix}
          </p>
          <ul>
            {findings.slice(0, shown).map((finding, index) => (
              <FindingRow
                key={`${finding.blockId ?? ''} ${finding.start ?? ''} ${index}`}
                bookId={bookId}
                finding={finding}
              />
            ))}
          </ul>
          <div className="flex flex-wrap gap-1 pt-1 pl-1">
            {canFix && !readOnly && findings.length > 1 && (
              <Button size="small" onClick={() => mendGroup(bookId, group)}>
                Fix all of this kind
              </Button>
            )}
            {findings.length > shown && (
              <Button size="small" look="quiet" onClick={() => setShown(shown + 100)}>
                Show more
              </Button>
            )}
          </div>
        </div>
      )}
    </section>
  );
}
