// The recent sign-ins of a user, also those that were refused.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { SignInEventListAnswer } from "../../api/sessions-api.ts";
import { PlaceText } from "../identity/settings/place-text.tsx";
import { describeSignIn } from "../identity/settings/sign-in-reason-words.ts";
import { QueryView } from "../shell/query-view.tsx";
import { SettingCard } from "../shell/setting-card.tsx";
import { StatusMark } from "../shell/status-mark.tsx";
import { TimeText } from "../shell/time-text.tsx";
import { userSignInsQuery } from "./people-queries.ts";
import type { UserAnswer } from "./people-queries.ts";

type SignInEvent = SignInEventListAnswer["signIns"][number];

const SHOWN_AT_FIRST = 5;

export function UserHistoryCard({ user }: { readonly user: UserAnswer }) {
  const query = useQuery(userSignInsQuery(user.id));
  return (
    <SettingCard title="Recent sign-ins" sentence="Attempts with this address, newest first.">
      <QueryView query={query}>
        {(signIns) =>
          signIns.length === 0 ? (
            <Text size="sm" c="dimmed">
              Nobody has tried yet.
            </Text>
          ) : (
            <SignInList signIns={signIns} />
          )
        }
      </QueryView>
    </SettingCard>
  );
}

function SignInList({ signIns }: { readonly signIns: readonly SignInEvent[] }) {
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? signIns : signIns.slice(0, SHOWN_AT_FIRST);
  return (
    <Stack gap="sm">
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: "none" }}>
        {shown.map((event) => (
          <li key={`${event.at} ${event.address} ${event.reason}`}>
            <Group justify="space-between" gap="xs">
              <Outcome event={event} />
              <Text size="xs" c="dimmed">
                <TimeText at={event.at} />
              </Text>
            </Group>
            <PlaceText place={event} />
          </li>
        ))}
      </Stack>
      {shown.length === signIns.length ? null : (
        <Button variant="default" size="xs" onClick={() => setWhole(true)}>
          Show {signIns.length - shown.length} more
        </Button>
      )}
    </Stack>
  );
}

function Outcome({ event }: { readonly event: SignInEvent }) {
  const { tone, words } = describeSignIn(event);
  return <StatusMark tone={tone}>{words}</StatusMark>;
}
