// What a change of an address list would do to those who came lately, beside the change.
import type { PreviewedChange } from "../../api/preview-api.ts";
import { PreviewPanel } from "../preview/preview-panel.tsx";
import type { EntryValue } from "./address-entry-draft.ts";

const MINUTE_MS = 60_000;

export type AddressEntryPreviewProps = {
  readonly account: string | null;
  /** Null: something is not accepted yet. */
  readonly add: readonly Pick<EntryValue, "range" | "action" | "expiresAt">[] | null;
  /** Ids. An entry that is edited is removed and added. */
  readonly remove: readonly number[];
};

export function AddressEntryPreview({ account, add, remove }: AddressEntryPreviewProps) {
  return <PreviewPanel order={4} changes={add === null ? null : toChanges(account, add, remove)} />;
}

function toChanges(
  account: string | null,
  add: NonNullable<AddressEntryPreviewProps["add"]>,
  remove: readonly number[],
): readonly PreviewedChange[] {
  if (add.length + remove.length === 0) return [];
  const whose = account === null ? {} : { account };
  const added = add.map(({ range, action, expiresAt }) => {
    return { range, action, expiresAt: wholeMinute(expiresAt) };
  });
  return [{ kind: "address-list", ...whose, add: added, remove: [...remove] }];
}

/** "In one hour" moves on while it is looked at; one that is about to end is as it was typed. */
function wholeMinute(expiresAt: string | null): string | null {
  if (expiresAt === null) return null;
  const atMs = Math.floor(Date.parse(expiresAt) / MINUTE_MS) * MINUTE_MS;
  return atMs > Date.now() + MINUTE_MS ? new Date(atMs).toISOString() : expiresAt;
}
