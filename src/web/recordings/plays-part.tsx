// Who listened to a recording, and when; for managers.
import { Stack, Text, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { describeCountry } from "../identity/describe-country.ts";
import { PagedView } from "../shell/paged-view.tsx";
import { TimeText } from "../shell/time-text.tsx";
import { describeSize } from "./describe-length.ts";
import { playsQuery } from "./recordings-queries.ts";
import type { PlayAnswer, RecordingAnswer } from "./recordings-queries.ts";

export function PlaysPart({ recording: { id } }: { readonly recording: RecordingAnswer }) {
  const query = useInfiniteQuery({ ...playsQuery(id), staleTime: 0 });
  return (
    <Stack gap="xs">
      <Title order={3}>Who listened</Title>
      <PagedView
        query={query}
        rowsOf={(page) => page.plays}
        empty={
          <Text size="sm" c="dimmed">
            Nobody has listened to it yet.
          </Text>
        }
      >
        {(plays) => (
          <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: "none" }}>
            {plays.map((play) => (
              <PlayRow key={play.id} play={play} />
            ))}
          </Stack>
        )}
      </PagedView>
    </Stack>
  );
}

function PlayRow({ play }: { readonly play: PlayAnswer }) {
  const { email, address, country, startedAt, bytesSent, isCut } = play;
  return (
    <li>
      <Text size="sm" fw={550} className="postern-breakable">
        {email ?? "Nobody was signed in"}
      </Text>
      <Text size="sm" c="dimmed" className="postern-breakable">
        <TimeText at={startedAt} /> · {address}, {describeCountry(country)} ·{" "}
        {describeSize(bytesSent)} sent
      </Text>
      {isCut ? (
        <Text size="sm" c="var(--postern-bad)">
          It ended before its end: the file is damaged.
        </Text>
      ) : null}
    </li>
  );
}
