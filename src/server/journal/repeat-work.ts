// Does a piece of work again and again, never twice at once.

/** Returns how to stop. A turn that comes while the work is still going on is left out. */
export function repeatWork(
  work: () => Promise<unknown>,
  options: { readonly everyMs: number; readonly onError: (error: unknown) => void },
): () => void {
  let isRunning = false;

  async function turn(): Promise<void> {
    if (isRunning) return;
    isRunning = true;
    await work().catch(options.onError);
    isRunning = false;
  }

  const timer = setInterval(() => void turn(), options.everyMs).unref();
  return () => clearInterval(timer);
}
