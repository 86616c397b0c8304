/** The same values, each asked for when the one before it is given away, so that it comes about meanwhile. */
export async function* readAhead<T>(feed: AsyncGenerator<T, void>): AsyncGenerator<T, void> {
  const ask = () => {
    const step = feed.next();
    // A failure is looked at when its turn comes; until then nobody listens.
    step.catch(() => undefined);
    return step;
  };
  let next = ask();
  try {
    for (let step = await next; !step.done; step = await next) {
      next = ask();
      yield step.value;
    }
  } finally {
    await feed.return();
  }
}
