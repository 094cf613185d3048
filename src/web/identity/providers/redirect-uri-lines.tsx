// The redirect URI, to be entered at the provider, and for Google the origin beside it.
import { Group, Text } from "@mantine/core";
import type { ProviderKind } from "../../../core/identity/single-sign-on/provider.ts";
import { WarningIcon } from "../../shell/icons.tsx";
import { CopyLine } from "./copy-line.tsx";
import { redirectUriFault } from "./provider-draft.ts";

export type RedirectUriLinesProps = {
  readonly kind: ProviderKind;
  /** Null while the code in it is not accepted. */
  readonly uri: string | null;
};

export function RedirectUriLines({ kind, uri }: RedirectUriLinesProps) {
  const fault = uri === null ? null : redirectUriFault(uri);
  return (
    <>
      <CopyLine
        label={kind === "google" ? "Authorized redirect URI" : "Redirect URI"}
        text={uri}
        copyLabel="Copy the redirect URI"
      >
        <Text size="xs" c="dimmed">
          {uri === null
            ? "It is shown as soon as the code is accepted."
            : "Enter it at the provider exactly so; it never changes."}
        </Text>
        {fault === null ? null : (
          <Group gap={6} wrap="nowrap" align="flex-start" c="var(--postern-warn)">
            <span style={{ flex: "none", lineHeight: 0, marginTop: 2 }}>
              <WarningIcon size={15} />
            </span>
            <Text size="sm">{fault}</Text>
          </Group>
        )}
      </CopyLine>
      {kind === "google" && uri !== null ? (
        <CopyLine
          label="Authorized JavaScript origin"
          text={new URL(uri).origin}
          copyLabel="Copy the origin"
        />
      ) : null}
    </>
  );
}
