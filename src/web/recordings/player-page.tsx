// The page a link leads to: one recording, played to whoever may hear it, signed in or not.
import { Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useParams, useRouterState } from "@tanstack/react-router";
import { groupDigits } from "../accounts/group-digits.ts";
import { ApiProblem, asApiProblem } from "../api/api-problem.ts";
import { CardHeader } from "../identity/sign-in/card-header.tsx";
import { CardFrame } from "../shell/card-frame.tsx";
import { keepFocus } from "../shell/keep-focus.ts";
import { LoadingLines } from "../shell/loading-lines.tsx";
import { meQuery } from "../shell/me.ts";
import { TextLink } from "../shell/page-links.tsx";
import { isLeadingAway } from "../shell/stage-pages.ts";
import { useSignOut } from "../shell/use-sign-out.ts";
import { AudioPlayer } from "./audio-player.tsx";
import { DecisionNumber } from "./decision-number.tsx";
import { faultOfProblem } from "./play-fault.ts";
import { RecordingTitle } from "./recording-title.tsx";
import { linkQuery } from "./recordings-queries.ts";
import type { LinkedRecordingAnswer } from "./recordings-queries.ts";

export function PlayerPage() {
  const { link } = useParams({ from: "/recordings/$link" });
  const recording = useQuery(linkQuery(link));
  // What is heard goes on while the page asks again: the audio is asked for by itself.
  const isKnown = recording.data !== undefined;
  // Only to somebody who is signed in a recording is absent.
  const isAbsent = recording.isError && asApiProblem(recording.error).status === 404;
  const absent = isAbsent ? <RefusedListener /> : null;
  return (
    <CardFrame maxWidth={640} footer={isKnown ? <Listener recording={recording.data} /> : absent}>
      {isKnown ? (
        <Recording key={link} recording={recording.data} />
      ) : recording.isError && !isLeadingAway(recording.error) ? (
        <NotHeard error={recording.error} onRetry={() => void recording.refetch()} />
      ) : (
        <LoadingLines lines={5} />
      )}
    </CardFrame>
  );
}

function Recording({ recording }: { readonly recording: LinkedRecordingAnswer }) {
  const { number, audioUrl, sizeBytes, durationMs, format, fileName } = recording;
  useDocumentTitle(`Recording on ${groupDigits(number)}`);
  const file = { url: audioUrl, sizeBytes, durationMs, format, fileName };
  return (
    <Stack gap="lg">
      <RecordingTitle recording={recording} />
      <AudioPlayer file={file} isWholePage />
    </Stack>
  );
}

function Listener({ recording: { email } }: { readonly recording: LinkedRecordingAnswer }) {
  if (email === null) return null;
  return (
    <Group gap="xs" justify="center">
      <Text size="sm" c="dimmed" className="postern-breakable">
        Signed in as {email}
      </Text>
      <ToLibrary />
    </Group>
  );
}

/** Somebody else may hear it: another user at the same screen, or oneself by another name. */
function RefusedListener() {
  const { data } = useQuery(meQuery);
  const here = useRouterState({ select: (state) => state.location.publicHref });
  const signOut = useSignOut(here);
  return (
    <Group gap="xs" justify="center">
      {data === undefined ? null : (
        <>
          <Text size="sm" c="dimmed" className="postern-breakable">
            Signed in as {data.email}
          </Text>
          <Anchor
            component="button"
            type="button"
            size="sm"
            onMouseDown={keepFocus}
            onClick={() => void signOut()}
          >
            Sign in as somebody else
          </Anchor>
        </>
      )}
      <ToLibrary />
    </Group>
  );
}

function ToLibrary() {
  return (
    <TextLink to="/recordings" size="sm">
      All recordings
    </TextLink>
  );
}

type NotHeardProps = { readonly error: unknown; readonly onRetry: () => void };

function NotHeard({ error, onRetry }: NotHeardProps) {
  const { title, words, canRetry, decisionId } = faultOfProblem(problemOfLink(error));
  return (
    <>
      <CardHeader title={title}>{words}</CardHeader>
      <DecisionNumber id={decisionId} />
      {canRetry ? (
        <Button variant="default" onClick={onRetry}>
          Try again
        </Button>
      ) : null}
    </>
  );
}

/** What can be no link is answered like one that leads nowhere. */
function problemOfLink(error: unknown): ApiProblem {
  const problem = asApiProblem(error);
  if (problem.status !== 400) return problem;
  return new ApiProblem({ code: "not-found", status: 404, message: problem.message });
}
