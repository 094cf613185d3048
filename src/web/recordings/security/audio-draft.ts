// Who may hear recordings while it is edited: the whitelist as text, faults line by line.
import { needsWhitelist, WHITELIST_ENTRIES_MAX } from "../../../core/recordings/audio-policy.ts";
import type { AccessMode, AudioPolicy } from "../../../core/recordings/audio-policy.ts";
import { readWhitelist } from "../../../core/recordings/compile-whitelist.ts";
import type { RuleChange } from "../../shell/rule-change.ts";
import { nameOfMode } from "./access-mode-words.ts";

export type AudioDraft = {
  readonly mode: AccessMode;
  /** As typed, an entry a line. */
  readonly whitelistText: string;
  readonly onlyShareable: boolean;
};

export function toAudioDraft({ mode, whitelist, onlyShareable }: AudioPolicy): AudioDraft {
  return { mode, whitelistText: whitelist.join("\n"), onlyShareable };
}

/** The modes in which an address can let somebody in, or keep them out. */
export function usesWhitelist(mode: AccessMode): boolean {
  return needsWhitelist(mode) || mode === "whitelist-or-user";
}

/** The modes in which the whitelist alone opens recordings: there the switch changes something. */
export function opensByWhitelist(mode: AccessMode): boolean {
  return mode === "ip-whitelist" || mode === "whitelist-or-user";
}

/** As the server counts them: every line, from the first. */
export function linesOf(whitelistText: string): readonly string[] {
  return whitelistText.split(/\r?\n/);
}

/** What is wrong with the lines as they stand; `line` null: with all of them. */
export type DraftFault = { readonly line: number | null; readonly message: string };

export function whitelistFaults({ mode, whitelistText }: AudioDraft): readonly DraftFault[] {
  if (!usesWhitelist(mode)) return [];
  const read = readWhitelist(linesOf(whitelistText));
  if (!read.ok) return read.faults;
  if (read.entries.length > WHITELIST_ENTRIES_MAX) {
    const most = WHITELIST_ENTRIES_MAX.toLocaleString("en");
    return [{ line: null, message: `At most ${most} entries; ranges say more with fewer.` }];
  }
  if (read.entries.length > 0 || !needsWhitelist(mode)) return [];
  return [{ line: null, message: "Enter at least one address: without any, nobody could listen." }];
}

/** Lines that are out of sight hold nobody up: where they are not accepted, the saved ones stay. */
export function readAudioDraft(draft: AudioDraft, saved: AudioPolicy): AudioPolicy | null {
  if (whitelistFaults(draft).length > 0) return null;
  const { mode, whitelistText, onlyShareable } = draft;
  const lines = linesOf(whitelistText);
  const isRead = usesWhitelist(mode) || readWhitelist(lines).ok;
  return { mode, whitelist: isRead ? lines : saved.whitelist, onlyShareable };
}

/** Of a whitelist that is accepted: canonical, each once. */
export function entriesOf(whitelist: readonly string[]): readonly string[] {
  const read = readWhitelist(whitelist);
  return read.ok ? read.entries : [];
}

/** Entries that are asked about once more before they are saved. */
export function veryWideEntries({ mode, whitelist }: AudioPolicy): readonly string[] {
  const read = usesWhitelist(mode) ? readWhitelist(whitelist) : null;
  return read?.ok === true ? read.veryWide : [];
}

export function describeAudioChanges(from: AudioPolicy, to: AudioPolicy): readonly RuleChange[] {
  const [before, after] = [entriesOf(from.whitelist), entriesOf(to.whitelist)];
  const changes: RuleChange[] = [];
  if (from.mode !== to.mode) {
    changes.push({
      title: "Access control",
      from: nameOfMode(from.mode),
      to: nameOfMode(to.mode),
    });
  }
  const [added, removed] = [difference(after, before), difference(before, after)];
  if (added.length + removed.length > 0) {
    changes.push({
      title: "IP whitelist",
      from: removed.length === 0 ? "nothing removed" : `without ${listSome(removed)}`,
      to: added.length === 0 ? "nothing added" : `with ${listSome(added)}`,
    });
  }
  if (from.onlyShareable !== to.onlyShareable) {
    const words = (isOn: boolean) => (isOn ? "on" : "off");
    changes.push({
      title: "Whitelist opens only shareable numbers",
      from: words(from.onlyShareable),
      to: words(to.onlyShareable),
    });
  }
  return changes;
}

const LISTED_MAX = 4;

export function listSome(entries: readonly string[]): string {
  const others = entries.length - LISTED_MAX;
  const shown = entries.slice(0, LISTED_MAX).join(", ");
  return others > 0 ? `${shown} and ${others} more` : shown;
}

function difference(entries: readonly string[], without: readonly string[]): readonly string[] {
  const known = new Set(without);
  return entries.filter((entry) => !known.has(entry));
}

/** Behind the last line that says something; once is enough. */
export function addEntry(whitelistText: string, entry: string): string {
  if (entriesOf([...linesOf(whitelistText)]).includes(entry)) return whitelistText;
  const before = whitelistText.trimEnd();
  return before === "" ? entry : `${before}\n${entry}`;
}
