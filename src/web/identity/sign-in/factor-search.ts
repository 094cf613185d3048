// Which second factor is asked for: it stands in the page's address, so that reload and back work.
import { FACTOR_METHODS } from "../../../core/identity/second-factor.ts";
import type { FactorMethod } from "../../../core/identity/second-factor.ts";

export type FactorWay = FactorMethod | "backup-code";

export type FactorSearch = { readonly with?: FactorWay | undefined };

const WAYS: ReadonlySet<unknown> = new Set([...FACTOR_METHODS, "backup-code"]);

/** What is not as it should be is left out: addresses are written by anybody. */
export function readFactorSearch(search: Readonly<Record<string, unknown>>): FactorSearch {
  return isWay(search.with) ? { with: search.with } : {};
}

function isWay(value: unknown): value is FactorWay {
  return WAYS.has(value);
}

const MARK = "postern-second-factor";

/** Of this browser: whoever took the e-mail code last time most likely takes it again. */
export function rememberMethod(method: FactorMethod): void {
  try {
    localStorage.setItem(MARK, method);
  } catch {
    // Without storage the page begins with the app each time.
  }
}

export function lastMethod(): FactorMethod | null {
  try {
    const kept = localStorage.getItem(MARK);
    return FACTOR_METHODS.find((method) => method === kept) ?? null;
  } catch {
    return null;
  }
}

export type Offered = {
  readonly methods: readonly FactorMethod[];
  readonly hasBackupCodes: boolean;
};

/** What was asked for if it is on, what was used last, and otherwise the app before the mail. */
export function chooseWay(
  { methods, hasBackupCodes }: Offered,
  wanted: FactorWay | undefined,
  last: FactorMethod | null,
): FactorWay {
  if (wanted === "backup-code" && hasBackupCodes) return wanted;
  const named = [wanted, last].find((way) => methods.some((method) => method === way));
  if (named !== undefined && named !== null) return named;
  return FACTOR_METHODS.find((method) => methods.includes(method)) ?? "backup-code";
}
