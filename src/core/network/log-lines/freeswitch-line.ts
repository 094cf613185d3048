// Reads failed authentications from FreeSWITCH's log (a profile with log-auth-failures on).

import { between, failedAttempt } from "./log-line.ts";
import type { ReadLine } from "./log-line.ts";

/** Longer ones than FreeSWITCH's own names make may have been cut at the end. */
const LINE_CHARACTERS_MAX = 1_000;

/**
 * Time, idle share, level and source: nothing here is a stranger's. It begins at the line's first
 * character, as what a caller sent is written indented where packets are traced.
 */
const PREFIX = new RegExp(
  // journald or syslog, then the channel's id: each may be there.
  "^(?:[\\w:.+ -]{1,60} [\\w.-]{1,255} freeswitch\\[\\d{1,10}\\]: )?" +
    "(?:[0-9a-f]{8}-[0-9a-f-]{27} )?" +
    "(?:\\d{4}-)?\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}\\.\\d{1,9} (?:\\d{1,3}\\.\\d{1,3}% )?" +
    "\\[([A-Z]{4,7})\\] (?:\\[SOFIA\\] )?\\[?(\\w{1,40}\\.c):\\d{1,6}\\]? ",
);

const FAILURE = /^SIP auth failure \((?:REGISTER|INVITE)\) on sofia profile '/;

/**
 * A challenge is no offence: that is how every telephone's registration begins. The address is
 * read at the line's end, behind whatever a stranger called himself.
 */
export function readFreeswitchLine(line: string): ReadLine {
  if (line.length > LINE_CHARACTERS_MAX) return null;
  const prefix = PREFIX.exec(line);
  if (prefix === null) return null;
  if (prefix[1] === "DEBUG") return UNSAFE;
  if (prefix[2] !== "sofia_reg.c") return null;
  const message = line.slice(prefix[0].length);
  if (FAILURE.test(message)) return readAfter(message, "' for [", "] from ip ");
  return message.startsWith("Can't find user [") ? readAfter(message, "user [", "] from ") : null;
}

function readAfter(message: string, before: string, after: string): ReadLine {
  const at = message.lastIndexOf(after);
  const start = message.indexOf(before);
  if (at === -1 || start === -1) return null;
  const name = between(`${message.slice(start, at)}]`, before, "]");
  const user = name?.slice(0, name.lastIndexOf("@")) ?? null;
  return failedAttempt(message.slice(at + after.length), user);
}

const UNSAFE: ReadLine = {
  kind: "unclear",
  why:
    "FreeSWITCH writes what callers sent into [DEBUG] lines, where it can look like any other" +
    " line: follow a log file without that level",
};
