// Goes on with a sign-in by a passkey, and gives the options for it and for a proof.
import { requestOptions } from "../../../platform/webauthn/passkey-options.ts";
import type { ApiRequest } from "../../accounts/index.ts";
import { secondFactorProblem } from "../second-factor/second-factor-problem.ts";
import { sessionProblem } from "../sessions/session-problem.ts";
import { advanceSignIn, setAdvancedCookies } from "../sign-in/advance-sign-in.ts";
import { readPersonById } from "../sign-in/read-person.ts";
import type { AssertPasskey } from "./assert-passkey.ts";
import type { OptionsAnswer, PasskeyFactor } from "./create-passkeys.ts";
import { relyingPartyOf } from "./judge-passkey.ts";
import { issueChallenge } from "./passkey-challenge.ts";
import type { PasskeyParts } from "./passkey-parts.ts";
import { passkeyProblem } from "./passkey-problem.ts";
import { listPasskeys } from "./passkey-store.ts";

export function createPasskeyFactor(
  parts: PasskeyParts,
  assertPasskey: AssertPasskey,
): PasskeyFactor {
  const { database, clock, cookies, keyRing } = parts;

  async function optionsFor(
    request: ApiRequest,
    purpose: "second-factor" | "proof",
  ): Promise<OptionsAnswer> {
    const { stage, session } = parts.openSessionOf(request);
    if (purpose === "second-factor" && stage !== "second-factor") {
      throw secondFactorProblem("second-factor-not-asked");
    }
    const party = relyingPartyOf(parts);
    const passkeys = await listPasskeys(database.kysely, session.user.id);
    // An empty list would let the browser offer any passkey that it has.
    if (passkeys.length === 0) throw passkeyProblem("passkeys-none");
    const use = { purpose, sessionId: session.session.id };
    const challenge = issueChallenge(keyRing, use, clock.nowMs());
    return { options: await requestOptions({ party, challenge, passkeys }) };
  }

  const passFactor: PasskeyFactor["passFactor"] = async ({ request, reply, body }) => {
    const { stage, session: loaded } = parts.openSessionOf(request);
    if (stage !== "second-factor") throw secondFactorProblem("second-factor-not-asked");
    const { session } = loaded;
    const { userId } = session;
    const place = parts.placeOf(request.raw);
    const nowMs = clock.nowMs();
    const advanced = await assertPasskey({
      purpose: "second-factor",
      userId,
      sessionId: session.id,
      response: body.response,
      place,
      nowMs,
      onRight: async (trx) => {
        const reading = await readPersonById(trx, userId);
        const { person } = reading;
        if (person === null) throw sessionProblem("session-ended");
        return advanceSignIn(trx, parts, {
          session,
          person,
          reading,
          factor: "passkey",
          isFactorPassed: true,
          trustBrowser: body.trustBrowser === true,
          place,
          nowMs,
        });
      },
    });
    if (advanced.isBindDone === true) parts.wakeMails();
    await parts.followUserChanges();
    setAdvancedCookies(cookies, reply, advanced);
    return { next: advanced.next, returnTo: null };
  };

  return { requestOptions: optionsFor, passFactor };
}
