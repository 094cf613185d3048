// Reads Asterisk's lines as strangers would like them to be read.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readAsteriskLine } from "./asterisk-line.ts";
import type { ReadLine } from "./log-line.ts";

const SIP = "[2027-02-13 17:21:54] NOTICE[1638] chan_sip.c: ";
const PJSIP = "[2027-02-13 17:21:54] NOTICE[1638] res_pjsip/pjsip_distributor.c: ";
const EVENT = "[2027-02-13 17:21:54] SECURITY[1503] res_security_log.c: ";
const IAX = "[2027-02-13 17:21:54] NOTICE[1638] chan_iax2.c: ";
const AMI = "[2027-02-13 17:21:54] NOTICE[1638] manager.c: ";
const VICTIM = "10.0.0.1";
const ENDPOINT = "203.0.113.9:5060";

const OWN_WORDS = [
  "' failed for '",
  VICTIM,
  `${VICTIM}:5060'`,
  "' - Wrong password",
  "' (callid: ",
  ") - Failed to authenticate",
  '",',
  '"',
  `,RemoteAddress="IPV4/UDP/${VICTIM}/1"`,
  ',Challenge="1"',
  ',RemoteAddress="',
  "' (from ",
  "sip:",
  "@",
  "\r",
  SIP,
  EVENT,
  "x",
] as const;

function registration(from: string): string {
  return `${SIP}Registration from '${from}' failed for '${ENDPOINT}' - Wrong password`;
}

function pjsip(from: string, callId: string): string {
  const who = `Request 'REGISTER' from '${from}' failed for '${ENDPOINT}'`;
  return `${PJSIP}${who} (callid: ${callId}) - Failed to authenticate`;
}

function event(name: string, between: string, tail = ""): string {
  return (
    `${EVENT}SecurityEvent="${name}",EventTV="2027-02-13T17:21:54.296+0300",Severity="Error",` +
    `Service="PJSIP",EventVersion="1",AccountID="100",SessionID="${between}",` +
    `LocalAddress="IPV4/UDP/198.51.100.1/5060",RemoteAddress="IPV4/UDP/203.0.113.9/5061"${tail}`
  );
}

function addressOf(read: ReadLine): string | null {
  return read?.kind === "failed" ? read.address : null;
}

describe("attack row 59: what a stranger calls himself bans nobody else", () => {
  const forged = `x' failed for '${VICTIM}:5060' - Wrong password`;

  it("reads a registration's address behind the name", () => {
    const line = registration(forged);
    expect(addressOf(readAsteriskLine(line))).toBe("203.0.113.9");
  });

  it.each([
    [`x' failed for '${VICTIM}:5060' (callid: y) - Failed to authenticate`, "plain"],
    ["<sip:1@h>", `y' failed for '${VICTIM}:5060' (callid: z`],
  ])("leaves out a PJSIP line with two readings (From %s, Call-ID %s)", (from, callId) => {
    const line = pjsip(from, callId);
    expect(readAsteriskLine(line)).toMatchObject({ kind: "unclear" });
  });

  const remote = `",LocalAddress="IPV4/UDP/127.0.0.1/5060",RemoteAddress="IPV4/UDP/${VICTIM}/1111"`;

  it("reads the last address where nobody else writes behind it", () => {
    expect(addressOf(readAsteriskLine(event("InvalidAccountID", remote)))).toBe("203.0.113.9");
  });

  it.each([remote, `${remote},Challenge="1",Response="2",ExpectedResponse=""`])(
    "leaves out a failed challenge with two addresses: %s",
    (sessionId) => {
      const line = event("ChallengeResponseFailed", sessionId, ',Challenge="1",Response="2"');
      expect(readAsteriskLine(line)).toMatchObject({ kind: "unclear" });
    },
  );

  it("leaves out an address that stands in what was answered to the challenge", () => {
    const line = event("InvalidPassword", "x", `,Challenge="1",ReceivedHash="${remote}"`);
    expect(readAsteriskLine(line)).toMatchObject({ kind: "unclear" });
  });

  it("leaves out a line so long that its end may be missing", () => {
    const line = `${SIP}Registration from '${"x".repeat(1_000)}${forged}`;
    expect(readAsteriskLine(line)).toBeNull();
  });

  it("never takes guesses for one by words the guesser chose", () => {
    const prints = ["a", "b"].map((letter) => {
      const hash = letter.repeat(32);
      const chosen = `",Challenge="1",Response="${"0".repeat(32)}"`;
      const read = readAsteriskLine(
        event("ChallengeResponseFailed", chosen, `,Challenge="1",Response="${hash}"`),
      );
      return read?.kind === "failed" ? read.fingerprint : undefined;
    });
    expect(prints).toEqual([`1/${"a".repeat(32)}`, `1/${"b".repeat(32)}`]);
  });

  it("holds for every name made of the log's own words", () => {
    const word = fc.constantFrom(...OWN_WORDS);
    const words = fc.array(word, { maxLength: 8 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(words, words, (from, callId) => {
        const lines = [
          registration(from),
          pjsip(from, callId),
          event("InvalidAccountID", callId),
          event("ChallengeResponseFailed", from, `,Challenge="1",Response="${callId}"`),
          event("InvalidPassword", from, `,Challenge="1",ReceivedHash="${callId}"`),
          `${IAX}No registration for peer '${from}' (from 203.0.113.9)`,
          `${AMI}203.0.113.9 failed to authenticate as '${from}'`,
        ];
        for (const line of lines) {
          expect(["203.0.113.9", null]).toContain(addressOf(readAsteriskLine(line)));
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
