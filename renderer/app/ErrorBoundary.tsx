import { Component, type ErrorInfo, type ReactNode } from 'react';
import { notify } from '../client/notices.ts';
import { Button } from '../ui/Button.tsx';

type ErrorBoundaryProps = {
  /** What broke, as a sentence part: “The film room”. */
  what: string;
  children: ReactNode;
};
type ErrorBoundaryState = { error: Error | null; trace: string };

/** Keeps a failure of the interface in its place and says what is safe and what to do. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { error: null, trace: '' };

  static getDerivedStateFromError(error: unknown): Partial<ErrorBoundaryState> {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override componentDidCatch(_error: unknown, info: ErrorInfo): void {
    this.setState({ trace: info.componentStack ?? '' });
  }

  override render(): ReactNode {
    const { error, trace } = this.state;
    if (error === null) return this.props.children;
    const details = `${error.stack ?? error.message}\n${trace}`;
    const copy = () =>
      void navigator.clipboard
        .writeText(details)
        .then(() => notify({ tone: 'done', text: 'Details copied.' }));
    return (
      <div role="alert" className="m-auto flex max-w-xl flex-col gap-3 p-6">
        <h1 className="text-lg font-semibold">{this.props.what} ran into an error</h1>
        <p className="text-muted">
          Your project is safe: every finished edit is already in its file. Try again; if the error
          comes back, reload the window.
        </p>
        <pre
          data-selectable
          tabIndex={0}
          className="max-h-48 overflow-auto rounded-md bg-app p-3 font-mono text-xs whitespace-pre-wrap text-muted"
        >
          {error.message}
        </pre>
        <div className="flex gap-2">
          <Button look="primary" onClick={() => this.setState({ error: null, trace: '' })}>
            Try again
          </Button>
          <Button onClick={() => window.location.reload()}>Reload the window</Button>
          <Button look="quiet" onClick={copy}>
            Copy details
          </Button>
        </div>
      </div>
    );
  }
}
