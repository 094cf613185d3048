// Holds the words of every kind of mail, and that nothing in them can become HTML.
import { describe, expect, it } from "vitest";
import { FACTOR_CHANGES } from "../../../core/identity/factor-change.ts";
import { CONNECTION_CHANGES } from "../../../core/identity/single-sign-on/connection-change.ts";
import { EMAIL_CODE_PURPOSES } from "../../../core/identity/second-factor.ts";
import type { EmailCodePurpose } from "../../../core/identity/second-factor.ts";
import { toHtml, toText } from "./letter.ts";
import type { MailContent, MailPlace } from "./mail-content.ts";
import { writeLetter } from "./write-letter.ts";
import type { LetterParts } from "./write-letter.ts";

const AT_MS = Date.UTC(2027, 2, 14, 9, 5);

const PLACE: MailPlace = {
  address: "203.0.113.9",
  country: "DE",
  userAgent: "Mozilla/5.0 (Windows NT 10.0; rv:150.0) Gecko/20100101 Firefox/150.0",
};

const PARTS: LetterParts = {
  portalName: "Example Portal",
  publicUrl: "https://portal.example.com",
  link: {
    url: "https://portal.example.com/postern/reset-password#token=abc",
    expiresAtMs: AT_MS + 1_800_000,
  },
  code: { digits: "049152", expiresAtMs: AT_MS + 600_000 },
};

const CONNECTION_MAILS: readonly MailContent[] = [
  ...CONNECTION_CHANGES.map((change) => ({
    kind: "connection-changed" as const,
    data: {
      changedAtMs: AT_MS,
      change,
      providerName: "Google",
      accountShown: "ada@example.org",
      changedBy: null,
      place: PLACE,
    },
  })),
  { kind: "password-removed", data: { changedAtMs: AT_MS, place: PLACE } },
];

const FACTOR_MAILS: readonly MailContent[] = [
  ...EMAIL_CODE_PURPOSES.map((purpose) => codeMail(purpose)),
  ...FACTOR_CHANGES.map((change) => ({
    kind: "second-factor-changed" as const,
    data: { changedAtMs: AT_MS, change, changedBy: null, place: PLACE },
  })),
  { kind: "second-factor-locked", data: { lockedAtMs: AT_MS, place: PLACE } },
];

function codeMail(purpose: EmailCodePurpose): MailContent {
  const data = { purpose, sessionId: "session", askedAtMs: AT_MS, place: PLACE };
  return { kind: "second-factor-code", data };
}

const RESET: MailContent = { kind: "password-reset", data: { askedAtMs: AT_MS, place: PLACE } };

const ALL: readonly MailContent[] = [
  RESET,
  { kind: "invitation", data: { invitedBy: "grace@example.com", accountName: "Acme Ltd" } },
  { kind: "password-changed", data: { changedAtMs: AT_MS, how: "reset", place: PLACE } },
  { kind: "lockout", data: { lockedAtMs: AT_MS, place: PLACE } },
  { kind: "test", data: { askedBy: "host shell" } },
  { kind: "email-changed", data: { changedAtMs: AT_MS, changedBy: "grace@example.com" } },
  ...FACTOR_MAILS,
  ...CONNECTION_MAILS,
  {
    kind: "missed-call",
    data: {
      number: "+61255501234",
      label: "Sales",
      caller: "+61491570156",
      recordedAtMs: AT_MS,
      durationMs: 42_300,
      url: "https://portal.example.com/postern/recordings/3kqYV0bBv2wJ9n4hXr8ZsQ",
    },
  },
];

/** They ask for nothing, or for a code to be typed: there is nothing to press. */
const NOTICES: ReadonlySet<string> = new Set([
  "test",
  "password-changed",
  "email-changed",
  "second-factor-code",
  "second-factor-changed",
  "connection-changed",
  "password-removed",
]);

function textOf(content: MailContent, parts = PARTS): string {
  const letter = writeLetter(content, parts);
  return `${letter.subject}\n\n${toText(letter)}`;
}

