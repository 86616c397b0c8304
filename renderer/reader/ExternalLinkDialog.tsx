import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { useDesk, useDeskState } from './useDesk.ts';

/** Asks before a link of a book leaves it: a book opens nothing by itself. */
export function ExternalLinkDialog() {
  const desk = useDesk();
  const link = useDeskState((state) => state.externalLink);
  const close = () => desk.state.setState({ externalLink: null });
  if (link === null) return null;
  const isMail = /^mailto:/i.test(link);
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) close();
      }}
      size="small"
      title={isMail ? 'Write an e-mail?' : 'Leave the book?'}
      description={
        isMail
          ? 'This link opens your e-mail program with this address.'
          : 'This link leads to the Internet. Your browser would open this address.'
      }
      footer={
        <>
          <Button onClick={close}>Stay in the book</Button>
          <Button
            look="primary"
            onClick={() => {
              close();
              window.open(link, '_blank', 'noopener,noreferrer');
            }}
          >
            {isMail ? 'Open e-mail' : 'Open in the browser'}
          </Button>
        </>
      }
    >
      <p data-selectable className="rounded-md bg-field px-3 py-2 font-mono text-xs wrap-anywhere">
        {link}
      </p>
    </Dialog>
  );
}
