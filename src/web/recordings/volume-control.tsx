// How loud the player is; phones have keys for that.
import { ActionIcon, Group } from "@mantine/core";
import { SpeakerIcon, SpeakerOffIcon } from "../shell/icons.tsx";
import type { Playback } from "./use-audio.ts";

export function VolumeControl({ playback }: { readonly playback: Playback }) {
  const { element, setVolume } = playback;
  const isMuted = element?.muted === true || element?.volume === 0;
  const percent = isMuted ? 0 : Math.round((element?.volume ?? 1) * 100);
  function toggle(): void {
    if (element === null) return;
    if (isMuted && element.volume === 0) setVolume(1);
    else element.muted = !isMuted;
  }
  return (
    <Group gap={6} wrap="nowrap" visibleFrom="xs">
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        onClick={toggle}
        aria-pressed={isMuted}
        aria-label="Mute"
      >
        {isMuted ? <SpeakerOffIcon /> : <SpeakerIcon />}
      </ActionIcon>
      <input
        type="range"
        className="postern-volume"
        aria-label="Volume"
        aria-valuetext={`${percent} percent`}
        min={0}
        max={100}
        step={5}
        value={percent}
        onChange={(event) => setVolume(event.currentTarget.valueAsNumber / 100)}
      />
    </Group>
  );
}
