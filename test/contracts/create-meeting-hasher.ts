// Lets sign-ins meet: each has read what it needs before any of them goes on.
import { createPasswordHasher } from "../../src/platform/crypto/password-hasher.ts";
import type { PasswordHasher, PasswordWork } from "../../src/platform/crypto/password-hasher.ts";

const WEAK = { memoryCost: 64, timeCost: 1, parallelism: 1 };

/** Compares no password before so many are to be compared. */
export function createMeetingHasher(count: number): PasswordHasher {
  const hasher = createPasswordHasher({ threads: count, parameters: WEAK });
  let come = 0;
  let meet = (): void => undefined;
  const met = new Promise<void>((resolve) => (meet = resolve));

  function meeting(work: PasswordWork): PasswordWork {
    return {
      ...work,
      verify: async (hash, password) => {
        come += 1;
        if (come >= count) meet();
        await met;
        return await work.verify(hash, password);
      },
    };
  }

  return {
    ...hasher,
    ...meeting(hasher),
    withRoom: (use) => hasher.withRoom((work) => use(meeting(work))),
  };
}
