// Grey lines of about the size of what is coming, so that nothing jumps when it comes.
import { Skeleton, Stack, VisuallyHidden } from "@mantine/core";
import { useEffect, useState } from "react";

export type LoadingLinesProps = {
  readonly lines?: number;
  readonly lineHeight?: number;
};

/** Quick answers show nothing in between: a flash is harder on the eyes than a short wait. */
const SHOWN_AFTER_MS = 150;

export function LoadingLines({ lines = 4, lineHeight = 36 }: LoadingLinesProps) {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), SHOWN_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <Stack gap="xs" style={{ visibility: isShown ? "visible" : "hidden" }}>
      <VisuallyHidden role="status">Loading</VisuallyHidden>
      {Array.from({ length: lines }, (_, index) => (
        <Skeleton key={index} height={lineHeight} radius="md" aria-hidden />
      ))}
    </Stack>
  );
}
