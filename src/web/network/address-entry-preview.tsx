// What a change of an address list would do to those who came lately, beside the change.
import type { PreviewedChange } from "../../api/preview-api.ts";
import { PreviewPanel } from "../preview/preview-panel.tsx";
import type { EntryValue } from "./address-entry-draft.ts";

export type AddressEntryPreviewProps = {
  readonly account: string | null;
  /** Null: something is not accepted yet. */
  readonly add: readonly Pick<EntryValue, "range" | "action">[] | null;
  /** Ids. An entry that is edited is removed and added. */
  readonly remove: readonly number[];
};

/** When an entry ends is left out: whom it concerns until then is the question. */
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
  const added = add.map(({ range, action }) => ({ range, action }));
  return [{ kind: "address-list", ...whose, add: added, remove: [...remove] }];
}
