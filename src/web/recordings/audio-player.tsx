// Plays one recording: time line, play and pause, speed, silences, volume, and saving it.
import { ActionIcon, Button, Group, NativeSelect, Stack, Switch, Text } from "@mantine/core";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { DownloadIcon, PauseIcon, PlayIcon } from "../shell/icons.tsx";
import { isDecodable } from "./decode-audio.ts";
import type { DecodedAudio } from "./decode-audio.ts";
import { describeLength, describeSize } from "./describe-length.ts";
import { silentSeconds } from "./find-silences.ts";
import { PlayNotice } from "./play-notice.tsx";
import { PlayerHelp } from "./player-help.tsx";
import { TimeLine } from "./time-line.tsx";
import { useAudio } from "./use-audio.ts";
import type { PlayedFile, Playback } from "./use-audio.ts";
import { useDecodedAudio } from "./use-decoded-audio.ts";
import { usePlayerKeys } from "./use-player-keys.ts";
import { useSkippedSilence } from "./use-skipped-silence.ts";
import { VolumeControl } from "./volume-control.tsx";
import "./audio-player.css";

export type AudioPlayerProps = {
  readonly file: PlayedFile;
  /** What the page is about: plays on arrival, takes the page's keys, and has more room. */
  readonly isWholePage: boolean;
  /** Beside the download. */
  readonly actions?: ReactNode;
};

const WAVE_HEIGHT = 96;
const SMALL_WAVE_HEIGHT = 56;
const LINE_HEIGHT = 32;
const NO_SILENCES = [] as const;

export function AudioPlayer({ file, isWholePage, actions }: AudioPlayerProps) {
  const [box, setBox] = useState<HTMLDivElement | null>(null);
  const [skipsSilence, setSkipping] = useState(false);
  const playback = useAudio({ file, isPlayedOnArrival: isWholePage });
  const decoded = useDecodedAudio(file, playback.hasStarted);
  usePlayerKeys({ box, playback, isWholePage });
  useSkippedSilence(playback.element, skipsSilence ? (decoded?.silences ?? []) : NO_SILENCES);
  useEffect(() => {
    if (isWholePage) box?.focus({ preventScroll: true });
  }, [box, isWholePage]);
  return (
    <div role="group" aria-label="Player" tabIndex={-1} ref={setBox} className="postern-player">
      <audio ref={playback.setElement} preload="none" />
      <Stack gap="sm">
        <PlayNotice playback={playback} file={file} />
        <Stack gap={4}>
          <TimeLine playback={playback} decoded={decoded} height={heightFor(file, isWholePage)} />
          <Figures playback={playback} />
        </Stack>
        <Group justify="space-between" gap="sm">
          <Group gap="sm" wrap="nowrap">
            <PlayButton playback={playback} size={isWholePage ? 52 : 42} />
            <SpeedField playback={playback} />
          </Group>
          <SilenceSwitch decoded={decoded} isOn={skipsSilence} onChange={setSkipping} />
          <VolumeControl playback={playback} />
        </Group>
        <Group justify="space-between" gap="sm">
          <Group gap="xs">
            {isRefused(playback) ? null : <DownloadButton file={file} saysSize={isWholePage} />}
            {actions}
          </Group>
          <PlayerHelp />
        </Group>
      </Stack>
    </div>
  );
}

/** Of what is coming, so that nothing jumps when it is there. */
function heightFor(file: PlayedFile, isWholePage: boolean): number {
  if (!isDecodable(file)) return LINE_HEIGHT;
  return isWholePage ? WAVE_HEIGHT : SMALL_WAVE_HEIGHT;
}

/** What the server will not give is not offered. */
function isRefused({ fault }: Playback): boolean {
  return fault !== null && !fault.canRetry && !fault.canDownload;
}

type PlaybackProps = { readonly playback: Playback };

function Figures({ playback }: PlaybackProps) {
  const { seconds, durationSeconds, isWaiting } = playback;
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm" data-testid="played">
        {describeLength(seconds)}
      </Text>
      <Text size="sm" c="dimmed" role="status">
        {isWaiting ? "Loading…" : ""}
      </Text>
      <Text size="sm" c="dimmed">
        {describeLength(durationSeconds)}
      </Text>
    </Group>
  );
}

function PlayButton({ playback, size }: PlaybackProps & { readonly size: number }) {
  const { isPlaying, toggle } = playback;
  return (
    <ActionIcon
      size={size}
      radius="xl"
      onClick={toggle}
      disabled={isRefused(playback)}
      aria-label={isPlaying ? "Pause" : "Play"}
    >
      {isPlaying ? <PauseIcon size={size / 2} /> : <PlayIcon size={size / 2} />}
    </ActionIcon>
  );
}

const SPEEDS = [0.75, 1, 1.25, 1.5, 1.75, 2];

function SpeedField({ playback: { element } }: PlaybackProps) {
  return (
    <NativeSelect
      aria-label="Speed"
      size="sm"
      w={86}
      data={SPEEDS.map((speed) => ({ value: String(speed), label: `${speed}×` }))}
      value={String(element?.playbackRate ?? 1)}
      onChange={(event) => {
        if (element === null) return;
        element.playbackRate = Number(event.currentTarget.value);
        // Also after it is loaded anew.
        element.defaultPlaybackRate = element.playbackRate;
      }}
    />
  );
}

type SilenceSwitchProps = {
  readonly decoded: DecodedAudio | null;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
};

/** Where nothing is known of the silences, or there are none, there is nothing to skip. */
function SilenceSwitch({ decoded, isOn, onChange }: SilenceSwitchProps) {
  const seconds = decoded === null ? 0 : silentSeconds(decoded.silences);
  const words = seconds < 1 ? "Skip silence" : `Skip silence (${describeLength(seconds)})`;
  return (
    <Switch
      label={words}
      size="sm"
      checked={isOn}
      disabled={seconds < 1}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

type DownloadButtonProps = { readonly file: PlayedFile; readonly saysSize: boolean };

function DownloadButton({ file, saysSize }: DownloadButtonProps) {
  return (
    <Button
      component="a"
      href={file.url}
      download={file.fileName}
      variant="default"
      size="xs"
      leftSection={<DownloadIcon size={16} />}
    >
      {saysSize ? `Download (${describeSize(file.sizeBytes)})` : "Download"}
    </Button>
  );
}
