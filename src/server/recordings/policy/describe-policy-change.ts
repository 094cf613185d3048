// Says what a change of an account's audio policy changed, for the journal.
import type { AudioPolicy } from "../../../core/recordings/audio-policy.ts";

/** The first few of a list tell what it is about; thousands would be no event. */
const TOLD_MAX = 5;

/** Only what changed: mode and switch by their names, the whitelist by counts and a few entries. */
export function describePolicyChange(
  before: AudioPolicy,
  after: AudioPolicy,
): Readonly<Record<string, string | number | boolean>> {
  return {
    ...describeMember("mode", before.mode, after.mode),
    ...describeMember("onlyShareable", before.onlyShareable, after.onlyShareable),
    ...describeWhitelist(before.whitelist, after.whitelist),
  };
}

function describeMember<Value>(name: string, before: Value, after: Value): Record<string, Value> {
  return before === after ? {} : { [`before.${name}`]: before, [`after.${name}`]: after };
}

function describeWhitelist(
  before: readonly string[],
  after: readonly string[],
): Record<string, string | number> {
  const added = leftOf(after, before);
  const removed = leftOf(before, after);
  if (added.length === 0 && removed.length === 0) return {};
  return {
    "before.whitelistEntries": before.length,
    "after.whitelistEntries": after.length,
    entriesAdded: added.length,
    entriesRemoved: removed.length,
    ...(added.length === 0 ? {} : { firstAdded: added.slice(0, TOLD_MAX).join(", ") }),
    ...(removed.length === 0 ? {} : { firstRemoved: removed.slice(0, TOLD_MAX).join(", ") }),
  };
}

function leftOf(entries: readonly string[], without: readonly string[]): readonly string[] {
  const gone = new Set(without);
  return entries.filter((entry) => !gone.has(entry));
}
