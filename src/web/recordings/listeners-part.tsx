// Who may hear a recording: by the account's access mode, and by grants of its number.
import { Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { AccessMode } from "../../core/recordings/audio-policy.ts";
import { grantsQuery } from "../accounts/people-queries.ts";
import { TextLink } from "../shell/page-links.tsx";
import { QueryView } from "../shell/query-view.tsx";
import { accessModeQuery } from "./recordings-queries.ts";
import type { RecordingAnswer } from "./recordings-queries.ts";

/** Guide "Audio Download": the mode first, then the number. */
const MODE_WORDS: Readonly<Record<AccessMode, string>> = {
  "no-restrictions": "Anyone who has the link, without signing in.",
  "ip-whitelist":
    "Anyone at an address of the IP whitelist. Whoever is signed in there needs the number too.",
  "user-authentication": "Users who sign in and are granted the number.",
  "whitelist-and-user":
    "Users who sign in and are granted the number, and only at an address of the IP whitelist.",
  "whitelist-or-user":
    "Users who sign in and are granted the number, and anyone at an address of the IP whitelist.",
};

export function ListenersPart({ recording }: { readonly recording: RecordingAnswer }) {
  const { account, trackingNumberId } = recording;
  const mode = useQuery(accessModeQuery(account));
  const grants = useQuery(grantsQuery(trackingNumberId));
  return (
    <Stack gap="xs">
      <Title order={3}>Who may hear it</Title>
      <QueryView query={mode}>{(known) => <Text size="sm">{MODE_WORDS[known]}</Text>}</QueryView>
      <QueryView query={grants}>
        {(granted) => (
          <Text size="sm" className="postern-breakable">
            {granted.length === 0
              ? "Nobody is granted the number; "
              : `Granted the number: ${granted.map(({ name }) => name).join(", ")}; `}
            admins of {account} hear all of its recordings, and operators those of every account.
          </Text>
        )}
      </QueryView>
      <Text size="sm">
        <TextLink to="/tracking-numbers" search={{ account } as never}>
          Change grants on Tracking numbers
        </TextLink>
      </Text>
    </Stack>
  );
}
