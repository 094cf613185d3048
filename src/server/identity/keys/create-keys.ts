// Keeps the master keys: what they seal, their check at start, their rotation.
import type { KeyStatusAnswer } from "../../../api/key-api.ts";
import type { IdentityAlarm, IdentityParts } from "../identity-parts.ts";
import { checkKeys } from "./check-keys.ts";
import { describeKeys } from "./describe-keys.ts";
import { countWithoutKey } from "./sealed-rows.ts";
import { dropKeys, resealAll, rotateKeys } from "./rotate-keys.ts";
import type { KeyParts, Rotation } from "./rotate-keys.ts";

export type Keys = {
  /** Secrets that no key here opens, as counted last: at start, then every ten minutes. */
  readonly secretsWithoutKey: () => number;
  readonly describe: () => Promise<KeyStatusAnswer>;
  /** Throws Problem `key-file-unusable` (503). One after the other. */
  readonly rotate: (actor: string | null) => Promise<Rotation>;
  /** Finishes what was killed and drops keys of the file that nothing needs; counts anew. */
  readonly tidy: () => Promise<void>;
  readonly start: () => void;
  readonly close: () => Promise<void>;
};

const TIDY_EVERY_MS = 600_000;

/** Resolves when it is known whether every sealed secret has its key. */
export async function createKeys(
  parts: KeyParts &
    Pick<IdentityParts, "onError"> & { readonly raiseAlarm: (alarm: IdentityAlarm) => void },
): Promise<Keys> {
  let last: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  for (const alarm of await checkKeys(parts)) parts.raiseAlarm(alarm);
  let secretsWithoutKey = await countWithoutKey(parts);

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  }

  function tidy(): Promise<void> {
    return inTurn(async () => {
      if (parts.masterKeys.source === "file") {
        await resealAll(parts);
        await dropKeys(parts);
      }
      secretsWithoutKey = await countWithoutKey(parts);
    });
  }

  function tidyAlone(): void {
    tidy().catch((error: unknown) => parts.onError(error, "tidying the master keys"));
  }

  return {
    secretsWithoutKey: () => secretsWithoutKey,
    describe: () => describeKeys(parts),
    rotate: (actor) => inTurn(() => rotateKeys(parts, actor)),
    tidy,
    start: () => {
      tidyAlone();
      timer ??= setInterval(tidyAlone, TIDY_EVERY_MS).unref();
    },
    close: async () => {
      clearInterval(timer);
      await last;
    },
  };
}
