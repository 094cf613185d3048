// Checks a proposed policy of who may hear recordings, and writes its whitelist canonically.
import { AudioPolicySchema } from "../../../api/audio-download-api.ts";
import type { AudioPolicyValue } from "../../../api/audio-download-api.ts";
import { needsWhitelist, WHITELIST_ENTRIES_MAX } from "../../../core/recordings/audio-policy.ts";
import type { AudioPolicy } from "../../../core/recordings/audio-policy.ts";
import { readWhitelist } from "../../../core/recordings/compile-whitelist.ts";
import type { WhitelistFault } from "../../../core/recordings/compile-whitelist.ts";
import { createSchemaCheck } from "../../../platform/http/schema-compiler.ts";
import type { Problem } from "../../../platform/problem/problem.ts";
import { audioPolicyProblem } from "./audio-policy-problem.ts";

export type CheckedAudioPolicy = {
  readonly policy: AudioPolicy;
  /** Its entries that hold more addresses than an IPv4 /8 or an IPv6 /16. */
  readonly veryWide: readonly string[];
};

const PATH = "/value/whitelist";
const TOLD_MAX = 3;

const checkSchema = createSchemaCheck(AudioPolicySchema, "The rule");

/** Of what no route has checked. Throws `policy-refused`, with what would be accepted. */
export function checkSentAudioPolicy(sent: unknown): CheckedAudioPolicy {
  const checked = checkSchema(sent);
  if (checked.ok) return checkAudioPolicy(checked.value);
  const faults = (checked.problem.extra.errors ?? []).filter((error) => "path" in error);
  throw audioPolicyProblem("policy-refused", {
    detail: checked.problem.detail,
    errors: faults.map(({ path, message }) => ({ path: `/value${path}`, message })),
  });
}

/** For saving and for the preview alike. Throws `policy-refused`, with each line that is bad. */
export function checkAudioPolicy(sent: AudioPolicyValue): CheckedAudioPolicy {
  const reading = readWhitelist(sent.whitelist);
  if (!reading.ok) throw refuseLines(reading.faults);
  const { entries, veryWide } = reading;
  if (entries.length > WHITELIST_ENTRIES_MAX) {
    throw refuseWhitelist(
      `The whitelist has ${entries.length} entries; at most ${WHITELIST_ENTRIES_MAX} are kept. ` +
        "Blocks and first-last ranges hold many addresses each.",
    );
  }
  if (entries.length === 0 && needsWhitelist(sent.mode)) {
    throw refuseWhitelist(
      "Nobody could hear a recording: this access mode needs at least one address, CIDR block " +
        "or first-last range on the whitelist.",
    );
  }
  const { mode, onlyShareable } = sent;
  return { policy: { mode, whitelist: entries, onlyShareable }, veryWide };
}

/** Throws `range-very-wide` (409): whoever saves such entries is asked again. */
export function assertWideMeant(veryWide: readonly string[], isConfirmed: boolean): void {
  if (veryWide.length === 0 || isConfirmed) return;
  throw audioPolicyProblem("range-very-wide", {
    detail:
      `${listFirst(veryWide)} ${veryWide.length === 1 ? "holds" : "hold"} very many addresses; ` +
      "send confirmWide: true to save it.",
    members: { veryWide: veryWide.slice(0, WHITELIST_ENTRIES_MAX) },
  });
}

function refuseLines(faults: readonly WhitelistFault[]): Problem {
  const told = faults.slice(0, TOLD_MAX).map(({ line, message }) => `Line ${line}: ${message}`);
  const more = faults.length - told.length;
  return audioPolicyProblem("policy-refused", {
    detail: more === 0 ? told.join(" ") : `${told.join(" ")} And ${more} more.`,
    errors: faults.map(({ line, message }) => ({ path: PATH, line, message })),
  });
}

function refuseWhitelist(message: string): Problem {
  return audioPolicyProblem("policy-refused", {
    detail: message,
    errors: [{ path: PATH, message }],
  });
}

function listFirst(entries: readonly string[]): string {
  const more = entries.length - TOLD_MAX;
  const first = entries.slice(0, TOLD_MAX).join(", ");
  return more > 0 ? `${first} and ${more} more` : first;
}
