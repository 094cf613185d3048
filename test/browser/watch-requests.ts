// Counts what a browser context is asking, so that time is turned only when all is answered.
import type { BrowserContext, Request } from "playwright-core";

export type RequestWatch = {
  /** Resolves when nothing has been under way for a moment. */
  readonly untilAnswered: () => Promise<void>;
};

/** From one answer to what a page asks because of it. */
const QUIET_MS = 150;

export function watchRequests(context: BrowserContext): RequestWatch {
  const open = new Set<Request>();
  let changedAtMs = performance.now();

  function note(change: (request: Request) => void): (request: Request) => void {
    return (request) => {
      change(request);
      changedAtMs = performance.now();
    };
  }

  context.on(
    "request",
    note((request) => {
      // A stream has no end to wait for.
      if (request.resourceType() !== "eventsource") open.add(request);
    }),
  );
  context.on(
    "requestfinished",
    note((request) => open.delete(request)),
  );
  context.on(
    "requestfailed",
    note((request) => open.delete(request)),
  );
  return {
    untilAnswered: async () => {
      while (open.size > 0 || performance.now() - changedAtMs < QUIET_MS) {
        await new Promise((resolve) => {
          setTimeout(resolve, QUIET_MS / 3);
        });
      }
    },
  };
}
