// Shows the answer of a query, or that it is on its way, or why it did not come.
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorState } from "./error-state.tsx";
import { LoadingLines } from "./loading-lines.tsx";

export type QueryViewProps<Data> = {
  readonly query: UseQueryResult<Data>;
  /** Of about the size of what is coming. */
  readonly loading?: ReactNode;
  readonly children: (data: Data) => ReactNode;
};

/** What is there stays while newer data is asked for, also when asking fails. */
export function QueryView<Data>({ query, loading, children }: QueryViewProps<Data>) {
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (query.isError) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  }
  return <>{loading ?? <LoadingLines />}</>;
}
