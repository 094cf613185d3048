// Says above what a preview found that saving it would be refused: whom it would lock out, and why.
import { Alert, Stack, Text } from "@mantine/core";
import type { LockoutAnswer } from "../../api/lockout-api.ts";
import { StepList } from "../journal/step-list.tsx";
import { WarningIcon } from "../shell/icons.tsx";
import { lockoutTitle, remedyWords, whoIsLockedOut } from "../shell/lockout-words.ts";

export function PreviewLockout({ lockout }: { readonly lockout: LockoutAnswer }) {
  return (
    <Stack gap="sm">
      <Alert color="red" variant="light" icon={<WarningIcon />} title={lockoutTitle(lockout)}>
        <Text size="sm" className="postern-breakable">
          {whoIsLockedOut(lockout)} So saving it is refused, unless you type that you mean it.{" "}
          {remedyWords(lockout)}
        </Text>
      </Alert>
      {/* Its colours are too faint on the alert's. */}
      <StepList label="Why" steps={lockout.decision.steps} />
    </Stack>
  );
}
