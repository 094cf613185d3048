// The way in which policies are changed, with nobody who could be locked out.
import { systemClock } from "../../src/platform/clock.ts";
import type { Database } from "../../src/platform/database/database.ts";
import { createPolicyChanges } from "../../src/server/journal/index.ts";
import type { PolicyChanges } from "../../src/server/journal/index.ts";
import type { Schema } from "../../src/server/migrations/schema.ts";

export function freeChanges(database: Database<Schema>): PolicyChanges {
  return createPolicyChanges({
    database,
    addressOf: () => "192.0.2.1",
    guard: () => Promise.resolve(null),
    clock: systemClock,
    recordEvent: () => Promise.resolve(""),
    goBack: () => Promise.reject(new Error("nothing waits to be confirmed here")),
    judgeConfirming: () => Promise.resolve(),
    followRules: () => Promise.resolve(),
    onError: (error) => {
      throw error;
    },
  });
}
