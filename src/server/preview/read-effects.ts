// Tells what changes of sign-in and audio rules would do to people, each domain of its own.
import type { PreviewedChange, PreviewEffect, PreviewPeriod } from "../../api/preview-api.ts";
import type { Account } from "../../core/accounts/account.ts";
import { accountsProblem } from "../accounts/index.ts";
import type { Accounts } from "../accounts/index.ts";
import type { Identity, ProposedIdentityChange } from "../identity/index.ts";
import type { Recordings } from "../recordings/index.ts";
import { PREVIEW_PERIOD_MS } from "./preview-period-ms.ts";

/** Throws `policy-refused` and `account-not-found`, as making the changes would. */
export type ReadEffects = (
  changes: readonly PreviewedChange[],
  asked: { readonly period: PreviewPeriod; readonly signal: AbortSignal },
) => Promise<readonly PreviewEffect[]>;

type Parts = {
  readonly accounts: Pick<Accounts, "findAccount">;
  readonly identity: Pick<Identity, "previewEffects">;
  readonly recordings: Pick<Recordings, "previewEffects">;
};

type AudioChange = Extract<PreviewedChange, { kind: "audio-policy" }>;

/** Rules of sign-ins are looked at all together; of an account's audio policies the last counts. */
export function createReadEffects({ accounts, identity, recordings }: Parts): ReadEffects {
  async function find(code: string): Promise<Account> {
    const account = await accounts.findAccount(code);
    if (account === null) throw accountsProblem("account-not-found");
    return account;
  }

  return async function readEffects(changes, { period, signal }) {
    const ofSignIns: ProposedIdentityChange[] = [];
    const ofAudio = new Map<string, AudioChange>();
    for (const change of changes) {
      if (change.kind === "identity-policy") {
        const account = change.account === undefined ? null : await find(change.account);
        ofSignIns.push({ account, section: change.section, value: change.value });
      } else if (change.kind === "audio-policy") ofAudio.set(change.account, change);
    }
    const effects = [...(await identity.previewEffects(ofSignIns, signal))];
    for (const { account: code, value } of ofAudio.values()) {
      signal.throwIfAborted();
      const account = await find(code);
      effects.push(
        ...(await recordings.previewEffects({ account, value }, PREVIEW_PERIOD_MS[period])),
      );
    }
    return effects;
  };
}
