// Reads failed authentications from Asterisk's messages and security log.

import { between, failedAttempt } from "./log-line.ts";
import type { ReadLine } from "./log-line.ts";
import { readSecurityEvent } from "./asterisk-security-event.ts";

/**
 * Asterisk cuts a message at its buffer (1,024 bytes at the least, 8,192 with glibc), so that a
 * long user name could push the true address off the end. Lines of strangers' making are shorter:
 * From and Call-ID are logged with 256 characters at most.
 */
const LINE_CHARACTERS_MAX = 1_000;

/**
 * Time, level, thread, source file: nothing here is a stranger's. A message that merely quotes
 * another one (a dialplan's NoOp of a caller's name, say) does not begin like that. Every part is
 * bounded and starts with what the one before cannot hold.
 */
const PREFIX = new RegExp(
  "^(?:[A-Z][a-z]{2} {1,2}\\d{1,2} [\\d:]{8} [\\w.-]{1,255} asterisk\\[\\d{1,10}\\]: )?" +
    "(?:\\[[\\w :.+-]{1,40}\\] )?" +
    "(?:NOTICE|SECURITY) ?\\[\\d{1,10}\\](?:\\[C-[0-9a-f]{1,16}\\])?:? " +
    "([\\w/]{1,64}\\.c)(?::\\d{1,6})?(?: in)?(?: \\w{1,64})?: ",
);

type MessageReader = (message: string) => ReadLine;

const READERS: Readonly<Record<string, readonly MessageReader[]>> = {
  "chan_sip.c": [readRegistration],
  "res_pjsip/pjsip_distributor.c": [readPjsipRequest],
  "chan_iax2.c": [readIaxHost, readIaxPeer],
  "manager.c": [readManagerLogin],
  "res_security_log.c": [readSecurityEvent],
};

/** Ends of a chan_sip registration's line (chan_sip.c, handle_request_register). */
const REGISTRATION_FAULTS = [
  "Wrong password",
  "Username/auth name mismatch",
  "No matching peer found",
  "Not a local domain",
  "Device does not match ACL",
  "Peer is not supposed to register",
  "ACL error (permit/deny)",
] as const;

export function readAsteriskLine(line: string): ReadLine {
  if (line.length > LINE_CHARACTERS_MAX) return null;
  const prefix = PREFIX.exec(line);
  if (prefix === null) return null;
  const message = line.slice(prefix[0].length);
  for (const read of READERS[prefix[1]!] ?? []) {
    const answer = read(message);
    if (answer !== null) return answer;
  }
  return null;
}

/** `Registration from '…' failed for '1.2.3.4:5060' - Wrong password`: the end is ours. */
function readRegistration(message: string): ReadLine {
  const fault = REGISTRATION_FAULTS.find((text) => message.endsWith(`' - ${text}`));
  if (fault === undefined) return null;
  const inner = between(message, "Registration from '", `' - ${fault}`);
  if (inner === null) return null;
  const at = inner.lastIndexOf("' failed for '");
  if (at === -1) return null;
  return failedAttempt(inner.slice(at + "' failed for '".length), sipUser(inner.slice(0, at)));
}

/** res_pjsip/pjsip_distributor.c, log_failed_request. */
const PJSIP_REQUEST = /^Request (?:'[A-Z]{1,32}' )?from '/;
const PJSIP_FAULT = new RegExp(
  "\\) - (?:No matching endpoint found|Not match Endpoint (?:Contact )?ACL|" +
    "(?:Failed|Error) to authenticate)(?: after \\d{1,10} tries in [\\d.]{1,20} ms)?$",
);

/**
 * `Request 'REGISTER' from '…' failed for '1.2.3.4:5060' (callid: …) - Failed to authenticate`.
 * A stranger wrote what stands before the address and what stands after it, so a line that could
 * be read in two ways is not read at all.
 */
function readPjsipRequest(message: string): ReadLine {
  const start = PJSIP_REQUEST.exec(message);
  const end = PJSIP_FAULT.exec(message.slice(-120));
  if (start === null || end === null) return null;
  const failed = "' failed for '";
  const at = message.indexOf(failed);
  if (at === -1) return null;
  if (message.includes(failed, at + 1)) return UNCLEAR;
  const rest = message.slice(at + failed.length);
  const quote = rest.indexOf("'");
  if (quote === -1 || !rest.startsWith("' (callid: ", quote)) return null;
  return failedAttempt(rest.slice(0, quote), sipUser(message.slice(start[0].length, at)));
}

const UNCLEAR: ReadLine = {
  kind: "unclear",
  why: "Asterisk wrote a caller's own words where two addresses could be meant",
};

/** `Host 1.2.3.4 failed to authenticate as 'x'`, `… failed MD5 authentication for 'x' (…)`. */
function readIaxHost(message: string): ReadLine {
  if (!message.startsWith("Host ")) return null;
  const end = message.indexOf(" ", 5);
  if (end === -1) return null;
  const rest = message.slice(end);
  const user =
    between(rest, " failed to authenticate as '", "'") ??
    (rest.startsWith(" failed MD5 authentication for '") ? "" : null);
  return user === null ? null : failedAttempt(message.slice(5, end), user);
}

/** `No registration for peer 'x' (from 1.2.3.4)`. */
function readIaxPeer(message: string): ReadLine {
  const inner = between(message, "No registration for peer '", ")");
  const at = inner?.lastIndexOf("' (from ") ?? -1;
  if (inner === null || at === -1) return null;
  return failedAttempt(inner.slice(at + "' (from ".length), inner.slice(0, at));
}

/** `1.2.3.4 failed to authenticate as 'x'`, `… tried to authenticate with nonexistent …`. */
function readManagerLogin(message: string): ReadLine {
  const end = message.indexOf(" ");
  if (end === -1) return null;
  const rest = message.slice(end);
  const user =
    between(rest, " failed to authenticate as '", "'") ??
    between(rest, " tried to authenticate with nonexistent user '", "'");
  return user === null ? null : failedAttempt(message.slice(0, end), user);
}

/** The part before `@` of a From header's SIP address; for people to read, never to decide by. */
function sipUser(from: string): string | null {
  const start = from.lastIndexOf("sip:");
  if (start === -1) return null;
  const end = from.indexOf("@", start);
  return end === -1 ? null : from.slice(start + 4, end);
}
