// Reads the messages of Asterisk's security log (res_security_log.c).

import { failedAttempt } from "./log-line.ts";
import type { ReadLine } from "./log-line.ts";

/**
 * What follows the address, by event (security_events.c). `ChallengeSent` asks for credentials and
 * is no offence; `SuccessfulAuth` is none either.
 */
const KNOWN_TAILS: Readonly<Record<string, readonly string[]>> = {
  InvalidAccountID: ["Module", "SessionTV"],
  FailedACL: ["ACLName", "Module", "SessionTV"],
};
const STRANGERS_TAILS: ReadonlySet<string> = new Set([
  "InvalidPassword",
  "ChallengeResponseFailed",
]);

const REMOTE = ',RemoteAddress="';
const ENDPOINT = /^IPV([46])\/(?:UDP|TCP|TLS|WS|WSS)\/([0-9A-Fa-f.:[\]]{2,64})\/\d{1,5}$/;
const TAIL_PART = /^,(\w{1,32})="([\w./:+-]{0,100})"/;

/**
 * Asterisk does not escape quotes here, and AccountID and SessionID (the Call-ID) are a stranger's:
 * they can hold a whole `RemoteAddress="…"`. Where only Asterisk writes what follows the address,
 * the last one is the true one. Where a stranger's words follow too, a line with more than one is
 * not read.
 */
export function readSecurityEvent(message: string): ReadLine {
  const name = /^SecurityEvent="(\w{1,40})",/.exec(message)?.[1];
  if (name === undefined) return null;
  const tails = KNOWN_TAILS[name];
  if (tails === undefined && !STRANGERS_TAILS.has(name)) return null;
  const at = message.lastIndexOf(REMOTE);
  if (at === -1) return null;
  const end = message.indexOf('"', at + REMOTE.length);
  if (end === -1) return null;
  if (tails === undefined && message.indexOf(REMOTE) !== at) return UNCLEAR;
  const tail = message.slice(end + 1);
  if (tails !== undefined && !isKnownTail(tail, tails)) return UNCLEAR;
  const endpoint = ENDPOINT.exec(message.slice(at + REMOTE.length, end));
  if (endpoint === null) return null;
  const address = endpoint[2]!.replace(/^\[|\]$/g, "");
  const attempt = tails === undefined ? attemptOf(tail) : null;
  return failedAttempt(address, accountOf(message), attempt);
}

const UNCLEAR: ReadLine = {
  kind: "unclear",
  why: "Asterisk's security log held a caller's own words where two addresses could be meant",
};

function isKnownTail(tail: string, names: readonly string[]): boolean {
  let rest = tail;
  while (rest !== "") {
    const part = TAIL_PART.exec(rest);
    if (part === null || !names.includes(part[1]!)) return false;
    rest = rest.slice(part[0].length);
  }
  return true;
}

/** Directly after the address, where nothing of a stranger's stands before it. */
const ATTEMPT = new RegExp(
  '^,Challenge="([\\w./+=-]{1,90})"(?:,ReceivedChallenge="[\\w./+=-]{0,90}")?,' +
    '(?:ReceivedHash|Response)="([0-9a-f]{32})"',
);

/**
 * The hash that was tried, with the challenge it answers: the same when one packet came twice. One
 * who tries another password sends another hash, so nobody can make guesses count as one.
 */
function attemptOf(tail: string): string | null {
  const attempt = ATTEMPT.exec(tail);
  return attempt === null ? null : `${attempt[1]}/${attempt[2]}`;
}

function accountOf(message: string): string | null {
  const start = message.indexOf(',AccountID="');
  if (start === -1) return null;
  const end = message.indexOf('"', start + ',AccountID="'.length);
  const account = message.slice(start + ',AccountID="'.length, end);
  return account === "<unknown>" ? null : account;
}
