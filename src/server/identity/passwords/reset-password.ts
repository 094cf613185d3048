// Looks at an e-mailed link, and chooses a password with it, once.
import type { IncomingMessage } from "node:http";
import type { Static } from "typebox";
import type { LinkAnswer, PasswordResetSchema } from "../../../api/passwords-api.ts";
import { sha256Hex } from "../../../platform/crypto/sha256-hex.ts";
import { findLink, takeLink } from "../links/link-store.ts";
import type { StoredLink } from "../links/link-store.ts";
import type { CredentialParts } from "../sign-in/credential-parts.ts";
import { readPersonById } from "../sign-in/read-person.ts";
import type { Person, PersonReading } from "../sign-in/read-person.ts";
import { signInProblem } from "../sign-in/sign-in-problem.ts";
import { choosePassword } from "./choose-password.ts";
import { describeRules } from "./describe-rules.ts";
import { setPassword } from "./set-password.ts";

export type PasswordResets = {
  readonly look: (request: IncomingMessage, token: string) => Promise<LinkAnswer>;
  readonly reset: (
    request: IncomingMessage,
    body: Static<typeof PasswordResetSchema>,
  ) => Promise<void>;
};

type LinkOwner = {
  readonly link: StoredLink;
  readonly person: Person;
  readonly reading: PersonReading;
};

export function createPasswordResets(parts: CredentialParts): PasswordResets {
  const { database, clock } = parts;

  /** Throws the same refusal whatever is wrong with it; each wrong token is an offence. */
  async function find(request: IncomingMessage, token: string): Promise<LinkOwner> {
    const tokenHash = sha256Hex(token);
    const link = await findLink(database.kysely, tokenHash, clock.nowMs());
    const reading = link && (await readPersonById(database.kysely, link.userId));
    const person = reading?.person ?? null;
    if (link !== null && reading !== null && person !== null && !person.facts.isDisabled) {
      return { link, person, reading };
    }
    const { address } = parts.placeOf(request);
    await parts.reportOffence({ address, kind: "reset-token", attempt: tokenHash });
    throw signInProblem("link-invalid");
  }

  async function look(request: IncomingMessage, token: string): Promise<LinkAnswer> {
    const { link, person, reading } = await find(request, token);
    return {
      purpose: link.purpose,
      email: person.user.email,
      expiresAt: new Date(link.expiresAtMs).toISOString(),
      rules: describeRules(reading.rules),
    };
  }

  async function reset(
    request: IncomingMessage,
    body: Static<typeof PasswordResetSchema>,
  ): Promise<void> {
    const { person, reading } = await find(request, body.token);
    // Before the link is used up: a password that breaks a rule costs no new link.
    const hash = await choosePassword(parts, {
      typed: body.newPassword,
      path: "/newPassword",
      rules: reading.rules,
      words: [person.user.name, person.user.email],
      userId: person.user.id,
      presentHash: person.hash,
    });
    const nowMs = clock.nowMs();
    const place = parts.placeOf(request);
    await database.transaction(async (trx) => {
      const taken = await takeLink(trx, sha256Hex(body.token), nowMs);
      // Of requests that race with one link, this one came second: no offence of anybody.
      if (taken?.userId !== person.user.id) throw signInProblem("link-invalid");
      const actor = person.user.email;
      const kept = { keptSessionId: null, place, nowMs };
      await setPassword(trx, parts, { person, hash, how: "reset", actor, ...kept });
    });
    parts.wakeMails();
    await parts.followUserChanges();
  }

  return { look, reset };
}
