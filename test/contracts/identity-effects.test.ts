// What previews of rules of sign-ins promise on every engine: they tell of those who then notice.
import { expect, it } from "vitest";
import type { PreviewEffect } from "../../src/api/preview-api.ts";
import { IDENTITY_POLICY_DEFAULT } from "../../src/core/identity/identity-policy.ts";
import type { IdentitySection } from "../../src/core/identity/identity-policy.ts";
import type { ProposedIdentityChange } from "../../src/server/identity/index.ts";
import { findIdentityEffects } from "../../src/server/identity/preview/find-identity-effects.ts";
import { describeEachEngine } from "./engines.ts";
import type { EngineHarness } from "./engines.ts";
import { factorsOf, halfSignedIn } from "./factors-at-the-door.ts";
import { RIGHT, setUpDoor, WRONG } from "./people-at-the-door.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const { userAuthentication: RULES } = IDENTITY_POLICY_DEFAULT;

async function start(harness: EngineHarness) {
  const door = await setUpDoor(harness);
  const { database, clock, node } = door;
  const parts = { database, clock, isClockTrusted: () => true, sessions: node.sessions };
  const preview = (changes: readonly ProposedIdentityChange[]) =>
    findIdentityEffects(parts, changes);
  /** Of the platform's rules, which hold for users without an account. */
  const previewOwn = async (section: IdentitySection, value: unknown) =>
    tell(await preview([{ account: null, section, value }]));
  const next = async (email: string) => {
    const { status, json } = await node.open().signIn(`${email}@example.com`, RIGHT);
    return status === 200 ? json.next : status;
  };
  return { ...door, ...factorsOf(door), preview, previewOwn, next };
}

function tell(effects: readonly PreviewEffect[]) {
  return effects.map(({ code, account, count, users }) => {
    const names = users.names.map(({ email }) => email.split("@")[0]);
    return [code, account, count, users.count, ...names];
  });
}

