// Stands where a chart's table would be empty.
import { EmptyState } from "../shell/empty-state.tsx";
import { PERIOD_WORDS } from "./overview-period.ts";
import type { Period } from "./overview-period.ts";

export function NobodyCame({ period }: { readonly period: Period }) {
  return (
    <EmptyState title="Nobody came">No request was decided {PERIOD_WORDS[period].said}.</EmptyState>
  );
}
