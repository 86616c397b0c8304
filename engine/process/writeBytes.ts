/** Writes to a child’s standard input and waits until it is taken, or until there is nobody left to take it. */
export async function writeBytes(stdin: NodeJS.WritableStream, bytes: Uint8Array): Promise<void> {
  await new Promise<void>((resolve) => {
    // A child that is gone closes its pipe; then there is nobody left to wait for.
    stdin.once('close', resolve);
    stdin.write(bytes, () => {
      stdin.off('close', resolve);
      resolve();
    });
  });
}
