// What stands at an address of no page: inside the frame for whoever is signed in.
import { Box } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Frame } from "./app-frame.tsx";
import { LoadingLines } from "./loading-lines.tsx";
import { meQuery } from "./me.ts";
import { NotFound } from "./not-found.tsx";

export function NotFoundPage() {
  const { data: me, isPending } = useQuery({ ...meQuery, retry: false });
  if (isPending) {
    return (
      <Box p="xl">
        <LoadingLines lines={3} />
      </Box>
    );
  }
  return me?.stage === "none" ? <Frame me={me} page={<NotFound />} /> : <NotFound />;
}
