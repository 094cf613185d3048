// Shows a list that is read page by page: its rows, "more", and every state before and besides.
import { Button, Center, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { ErrorState } from "./error-state.tsx";
import { LoadingLines } from "./loading-lines.tsx";

/** What is needed of TanStack's `useInfiniteQuery`. */
export type PagedQuery<Page> = {
  readonly data: { readonly pages: readonly Page[] } | undefined;
  readonly error: unknown;
  readonly isError: boolean;
  readonly isPlaceholderData: boolean;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly isFetchNextPageError: boolean;
  readonly refetch: () => Promise<unknown>;
  readonly fetchNextPage: () => Promise<unknown>;
};

export type PagedViewProps<Page, Row> = {
  readonly query: PagedQuery<Page>;
  readonly rowsOf: (page: Page) => readonly Row[];
  /** Instead of an empty table. */
  readonly empty: ReactNode;
  readonly children: (rows: readonly Row[]) => ReactNode;
};

export function PagedView<Page, Row>(props: PagedViewProps<Page, Row>) {
  const { query, rowsOf, empty, children } = props;
  if (query.data === undefined) {
    if (!query.isError) return <LoadingLines lines={6} />;
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  }
  const rows = query.data.pages.flatMap(rowsOf);
  return (
    <Stack gap="md">
      {/* What is shown belongs to the question before while the new answer is on its way. */}
      <div
        aria-busy={query.isPlaceholderData}
        style={{ opacity: query.isPlaceholderData ? 0.55 : 1 }}
      >
        {rows.length === 0 ? empty : children(rows)}
      </div>
      {query.isFetchNextPageError ? <ErrorState error={query.error} /> : null}
      {query.hasNextPage ? (
        <Center>
          <Button
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            Show more
          </Button>
        </Center>
      ) : null}
      <Text size="xs" c="dimmed" ta="center" role="status">
        {rows.length === 0 ? "" : `${rows.length.toLocaleString("en")} shown`}
        {rows.length > 0 && !query.hasNextPage ? ", that is all" : ""}
      </Text>
    </Stack>
  );
}
