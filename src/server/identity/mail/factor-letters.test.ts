// Holds the words of mails about second factors.
import { describe, expect, it } from "vitest";
import { FACTOR_CHANGES } from "../../../core/identity/factor-change.ts";
import type { FactorChange } from "../../../core/identity/factor-change.ts";
import { EMAIL_CODE_PURPOSES } from "../../../core/identity/second-factor.ts";
import type { EmailCodePurpose } from "../../../core/identity/second-factor.ts";
import { toHtml, toText } from "./letter.ts";
import type { MailContent } from "./mail-content.ts";
import { writeLetter } from "./write-letter.ts";
import type { LetterParts } from "./write-letter.ts";

const AT_MS = Date.UTC(2027, 2, 14, 9, 5);
const CODE = "049152";
const PLACE = {
  address: "203.0.113.9",
  country: "DE",
  userAgent: "Mozilla/5.0 (Windows NT 10.0; rv:150.0) Gecko/20100101 Firefox/150.0",
};
const PARTS: LetterParts = {
  portalName: "Example Portal",
  publicUrl: "https://portal.example.com",
  link: null,
  code: { digits: CODE, expiresAtMs: AT_MS + 600_000 },
};

function letterOf(content: MailContent) {
  const letter = writeLetter(content, PARTS);
  return { letter, text: `${letter.subject}\n\n${toText(letter)}` };
}

function codeMail(purpose: EmailCodePurpose): MailContent {
  const data = { purpose, sessionId: "session", askedAtMs: AT_MS, place: PLACE };
  return { kind: "second-factor-code", data };
}

describe("a code", () => {
  it("to sign in", () => {
    expect(letterOf(codeMail("sign-in")).text).toBe(`Your code to sign in at Example Portal

Somebody signs in at Example Portal with this e-mail address, and gave the right password. To go \
on, type this code where it is asked for:

049152

Asked: 14 March 2027, 09:05 UTC
From: 203.0.113.9 (Germany)
With: Firefox on Windows

The code is good for ten minutes, until 14 March 2027, 09:15 UTC, once, and only in the browser \
that asked for it. A newer code takes its place. Nobody will ever ask you for it by telephone or \
mail.

Was it not you? Then somebody knows your password. Without this code they do not get in: give it \
to nobody, choose a new password at once at \
https://portal.example.com/postern/forgotten-password and tell the people who run Example Portal.

-- 
Example Portal · https://portal.example.com
`);
  });

  it.each([
    ["set-up", "sets up codes by e-mail as the second factor", "somebody is signed in as you"],
    ["proof", "is about to change how you sign in", "may know your password"],
  ] as const)("for %s says what it is for, and what to do", (purpose, forWhat, notYou) => {
    const { text } = letterOf(codeMail(purpose));
    expect(text).toContain(forWhat);
    expect(text).toContain(notYou);
    expect(text).toContain("https://portal.example.com/postern/forgotten-password");
  });

  it.each(EMAIL_CODE_PURPOSES)("for %s stands alone on a line, and in no subject", (purpose) => {
    const { letter } = letterOf(codeMail(purpose));
    expect(letter.subject).not.toContain(CODE);
    const html = toHtml(letter);
    expect(toText(letter).split("\n")).toContain(CODE);
    // Once: in the text, and in the HTML as a paragraph of its own, not in its title.
    expect(toText(letter).split(CODE)).toHaveLength(2);
    expect(html.split(CODE)).toHaveLength(2);
    expect(html).toMatch(new RegExp(`<p style="[^"]*font:bold 32px[^"]*">${CODE}</p>`));
    const words = `${letter.before.join(" ")} ${letter.after.join(" ")}`;
    expect(words).toContain("ten minutes, until 14 March 2027, 09:15 UTC");
    expect(words).toContain("Was it not you?");
  });

  it("is never left out", () => {
    const without = () => writeLetter(codeMail("sign-in"), { ...PARTS, code: null });
    expect(without).toThrow("has a code");
  });
});

