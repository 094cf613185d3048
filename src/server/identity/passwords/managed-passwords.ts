// What operators and admins do about another user's sign-in: release, set, invite, make a link.
import type { Transaction } from "kysely";
import type { Static } from "typebox";
import type { CreatedLinkSchema } from "../../../api/passwords-api.ts";
import type { SignInStateAnswer } from "../../../api/users-api.ts";
import type { ReadDatabase } from "../../../platform/database/database.ts";
import { describePrincipal, findManagedUser } from "../../accounts/index.ts";
import type { ApiRequest, Principal } from "../../accounts/index.ts";
import type { Schema } from "../../migrations/schema.ts";
import type { PersonPlace } from "../identity-parts.ts";
import { issueLink, LINK_LIFETIME_MS } from "../links/link-store.ts";
import type { LinkPurpose } from "../links/link-store.ts";
import { linkUrl } from "../links/link-url.ts";
import { deleteWaitingLinkMails, queueMail } from "../mail/queue-mail.ts";
import { clearCodeCount } from "../second-factor/code-count-store.ts";
import { recordUserChange } from "../sessions/user-changes.ts";
import type { CredentialParts } from "../sign-in/credential-parts.ts";
import { readPersonById } from "../sign-in/read-person.ts";
import type { Person, PersonReading } from "../sign-in/read-person.ts";
import { signInProblem } from "../sign-in/sign-in-problem.ts";
import { insertSignIn, releaseSignIn } from "../sign-in/sign-in-store.ts";
import { choosePassword } from "./choose-password.ts";
import { hasBeenSetUp } from "./has-been-set-up.ts";
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

  /** With a change, in its transaction: whom somebody else manages by then is not changed. */
  async function find(
    read: ReadDatabase<Schema>,
    { principal, userId }: Managing,
  ): Promise<PersonReading & { person: Person }> {
    // 404 for a user out of the principal's sight, 403 for one that somebody else manages.
    await findManagedUser(read, principal, userId);
    const reading = await readPersonById(read, userId);
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
    const { userId } = managing;
    const nowMs = clock.nowMs();
    await database.transaction(async (trx) => {
      const { person } = await find(trx, managing);
      await insertSignIn(trx, userId, nowMs);
      await releaseSignIn(trx, userId, nowMs);
      await clearCodeCount(trx, userId);
      await parts.recordEvent(trx, {
        kind: "lockout-released",
        atMs: nowMs,
        userId,
        actor: describePrincipal(managing.principal),
        account: person.accountCode,
        place: placeOf(managing),
        reason: person.facts.lockedAtMs === null ? "not-locked" : "locked",
        detail: { email: person.user.email },
      });
      await recordUserChange(trx, userId, nowMs);
    });
    await parts.followUserChanges();
    return stateOf(userId);
  }

  async function setFor(managing: Managing, typed: string): Promise<SignInStateAnswer> {
    const { principal, userId } = managing;
    const { person, rules } = await find(database.kysely, managing);
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
      const { person: present } = await find(trx, managing);
      const actor = describePrincipal(principal);
      await setPassword(trx, parts, {
        // What was compared with the new one is what it replaces, or nothing is.
        person: { ...present, hash: person.hash },
        hash,
        how: "administrator",
        actor,
        keptSessionId: null,
        place: placeOf(managing),
        nowMs,
      });
    });
    parts.wakeMails();
    await parts.followUserChanges();
    return stateOf(userId);
  }

  async function makeLink(managing: Managing): Promise<Static<typeof CreatedLinkSchema>> {
    const { userId } = managing;
    const nowMs = clock.nowMs();
    const made = await database.transaction(async (trx) => {
      const linked = await findForLink(trx, managing);
      // A mail that waits would make a newer link when it leaves, and this one void.
      await deleteWaitingLinkMails(trx, userId);
      await recordLink(trx, managing, { ...linked, nowMs });
      const { purpose } = linked;
      return { purpose, token: await issueLink(trx, { userId, purpose, nowMs }) };
    });
    const expiresAtMs = nowMs + LINK_LIFETIME_MS[made.purpose];
    const url = linkUrl(parts.publicUrl, made.token);
    return { url, purpose: made.purpose, expiresAt: new Date(expiresAtMs).toISOString() };
  }

  async function invite(managing: Managing): Promise<SignInStateAnswer> {
    const { principal, userId } = managing;
    const nowMs = clock.nowMs();
    await database.transaction(async (trx) => {
      const { person, purpose } = await findForLink(trx, managing);
      const to = { userId, to: person.user.email, nowMs };
      if (purpose === "invitation") {
        const invitedBy = principal.kind === "user" ? principal.email : null;
        const data = { invitedBy, accountName: person.accountName };
        await queueMail(trx, { ...to, kind: "invitation", data });
      } else {
        const data = { askedAtMs: nowMs, place: null };
        await queueMail(trx, { ...to, kind: "password-reset", data });
      }
      await recordLink(trx, managing, { person, purpose, nowMs });
    });
    parts.wakeMails();
    return stateOf(userId);
  }

  async function findForLink(trx: Transaction<Schema>, managing: Managing): Promise<Linked> {
    const { person } = await find(trx, managing);
    if (person.user.isDisabled) throw signInProblem("user-disabled");
    return { person, purpose: hasBeenSetUp(person) ? "reset" : "invitation" };
  }

  async function recordLink(
    trx: Transaction<Schema>,
    managing: Managing,
    { person, purpose, nowMs }: Linked & { readonly nowMs: number },
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

type Linked = { readonly person: Person; readonly purpose: LinkPurpose };