describeEachEngine("a preview of rules of sign-ins", (harness) => {
  it("names those whose password expires, who stay away or guessed too often", async () => {
    const { addUser, previewOwn, setRules, next, clock, node } = await start(harness);
    await addUser("old@example.com");
    await addUser("away@example.com");
    clock.advance(95 * DAY_MS);
    await addUser("guessed@example.com");
    await addUser("new@example.com");
    for (const email of ["old@example.com", "new@example.com"]) {
      expect((await node.open().signIn(email, RIGHT)).json.next).toBe("none");
    }
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await node.open().signIn("guessed@example.com", WRONG);
    }
    const stricter = {
      ...RULES,
      minimumLength: { enabled: true, characters: 10 },
      expiry: { enabled: true, days: 90 },
      dormancy: { enabled: true, months: 3 },
      lockout: { enabled: true, wrongPasswordsMax: 2 },
    };
    expect(await previewOwn("user-authentication", RULES)).toEqual([]);
    expect(await previewOwn("user-authentication", stricter)).toEqual([
      ["users-locked-by-wrong-passwords", null, 1, 1, "guessed"],
      ["users-locked-as-dormant", null, 1, 1, "away"],
      ["users-must-change-password", null, 1, 1, "old"],
      ["sessions-limited", null, 1, 1, "old"],
      ["passwords-not-told", null, 4, 4, "away", "guessed", "new", "old"],
    ]);
    await setRules(stricter);
    expect(await previewOwn("user-authentication", stricter)).toEqual([]);
    const ends = { old: "change-password", away: 401, guessed: 401, new: "none" };
    for (const [name, end] of Object.entries(ends))
      expect([name, await next(name)]).toEqual([name, end]);
    // The attempt past the limit has locked Guessed, and a lock stands whatever the rule is.
    expect(await previewOwn("user-authentication", RULES)).toEqual([
      ["users-no-longer-dormant", null, 1, 1, "away"],
      ["users-keep-password", null, 1, 1, "old"],
      ["sessions-open-again", null, 1, 1, "old"],
    ]);
  });

  it("counts browsers that are not trusted any more, and who sets up a second factor", async () => {
    const { addUser, giveApp, node, setTwoFactor, previewOwn, next } = await start(harness);
    const app = await giveApp(await addUser());
    await addUser("bare@example.com");
    await setTwoFactor(node, { frequency: "14-days-skip" });
    const browser = await halfSignedIn(node);
    expect((await browser.sendCode(app.freshCode(), { body: { trustBrowser: true } })).status).toBe(
      200,
    );
    const value = { frequency: "every-login", required: { enabled: true } } as const;
    expect(await previewOwn("two-factor", value)).toEqual([
      ["users-set-up-second-factor", null, 1, 1, "bare"],
      ["users-asked-second-factor", null, 1, 1, "ada"],
      ["browsers-distrusted", null, 1, 1, "ada"],
    ]);
    const trusted = async () => (await browser.signIn("ada@example.com", RIGHT)).json.next;
    expect([await trusted(), await next("bare")]).toEqual(["none", "none"]);
    await setTwoFactor(node, value);
    expect([await trusted(), await next("bare")]).toEqual([
      "second-factor",
      "set-up-second-factor",
    ]);
  });

  it("counts the sessions that end, by an activity that is not written yet too", async () => {
    const { addUser, node, clock, previewOwn } = await start(harness);
    await addUser();
    await addUser("grace@example.com");
    const [idle, active] = [node.open(), node.open()];
    await idle.signIn("ada@example.com", RIGHT);
    await active.signIn("grace@example.com", RIGHT);
    clock.advance(20 * MINUTE_MS);
    const cookie = [...active.cookies].find(([name]) => name.includes("session"));
    await node.sessions.check(cookie?.[1] ?? "", { nowMs: clock.nowMs(), isActivity: true });
    expect(await previewOwn("log-out", { enabled: true, minutes: 15 })).toEqual([
      ["sessions-end", null, 1, 1, "ada"],
    ]);
    expect(await previewOwn("log-out", { enabled: true, minutes: 30 })).toEqual([]);
  });

  it("is of the owners' own users, and refuses what saving refuses", async () => {
    const { addUser, preview, node } = await start(harness);
    const accounts = new Map<string, { readonly id: string; readonly code: string }>();
    for (const code of ["acme", "beta"]) {
      const added = await node.accounts.addAccount({ code, name: code, createdBy: "test" });
      if (added.ok) accounts.set(code, added.account);
    }
    const memberships = (...codes: readonly string[]) =>
      codes.map((account) => ({ account, role: "agent" as const }));
    const none = { password: null };
    await addUser("own@example.com", { memberships: memberships("acme", "beta") });
    await addUser("other@example.com", { memberships: memberships("beta", "acme") });
    await addUser("root@example.com", { isOperator: true, memberships: memberships("acme") });
    await addUser("invited@example.com", { ...none, memberships: memberships("acme") });
    for (let number = 10; number < 22; number += 1) {
      await addUser(`u${number}@example.com`, { memberships: memberships("acme") });
    }
    const required = { frequency: "every-login", required: { enabled: true } };
    const length = { ...RULES, minimumLength: { enabled: true, characters: 12 } };
    const of = (code: string, section: IdentitySection, value: unknown) => {
      return { account: accounts.get(code) ?? null, section, value };
    };
    const ten = ["own", ...Array.from({ length: 9 }, (_, index) => `u${10 + index}`)];
    expect(tell(await preview([of("acme", "two-factor", required)]))).toEqual([
      ["users-set-up-second-factor", "acme", 13, 13, ...ten],
    ]);
    const several = [
      of("beta", "two-factor", required),
      of("platform", "two-factor", required),
      of("beta", "user-authentication", length),
    ];
    expect(tell(await preview(several))).toEqual([
      ["users-set-up-second-factor", "beta", 1, 1, "other"],
      ["passwords-not-told", "beta", 1, 1, "other"],
      ["users-set-up-second-factor", null, 1, 1, "root"],
    ]);
    const refused = preview([of("acme", "log-out", { enabled: true, minutes: 1 })]);
    await expect(refused).rejects.toMatchObject({ code: "policy-refused", status: 400 });
    expect(await preview([])).toEqual([]);
  });
});