describe("the text", () => {
  it("of a reset", () => {
    expect(textOf(RESET)).toBe(`Choose a new password for Example Portal

Somebody asked for a new password for this e-mail address at Example Portal.

The link works once, until 14 March 2027, 09:35 UTC. A newer link takes its place.

Choose a new password:
https://portal.example.com/postern/reset-password#token=abc

Asked: 14 March 2027, 09:05 UTC
From: 203.0.113.9 (Germany)
With: Firefox on Windows

Was it not you? Then there is nothing to do: the password stays as it is, and without this mail \
nobody can change it. If such mails keep coming, tell the people who run Example Portal.

-- 
Example Portal · https://portal.example.com
`);
  });

  it("of an invitation", () => {
    const link = { ...PARTS.link!, expiresAtMs: AT_MS + 7 * 86_400_000 };
    expect(textOf(ALL[1]!, { ...PARTS, link })).toBe(`Your invitation to Example Portal

grace@example.com has invited you to Example Portal as a user of Acme Ltd. Choose a password, and \
you can sign in with this e-mail address.

The link works once, until 21 March 2027, 09:05 UTC. A newer link takes its place.

Choose a password:
https://portal.example.com/postern/reset-password#token=abc

If you expected no invitation, you can delete this mail. Nobody can sign in with your address \
until a password is chosen by this link.

-- 
Example Portal · https://portal.example.com
`);
  });

  it("of an invitation by nobody in particular", () => {
    const content = { kind: "invitation", data: { invitedBy: null, accountName: null } } as const;
    expect(textOf(content)).toContain("You are invited to Example Portal. Choose a password,");
  });

  it.each([
    ["reset", "was changed with a link that was mailed to this address."],
    ["change", "was changed by somebody who was signed in and knew the password before."],
    [
      "administrator",
      "was changed by an administrator; the next sign-in asks for one of your own.",
    ],
  ] as const)("of a password changed by %s", (how, words) => {
    const data = { changedAtMs: AT_MS, how, place: null };
    expect(textOf({ kind: "password-changed", data })).toBe(`Your password for Example Portal was \
changed

The password of this e-mail address at Example Portal ${words}

Everybody who was signed in with it elsewhere has been signed out.

Changed: 14 March 2027, 09:05 UTC

Was it you? Then there is nothing to do.

Was it not you? Then choose a new password at once at \
https://portal.example.com/postern/forgotten-password and tell the people who run Example Portal.

-- 
Example Portal · https://portal.example.com
`);
  });

  it("of a lockout", () => {
    expect(textOf(ALL[3]!)).toBe(`Your sign-in at Example Portal is locked

A wrong password was given too many times for this e-mail address at Example Portal. Its sign-in \
is locked, so that nobody can go on guessing. Nobody got in.

Choose a new password, which opens it again:
https://portal.example.com/postern/forgotten-password

Locked: 14 March 2027, 09:05 UTC
From: 203.0.113.9 (Germany)
With: Firefox on Windows

Was it not you? Then somebody tried to guess your password and was stopped. A long password that \
you use nowhere else keeps it that way.

-- 
Example Portal · https://portal.example.com
`);
  });

  it.each([
    ["grace@example.com", "grace@example.com"],
    [null, "the platform's host"],
  ])("of an e-mail address changed by %s", (changedBy, by) => {
    const content = { kind: "email-changed", data: { changedAtMs: AT_MS, changedBy } } as const;
    expect(textOf(content)).toBe(`Your e-mail address for Example Portal was changed

You signed in at Example Portal with this e-mail address. Another one has taken its place: links \
to choose a password go there from now on, and this address signs in nobody any more.

Changed: 14 March 2027, 09:05 UTC
By: ${by}

Did you know of it? Then there is nothing to do.

Did you not? Then somebody may be about to take over your sign-in: tell the people who run \
Example Portal at once. They can put your address back and end all sessions.

-- 
Example Portal · https://portal.example.com
`);
  });

  it("of a test", () => {
    expect(textOf(ALL[4]!)).toBe(`Test mail of Example Portal

This mail shows that Example Portal can send mails. It was asked for by host shell.

There is nothing to do.

-- 
Example Portal · https://portal.example.com
`);
  });

  it.each([
    [{ ...PLACE, country: "unknown", userAgent: "" }, "From: 203.0.113.9\n\n"],
    [{ ...PLACE, country: "private", address: "10.0.0.7" }, "From: 10.0.0.7 (a private network)\n"],
    [null, "An administrator asked for a new password"],
  ])("tells of a place only what is known: %j", (place, words) => {
    expect(textOf({ ...RESET, data: { askedAtMs: AT_MS, place } })).toContain(words);
  });
});

describe("the HTML", () => {
  it.each(ALL)("of $kind says the same as the text", (content) => {
    const letter = writeLetter(content, PARTS);
    const words = toHtml(letter)
      .replace(/<head>.*?<\/head>/s, "")
      .replaceAll(/<[^>]+>/g, " ")
      .replaceAll(/\s+/g, " ");
    for (const line of toText(letter).split("\n")) {
      for (const part of line.replace(/^-- $|:$/, "").split(": ")) expect(words).toContain(part);
    }
  });

  it.each(ALL)("of $kind asks nobody for anything when it is opened", (content) => {
    const html = toHtml(writeLetter(content, PARTS));
    expect(html).not.toMatch(/<(?:img|script|link|style|iframe|form|object|base)\b|url\(|src=/i);
    const targets = [...html.matchAll(/href="([^"]*)"/g)].map((match) => match[1]);
    for (const target of targets)
      expect(target).toMatch(/^https:\/\/portal\.example\.com\/postern\//);
    const isNotice = NOTICES.has(content.kind);
    expect(targets).toHaveLength(isNotice ? 0 : 1);
  });

  it("shows what people chose as text", () => {
    const evil = `<img src=x onerror="alert('1')">&amp;`;
    const parts = { ...PARTS, portalName: evil };
    for (const content of ALL) {
      const html = toHtml(writeLetter(content, parts));
      expect(html).not.toContain("<img");
      expect(html).toContain("&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;");
    }
    const account = { invitedBy: evil, accountName: evil };
    expect(toHtml(writeLetter({ kind: "invitation", data: account }, PARTS))).not.toContain("<img");
  });

  it("never repeats a stranger's user agent", () => {
    const userAgent = "You won! https://evil.example.com/ <b>Firefox</b>";
    const content = { ...RESET, data: { askedAtMs: AT_MS, place: { ...PLACE, userAgent } } };
    const letter = writeLetter(content, PARTS);
    expect(toText(letter) + toHtml(letter)).not.toMatch(/evil|won|<b>/);
  });
});

it("refuses to write a mail for a link without one", () => {
  expect(() => writeLetter(RESET, { ...PARTS, link: null })).toThrow("has a link");
});
