// What stands above the player while there is nothing to hear: a first click, or a refusal.
import { Alert, Button, Stack, Text } from "@mantine/core";
import { PlayIcon, WarningIcon } from "../shell/icons.tsx";
import { DecisionNumber } from "./decision-number.tsx";
import type { PlayedFile, Playback } from "./use-audio.ts";

export type PlayNoticeProps = { readonly playback: Playback; readonly file: PlayedFile };

export function PlayNotice({ playback, file }: PlayNoticeProps) {
  const { fault, isBlocked, play, retry } = playback;
  return (
    <div role="alert" className="postern-form-problem">
      {fault === null ? null : (
        <Alert
          color="red"
          variant="light"
          icon={<WarningIcon />}
          title={fault.title}
          role="presentation"
        >
          <Stack gap="sm" align="flex-start">
            <Text size="sm" className="postern-breakable">
              {fault.words}
            </Text>
            <DecisionNumber id={fault.decisionId} />
            {fault.canRetry ? (
              <Button variant="default" size="xs" onClick={retry}>
                Go on
              </Button>
            ) : null}
            {fault.canDownload ? (
              <Button
                variant="default"
                size="xs"
                component="a"
                href={file.url}
                download={file.fileName}
              >
                Download it
              </Button>
            ) : null}
          </Stack>
        </Alert>
      )}
      {fault === null && isBlocked ? (
        <Stack gap="xs" align="center" py="md">
          <Button size="lg" leftSection={<PlayIcon />} onClick={play}>
            Play the recording
          </Button>
          <Text size="sm" c="dimmed" ta="center">
            Your browser does not start sound by itself.
          </Text>
        </Stack>
      ) : null}
    </div>
  );
}
