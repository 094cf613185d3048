// Waits for an answer only so long, where to say nothing is better than to wait.

/** Null after `maxMs`, and when it rejects. */
export async function answerInTime<T>(asked: Promise<T>, maxMs: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), maxMs);
  });
  const answer = asked.catch(() => null);
  return await Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