describe("a change", () => {
  function changeMail(change: FactorChange, changedBy: string | null = null): MailContent {
    const place = changedBy === null ? PLACE : null;
    return {
      kind: "second-factor-changed",
      data: { changedAtMs: AT_MS, change, changedBy, place },
    };
  }

  it("of an authenticator app", () => {
    const { text } = letterOf(changeMail("app-reset"));
    expect(text).toBe(`Your authenticator app was reset at Example Portal

This is about your sign-in at Example Portal with this e-mail address.

Another authenticator app took the place of the one before, whose codes are good no more. Browsers \
that you trusted are trusted no more.

Changed: 14 March 2027, 09:05 UTC
From: 203.0.113.9 (Germany)
With: Firefox on Windows

Was it you? Then there is nothing to do.

Was it not you? Then somebody may be about to take over your sign-in: choose a new password at \
once at https://portal.example.com/postern/forgotten-password, which signs everybody out, and \
tell the people who run Example Portal. They can reset your two-factor authentication.

-- 
Example Portal · https://portal.example.com
`);
  });

  it("by an administrator names who did it", () => {
    const { text } = letterOf(changeMail("reset-by-administrator", "grace@example.com"));
    expect(text).toContain("Changed: 14 March 2027, 09:05 UTC\nBy: grace@example.com\n");
    expect(text).toContain("Did you ask for it? Then there is nothing to do.");
    expect(text).not.toContain("Was it you?");
  });

  it.each([
    ["app-set-up", "An authenticator app was set up", "ask for its codes"],
    ["app-turned-off", "Your authenticator app was turned off", "trusted no more"],
    ["email-set-up", "Codes by e-mail were set up", "a code that is mailed to you"],
    ["email-reset", "Codes by e-mail were reset", "trusted no more"],
    ["email-turned-off", "Codes by e-mail were turned off", "none are mailed any more"],
    ["passkey-added", "A passkey was added", "also without your password"],
    ["passkey-renamed", "A passkey was renamed", "signs in as before"],
    ["passkey-removed", "A passkey was removed", "signs in nobody any more"],
    ["backup-codes-made", "New backup codes were made", "Those from before are good no more"],
    ["backup-code-used", "A backup code was used", "It is used up"],
    ["reset-by-administrator", "Your two-factor authentication was reset", "are off"],
  ] as const)("%s is told in words", (change, title, words) => {
    const { letter, text } = letterOf(changeMail(change));
    expect(letter.subject).toBe(`${title} at Example Portal`);
    expect(text).toContain(words);
    expect(text, "a person reads it").not.toContain(change);
  });

  it("has a subject of its own for each of them", () => {
    const subjects = FACTOR_CHANGES.map((change) => letterOf(changeMail(change)).letter.subject);
    expect(new Set(subjects).size).toBe(FACTOR_CHANGES.length);
  });
});

it("a lock says for how long, and that somebody knows the password", () => {
  const data = { lockedAtMs: AT_MS, place: PLACE };
  expect(letterOf({ kind: "second-factor-locked", data }).text)
    .toBe(`Codes for your sign-in at Example Portal are locked

Five wrong codes were given for this e-mail address at Example Portal, after the right password. \
The sign-in has ended, and no code is accepted for thirty minutes, so that nobody can go on \
guessing. Nobody got in.

If it was not you, choose a new password:
https://portal.example.com/postern/forgotten-password

Locked: 14 March 2027, 09:05 UTC
From: 203.0.113.9 (Germany)
With: Firefox on Windows

Was it you? Then sign in again in thirty minutes, or ask the people who run Example Portal to \
release you earlier. Codes of an app are right only while the clock of its device is.

Was it not you? Then somebody knows your password, and was stopped by your second factor. Choose a \
new password at once.

-- 
Example Portal · https://portal.example.com
`);
});
