/**
 * Waits for whichever comes first, or until the signal is aborted. The others are told to end by the signal that each
 * of them is given.
 */
export async function firstOf(
  signal: AbortSignal,
  ...waits: readonly ((signal: AbortSignal) => Promise<unknown>)[]
): Promise<void> {
  if (signal.aborted) return;
  const over = new AbortController();
  const end = () => over.abort();
  signal.addEventListener('abort', end);
  try {
    await Promise.race(waits.map((wait) => wait(over.signal)));
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}
