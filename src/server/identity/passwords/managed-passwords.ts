// What operators and admins do about another user's sign-in: release, set, invite, make a link.
import type { Static } from "typebox";
import type { CreatedLinkSchema } from "../../../api/passwords-api.ts";
import type { SignInStateAnswer } from "../../../api/users-api.ts";
import { describePrincipal, findManagedUser } from "../../accounts/index.ts";
import type { ApiRequest, Principal } from "../../accounts/index.ts";
import type { PersonPlace } from "../identity-parts.ts";
import { issueLink, LINK_LIFETIME_MS } from "../links/link-store.ts";
import type { LinkPurpose } from "../links/link-store.ts";
import { linkUrl } from "../links/link-url.ts";
import { deleteWaitingLinkMails, queueMail } from "../mail/queue-mail.ts";
import { recordUserChange } from "../sessions/user-changes.ts";
import type { CredentialParts } from "../sign-in/credential-parts.ts";
import { readPersonById } from "../sign-in/read-person.ts";
import type { Person, PersonReading } from "../sign-in/read-person.ts";
import { signInProblem } from "../sign-in/sign-in-problem.ts";
import { insertSignIn, releaseSignIn } from "../sign-in/sign-in-store.ts";
import { choosePassword } from "./choose-password.ts";
import { readSignInStates } from "./read-sign-in-states.ts";
import { setPassword } from "./set-password.ts";

/** Who asks for it, of whom. */
export type Managing = {
  readonly principal: Principal;
  readonly request: ApiRequest;
  readonly userId: string;
};

export type ManagedPasswords = {
  readonly release: (managing: Managing) => Promise<SignInStateAnswer>;
  readonly setFor: (managing: Managing, typed: string) => Promise<SignInStateAnswer>;
  readonly makeLink: (managing: Managing) => Promise<Static<typeof CreatedLinkSchema>>;
  readonly invite: (managing: Managing) => Promise<SignInStateAnswer>;
};

export function createManagedPasswords(parts: CredentialParts): ManagedPasswords {
  const { database, clock } = parts;

  async function find({
    principal,
    userId,
  }: Managing): Promise<PersonReading & { person: Person }> {
    // 404 for a user out of the principal's sight, 403 for one that somebody else manages.
    await findManagedUser(database.kysely, principal, userId);
    const reading = await readPersonById(database.kysely, userId);
    if (reading.person === null) throw signInProblem("user-not-found");
    return { ...reading, person: reading.person };
  }

  async function stateOf(userId: string): Promise<SignInStateAnswer> {
    const at = { nowMs: clock.nowMs(), isClockTrusted: parts.isClockTrusted() };
    const state = (await readSignInStates(database.kysely, [userId], at)).get(userId);
    if (state === undefined) throw signInProblem("user-not-found");
    return state;
  }

  /** The host's shell has no address. */
  function placeOf({ principal, request }: Managing): PersonPlace | null {
    return principal.kind === "host-shell" ? null : parts.placeOf(request.raw);
  }

  async function release(managing: Managing): Promise<SignInStateAnswer> {
    const { person } = await find(managing);
    const { id: userId, email } = person.user;
    const nowMs = clock.nowMs();
    await database.transaction(async (trx) => {
      await insertSignIn(trx, userId, nowMs);
      await releaseSignIn(trx, userId, nowMs);
      await parts.recordEvent(trx, {
        kind: "lockout-released",
        atMs: nowMs,
        userId,
        actor: describePrincipal(managing.principal),
        account: person.accountCode,
        place: placeOf(managing),
        reason: person.facts.lockedAtMs === null ? "not-locked" : "locked",
        detail: { email },
      });
      await recordUserChange(trx, userId, nowMs);
    });
    await parts.followUserChanges();
    return stateOf(userId);
  }

  async function setFor(managing: Managing, typed: string): Promise<SignInStateAnswer> {
    const { principal, userId } = managing;
    const { person, rules } = await find(managing);
    // A token that went astray must not open a person's sign-in, nor a stolen session its own.
    const isOwn = principal.kind === "user" && principal.userId === userId;
    if (principal.kind === "token" || isOwn) throw signInProblem("password-not-settable");
    const hash = await choosePassword(parts, {
      typed,
      path: "/newPassword",
      rules,
      words: [person.user.name, person.user.email],
      userId,
      presentHash: person.hash,
    });
    const nowMs = clock.nowMs();
    await database.transaction(async (trx) => {
      const actor = describePrincipal(principal);
      const kept = { keptSessionId: null, place: placeOf(managing), nowMs };
      await setPassword(trx, parts, { person, hash, how: "administrator", actor, ...kept });
    });
    parts.wakeMails();
    await parts.followUserChanges();
    return stateOf(userId);
  }

  async function makeLink(managing: Managing): Promise<Static<typeof CreatedLinkSchema>> {
    const { person } = await find(managing);
    if (person.user.isDisabled) throw signInProblem("user-disabled");
    const purpose: LinkPurpose = person.hash === null ? "invitation" : "reset";
    const nowMs = clock.nowMs();
    const token = await database.transaction(async (trx) => {
      // A mail that waits would make a newer link when it leaves, and this one void.
      await deleteWaitingLinkMails(trx, person.user.id);
      await recordLink(managing, person, { trx, nowMs, purpose });
      return issueLink(trx, { userId: person.user.id, purpose, nowMs });
    });
    const expiresAtMs = nowMs + LINK_LIFETIME_MS[purpose];
    const url = linkUrl(parts.publicUrl, token);
    return { url, purpose, expiresAt: new Date(expiresAtMs).toISOString() };
  }

  async function invite(managing: Managing): Promise<SignInStateAnswer> {
    const { person } = await find(managing);
    if (person.user.isDisabled) throw signInProblem("user-disabled");
    const { principal } = managing;
    const nowMs = clock.nowMs();
    const to = { userId: person.user.id, to: person.user.email, nowMs };
    await database.transaction(async (trx) => {
      if (person.hash === null) {
        const invitedBy = principal.kind === "user" ? principal.email : null;
        const data = { invitedBy, accountName: person.accountName };
        await queueMail(trx, { ...to, kind: "invitation", data });
      } else {
        const data = { askedAtMs: nowMs, place: null };
        await queueMail(trx, { ...to, kind: "password-reset", data });
      }
      const purpose = person.hash === null ? "invitation" : "reset";
      await recordLink(managing, person, { trx, nowMs, purpose });
    });
    parts.wakeMails();
    return stateOf(person.user.id);
  }

  async function recordLink(
    managing: Managing,
    person: Person,
    { trx, nowMs, purpose }: LinkRecord,
  ): Promise<void> {
    await parts.recordEvent(trx, {
      kind: "password-reset-sent",
      atMs: nowMs,
      userId: person.user.id,
      actor: describePrincipal(managing.principal),
      account: person.accountCode,
      place: placeOf(managing),
      reason: purpose,
      detail: { email: person.user.email },
    });
  }

  return { release, setFor, makeLink, invite };
}

type LinkRecord = {
  readonly trx: Parameters<CredentialParts["recordEvent"]>[0];
  readonly nowMs: number;
  readonly purpose: LinkPurpose;
};
