// Finds what a change opens and whom it shuts out, by the function that decides.
import { parseAddress } from "../../../core/network/address.ts";
import { rangeCovers } from "../../../core/network/address-range.ts";
import { parseRule } from "../../../core/network/address-rule.ts";
import type { AudioPolicy } from "../../../core/recordings/audio-policy.ts";
import { decideRecording } from "../../../core/recordings/decide-recording.ts";
import type { Listener } from "../../../core/recordings/decide-recording.ts";

type Case = {
  readonly listener: Listener;
  readonly isWhitelisted: boolean;
  readonly isNumberShareable: boolean;
};

const NOBODY: Listener = { kind: "nobody" };
const MANAGER: Listener = { kind: "user", role: "admin", hasGrant: false };
const GRANTED: Listener = { kind: "user", role: "agent", hasGrant: true };

function mayHear({ mode, onlyShareable }: AudioPolicy, given: Case): boolean {
  const { listener, isWhitelisted, isNumberShareable } = given;
  const recording = { isNumberShareable };
  const facts = { recording, mode, onlyShareable, isWhitelisted, listener };
  return decideRecording(facts).verdict === "play";
}

/** Sentences on who may hear more than before, whatever the whitelist holds; none: nobody may. */
export function describeOpened(from: AudioPolicy, to: AudioPolicy): readonly string[] {
  if (to.mode === "no-restrictions") {
    const isNew = from.mode !== "no-restrictions";
    return isNew ? ["Anyone who has a link can listen, from anywhere, without signing in."] : [];
  }
  const opens = (given: Case) => mayHear(to, given) && !mayHear(from, given);
  const sentences: string[] = [];
  const atOffice = { listener: NOBODY, isWhitelisted: true };
  if (opens({ ...atOffice, isNumberShareable: false })) {
    sentences.push("Whoever is at an address of the whitelist can listen without signing in.");
  } else if (opens({ ...atOffice, isNumberShareable: true })) {
    sentences.push(
      "Whoever is at an address of the whitelist can listen to numbers that are marked shareable " +
        "without signing in.",
    );
  }
  if (opens({ listener: GRANTED, isWhitelisted: false, isNumberShareable: false })) {
    sentences.push("Users who are signed in can listen from any address.");
  }
  return sentences;
}

/**
 * Whether a manager at this address may listen now and could not any more. Their grants do not
 * matter: admins and operators have every number of the account.
 * @param address null or odd text: not known, so nothing is said
 */
export function shutsOutManager(from: AudioPolicy, to: AudioPolicy, address: string): boolean {
  if (parseAddress(address) === null) return false;
  const hears = (policy: AudioPolicy) =>
    mayHear(policy, {
      listener: MANAGER,
      isWhitelisted: isListed(policy.whitelist, address),
      isNumberShareable: false,
    });
  return hears(from) && !hears(to);
}

function isListed(whitelist: readonly string[], addressText: string): boolean {
  const address = parseAddress(addressText);
  if (address === null) return false;
  return whitelist.some((line) => {
    const reading = parseRule(line);
    return reading.ok && rangeCovers(reading.range, address);
  });
}
