// The filter of Activity and the decision that is open, which stand in the page's address.
import { useLocation, useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { readActivityFilter } from "./activity-filter.ts";
import type { ActivityFilter, FilterName } from "./activity-filter.ts";
import { readDecisionId } from "./read-decision-id.ts";

type FilterChanges = Readonly<Partial<Record<FilterName, string | null>>>;

export type ActivityFiltering = {
  readonly filter: ActivityFilter;
  /** Null removes a filter. The others stay. */
  readonly change: (changes: FilterChanges) => void;
  /** The same as a step of its own: the browser's Back leads to the list as it was before. */
  readonly goTo: (changes: FilterChanges) => void;
  readonly clear: () => void;
  /** Of the decision that is explained beside the list; null: none is. */
  readonly decision: string | null;
  readonly openDecision: (id: string | null) => void;
};

/** Marks the entry of the browser's history that a decision was opened by, from the list. */
const OPENED_HERE = { isDecisionOpenedHere: true };

export function useActivityFilter(): ActivityFiltering {
  const search = useSearch({ strict: false }) as Readonly<Record<string, unknown>>;
  const navigate = useNavigate();
  const { history } = useRouter();
  const isOpenedHere = useLocation({ select: ({ state }) => "isDecisionOpenedHere" in state });

  function go(next: Readonly<Record<string, unknown>>, how: "push" | "replace", state = {}): void {
    const given = Object.entries(next).filter(([, value]) => value !== null);
    const to = Object.fromEntries(given) as never;
    // The line that was clicked stays where it is.
    const replace = how === "replace";
    void navigate({ to: ".", search: to, replace, state, resetScroll: false });
  }

  function openDecision(id: string | null): void {
    if (id !== null) go({ ...search, decision: id }, "push", OPENED_HERE);
    else if (isOpenedHere) history.back();
    else go({ ...search, decision: null }, "replace");
  }

  const wanted = search["decision"];
  return {
    filter: readActivityFilter(search),
    change: (changes) => go({ ...search, ...changes }, "replace"),
    goTo: (changes) => go({ ...search, ...changes }, "push"),
    clear: () => go({}, "push"),
    // An id that is none is asked for as well: the drawer says that there is no such decision.
    decision: typeof wanted === "string" ? (readDecisionId(wanted) ?? wanted) : null,
    openDecision,
  };
}
