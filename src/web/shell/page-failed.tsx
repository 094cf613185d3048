// What stands where a page could not be drawn.
import { Button, Stack } from "@mantine/core";
import { ErrorState } from "./error-state.tsx";

export function PageFailed({ error }: { readonly error: unknown }) {
  return (
    <Stack p="xl" maw={640} mx="auto" align="flex-start">
      <ErrorState error={error} />
      <Button variant="default" onClick={() => window.location.reload()}>
        Load the page again
      </Button>
    </Stack>
  );
}
