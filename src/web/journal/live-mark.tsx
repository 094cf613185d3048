// Says whether a page goes on by itself, and lets it stand still (WCAG 2.2.2).
import { Button, Group } from "@mantine/core";
import type { StreamState } from "../api/use-event-stream.ts";
import { PauseIcon, PlayIcon } from "../shell/icons.tsx";
import { StatusMark } from "../shell/status-mark.tsx";
import type { StatusTone } from "../shell/status-tone.ts";

const STATES: Readonly<Record<StreamState, { readonly tone: StatusTone; readonly name: string }>> =
  {
    connecting: { tone: "quiet", name: "Connecting" },
    live: { tone: "good", name: "Live" },
    reconnecting: { tone: "warn", name: "Reconnecting" },
    paused: { tone: "quiet", name: "Paused" },
  };

export type LiveMarkProps = {
  readonly stream: StreamState;
  readonly setPaused: (isPaused: boolean) => void;
};

export function LiveMark({ stream, setPaused }: LiveMarkProps) {
  const { tone, name } = STATES[stream];
  const isPaused = stream === "paused";
  return (
    <Group gap="sm" wrap="nowrap">
      <span role="status" style={{ display: "inline-flex" }}>
        <StatusMark tone={tone}>{name}</StatusMark>
      </span>
      <Button
        size="xs"
        variant="default"
        leftSection={isPaused ? <PlayIcon size={14} /> : <PauseIcon size={14} />}
        onClick={() => setPaused(!isPaused)}
      >
        {isPaused ? "Go on" : "Pause"}
      </Button>
    </Group>
  );
}
