// Says what a ban holds for, and what changes when it becomes an entry of its owner's list.
import { surfaceName } from "../journal/surface-words.ts";

export type BanHold = {
  /** `everywhere` or a surface. */
  readonly holds: string;
  /** Whose rules made it; null: the platform's. */
  readonly account: string | null;
};

/** As a surface stands within a sentence. */
function withinSentence(surface: string): string {
  if (surface === "api") return "the API";
  return surface === "portal" ? "the portal" : surfaceName(surface).toLowerCase();
}

/** "Audio of acme", "Everywhere". */
export function describeHold({ holds, account }: BanHold): string {
  if (holds !== "everywhere")
    return `${surfaceName(holds)}${account === null ? "" : ` of ${account}`}`;
  return account === null ? "Everywhere" : `Everywhere, by rules of ${account}`;
}

/** What a ban that is made permanent becomes, and how much more or less that is than the ban. */
export function describeKeeping(ban: BanHold): readonly string[] {
  const { account } = ban;
  const list = account === null ? "the platform" : `the account ${account}`;
  const becomes =
    `The ban becomes a deny entry without an end, among the manual ones of ${list}. It can be ` +
    "deleted there at any time.";
  const change = describeChange(ban);
  return change === null ? [becomes] : [becomes, change];
}

function describeChange({ holds, account }: BanHold): string | null {
  if (holds === "everywhere") {
    if (account === null) return null;
    return `It narrows: the ban holds everywhere, the entry for everything of ${account}.`;
  }
  const surface = withinSentence(holds);
  return account === null
    ? `It widens: from ${surface} to everything, of every account.`
    : `It widens: from ${surface} to everything of ${account}.`;
}
