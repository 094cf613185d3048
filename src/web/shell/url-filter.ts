// A filter of a page that stands in its address, so that it can be linked to and survives a reload.
import { useNavigate, useSearch } from "@tanstack/react-router";

/** Null: not set. Setting it replaces the address: "back" leads to the page before. */
export function useUrlFilter(
  name: string,
): readonly [string | null, (value: string | null) => void] {
  const search = useSearch({ strict: false }) as Readonly<Record<string, unknown>>;
  const navigate = useNavigate();
  const value = search[name];
  function set(next: string | null): void {
    const { [name]: _old, ...others } = search;
    const to = next === null ? others : { ...others, [name]: next };
    void navigate({ to: ".", search: to as never, replace: true });
  }
  // The router reads "007" as a text and 7 as a number; a filter is always a text.
  const isText = typeof value === "string" || typeof value === "number";
  return [isText ? String(value) : null, set];
}
