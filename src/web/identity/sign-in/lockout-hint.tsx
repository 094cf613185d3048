// Says after several refusals what more wrong passwords lead to, and the way around it.
import { Alert, Stack, Text } from "@mantine/core";
import { LockIcon } from "../../shell/icons.tsx";
import { ButtonLink } from "../../shell/page-links.tsx";

export function LockoutHint() {
  return (
    <Alert color="harbour" variant="light" icon={<LockIcon />} title="Not sure of the password?">
      <Stack gap="sm" align="flex-start">
        <Text size="sm">
          After too many wrong passwords a user is locked, and then even the right one is refused.
          Choosing a new password by e-mail opens it again.
        </Text>
        <ButtonLink to="/forgotten-password" variant="default" size="xs">
          Choose a new password
        </ButtonLink>
      </Stack>
    </Alert>
  );
}
