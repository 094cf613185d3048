// What the reader of policy files finds: the rules, or everything that is wrong and where.
import type { PolicyFile } from "../../core/policy/policy-file.ts";

/** Lines and columns count from 1; `path` is a JSON pointer, "" the whole. */
export type FileFault = {
  readonly line: number;
  readonly column: number;
  readonly path: string;
  readonly message: string;
};

/** An account that the file names, as owner or in a route. */
export type AccountMention = {
  readonly code: string;
  readonly isOwner: boolean;
  readonly line: number;
  readonly column: number;
  readonly path: string;
};

/** A range that holds very many addresses, in a list or whitelist. */
export type WideMention = Omit<AccountMention, "code" | "isOwner"> & {
  readonly account: string | null;
  readonly section: "entries" | "audio-download";
  readonly range: string;
};

export type PolicyFileReading =
  | {
      readonly ok: true;
      readonly file: PolicyFile;
      readonly accounts: readonly AccountMention[];
      readonly wide: readonly WideMention[];
    }
  /** The first in the file; `faultCount` says how many there are. */
  | { readonly ok: false; readonly faults: readonly FileFault[]; readonly faultCount: number };

export const FAULTS_TOLD_MAX = 100;
