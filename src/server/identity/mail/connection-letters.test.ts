// Holds the words of mails about providers that were connected, and a password that was removed.
import { describe, expect, it } from "vitest";
import { CONNECTION_CHANGES } from "../../../core/identity/single-sign-on/connection-change.ts";
import type { ConnectionChange } from "../../../core/identity/single-sign-on/connection-change.ts";
import { toHtml, toText } from "./letter.ts";
import type { MailContent } from "./mail-content.ts";
import { writeLetter } from "./write-letter.ts";

const AT_MS = Date.UTC(2027, 2, 14, 9, 5);
const PLACE = {
  address: "203.0.113.9",
  country: "DE",
  userAgent: "Mozilla/5.0 (Windows NT 10.0; rv:150.0) Gecko/20100101 Firefox/150.0",
};

function letterOf(content: MailContent) {
  const portal = { portalName: "Example Portal", publicUrl: "https://portal.example.com" };
  const letter = writeLetter(content, { ...portal, link: null, code: null });
  return { letter, text: `${letter.subject}\n\n${toText(letter)}` };
}

type Given = { readonly changedBy?: string; readonly accountShown?: string };

function changeMail(change: ConnectionChange, given: Given = {}): MailContent {
  const { changedBy = null, accountShown = "ada@example.org" } = given;
  const place = changedBy === null ? PLACE : null;
  const data = { changedAtMs: AT_MS, change, providerName: "Google", accountShown };
  return { kind: "connection-changed", data: { ...data, changedBy, place } };
}

describe("a connection", () => {
  it("that was made", () => {
    expect(letterOf(changeMail("connected")).text).toBe(`Google was connected at Example Portal

This is about your sign-in at Example Portal with this e-mail address.

Google was connected in the user settings. Whoever signs in there with the account below is \
signed in here as you, also without your password.

Changed: 14 March 2027, 09:05 UTC
Account: ada@example.org
From: 203.0.113.9 (Germany)
With: Firefox on Windows

Was it you? Then there is nothing to do.

Was it not you? Then somebody may be about to take over your sign-in: choose a new password at \
once at https://portal.example.com/postern/forgotten-password, which signs everybody out, and \
tell the people who run Example Portal. They can disconnect it, as you can under User settings, \
Single sign-on.

-- 
Example Portal · https://portal.example.com
`);
  });

  it("removed by an administrator names who did it, and not from where", () => {
    const content = changeMail("disconnected-by-administrator", { changedBy: "grace@example.com" });
    const { text } = letterOf(content);
    expect(text).toContain("Account: ada@example.org\nBy: grace@example.com\n\n");
    expect(text).toContain("Did you ask for it? Then there is nothing to do.");
    expect(text).not.toContain("Was it you?");
  });

  it.each([
    ["connected", "Google was connected", "also without your password"],
    ["bound", "Google was connected at a sign-in", "for the first time"],
    ["disconnected", "Google was disconnected", "it signs nobody in as you any more"],
    [
      "disconnected-by-administrator",
      "Google was disconnected by an administrator",
      "Your other ways to sign in are as they were",
    ],
  ] as const)("%s is told in words", (change, title, words) => {
    const { letter, text } = letterOf(changeMail(change));
    expect(letter.subject).toBe(`${title} at Example Portal`);
    expect(text).toContain(words);
    const ways = change.startsWith("disconnected") ? "connect it again" : "can disconnect it";
    expect(text).toContain(ways);
  });

  it("has a subject of its own for each change", () => {
    const subjects = CONNECTION_CHANGES.map(
      (change) => letterOf(changeMail(change)).letter.subject,
    );
    expect(new Set(subjects).size).toBe(CONNECTION_CHANGES.length);
  });

  it.each([
    ["ada@example.org", "ada@example.org"],
    ["Ada Lovelace", "Ada Lovelace"],
    ["https://evil.example.com/", "one without a plain name"],
    ["You won: evil.example.com", "one without a plain name"],
    ["a@evil.example.com/x", "one without a plain name"],
    ["ada@example.org\nFrom: 192.0.2.1", "one without a plain name"],
    ["x".repeat(101), "one without a plain name"],
    ["", "one without a plain name"],
  ])("of the account %j shows %j", (accountShown, shown) => {
    const { letter, text } = letterOf(changeMail("connected", { accountShown }));
    expect(text).toContain(`\nAccount: ${shown}\nFrom: 203`);
    expect(text + toHtml(letter)).not.toContain("evil");
  });
});

it("a removed password says what still signs in, and how to get one again", () => {
  const data = { changedAtMs: AT_MS, place: PLACE };
  expect(letterOf({ kind: "password-removed", data }).text)
    .toBe(`Your password for Example Portal was removed

The password of this e-mail address at Example Portal was removed by somebody who was signed in \
and had just proved it once more. Your passkeys and the providers that you are connected with \
sign you in as before.

Everybody who was signed in elsewhere has been signed out.

Removed: 14 March 2027, 09:05 UTC
From: 203.0.113.9 (Germany)
With: Firefox on Windows

Was it you? Then there is nothing to do. You can choose a password again whenever you want one, \
at https://portal.example.com/postern/forgotten-password.

Was it not you? Then somebody may be about to take over your sign-in: choose a new password at \
that address at once, which signs everybody out, and tell the people who run Example Portal.

-- 
Example Portal · https://portal.example.com
`);
});
