// Whose account at which provider a connection is, and whether it opens a sign-in now.
import { Group, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import type { ConnectionAnswer } from "../../../api/connection-api.ts";
import { StatusMark } from "../../shell/status-mark.tsx";
import { ProviderIcon } from "./provider-icon.tsx";

export type ConnectionNameProps = {
  readonly connection: ConnectionAnswer;
  /** Below the name. */
  readonly children?: ReactNode;
  readonly flex?: string;
};

export function ConnectionName({ connection, children, flex }: ConnectionNameProps) {
  const { provider, accountShown, isUsable } = connection;
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start" {...(flex === undefined ? {} : { flex })}>
      <span style={{ flex: "none", lineHeight: 0, paddingBlockStart: 2 }}>
        <ProviderIcon kind={provider.kind} />
      </span>
      <Stack gap={2} miw={0}>
        <Text size="sm" fw={500} className="postern-breakable">
          {provider.name}
        </Text>
        {accountShown === "" ? null : (
          <Text size="sm" c="dimmed" className="postern-breakable">
            {accountShown}
          </Text>
        )}
        {isUsable ? null : <StatusMark tone="warn">Does not sign in at present</StatusMark>}
        {children}
      </Stack>
    </Group>
  );
}
