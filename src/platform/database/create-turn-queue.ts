// Gives one holder at a time its turn, in the order of asking.

export type TurnQueue = {
  /** Resolves when it is the caller's turn; rejects after `waitMaxMs`. */
  take(): Promise<void>;
  give(): void;
};

export function createTurnQueue(waitMaxMs: number): TurnQueue {
  const waiting: (() => void)[] = [];
  let isTaken = false;

  function take(): Promise<void> {
    if (!isTaken) {
      isTaken = true;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(start), 1);
        const error = new Error(`waited ${waitMaxMs} ms for another transaction to end`);
        reject(Object.assign(error, { code: "ERR_STORE_BUSY" }));
      }, waitMaxMs);
      function start(): void {
        clearTimeout(timer);
        resolve();
      }
      waiting.push(start);
    });
  }

  function give(): void {
    const next = waiting.shift();
    if (next === undefined) isTaken = false;
    else next();
  }

  return { take, give };
}
