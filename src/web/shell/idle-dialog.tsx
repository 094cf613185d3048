// Warns two minutes before an idle session ends, and looks again before it says that it has.
import { Button, Group, Modal, Stack, Text, VisuallyHidden } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { ApiProblem } from "../api/api-problem.ts";
import { answerOf, api } from "../api/api.ts";
import { describeCountdown } from "./describe-time.ts";
import { setSignedInUser, useSessionState } from "./session-state.ts";
import { showRefusal } from "./show-toast.ts";
import { staySignedIn, WARNED_MS } from "./use-session-watch.ts";

const SPOKEN_EVERY_S = 30;

export type IdleDialogProps = {
  readonly onEnded: () => void;
  readonly onSignOut: () => void;
};

export function IdleDialog({ onEnded, onSignOut }: IdleDialogProps) {
  const leftSeconds = useSecondsLeft(onEnded);
  const [isSending, setSending] = useState(false);
  const isOpen = leftSeconds !== null;

  async function stay(): Promise<void> {
    setSending(true);
    try {
      await staySignedIn();
    } catch (error) {
      showRefusal(error, "You could not be kept signed in");
    } finally {
      setSending(false);
    }
  }

  return (
    <Modal
      opened={isOpen}
      onClose={() => void stay()}
      title="Are you still there?"
      withCloseButton={false}
      closeOnClickOutside={false}
    >
      <Stack gap="lg">
        <Text>
          You have not done anything for a while. You will be signed out in{" "}
          <strong aria-hidden>{describeCountdown(leftSeconds ?? 0)}</strong>
          <VisuallyHidden aria-live="assertive">
            {describeCountdown(Math.ceil((leftSeconds ?? 0) / SPOKEN_EVERY_S) * SPOKEN_EVERY_S)}
          </VisuallyHidden>
          . What you have typed into a form is kept.
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onSignOut}>
            Sign out now
          </Button>
          <Button data-autofocus onClick={() => void stay()} loading={isSending}>
            Stay signed in
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** Seconds when the warning is due, otherwise null. */
function useSecondsLeft(onEnded: () => void): number | null {
  const { idleEndsAtMs } = useSessionState();
  const [nowMs, setNowMs] = useState(() => Date.now());
  const askedFor = useRef<number | null>(null);
  useEffect(() => {
    if (idleEndsAtMs === null) return undefined;
    const tick = (): void => setNowMs(Date.now());
    tick();
    const timer = setInterval(tick, 1000);
    // A computer that slept has not ticked.
    document.addEventListener("visibilitychange", tick);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
    };
  }, [idleEndsAtMs]);

  const leftMs = idleEndsAtMs === null ? Infinity : idleEndsAtMs - nowMs;
  useEffect(() => {
    if (leftMs > 0 || idleEndsAtMs === null || askedFor.current === idleEndsAtMs) return;
    askedFor.current = idleEndsAtMs;
    void isSessionOver().then((isOver) => (isOver ? onEnded() : undefined));
  }, [leftMs, idleEndsAtMs, onEnded]);

  return leftMs > WARNED_MS ? null : Math.max(0, Math.ceil(leftMs / 1000));
}

/** The server decides; asking is no activity, because nobody has touched the page for so long. */
async function isSessionOver(): Promise<boolean> {
  try {
    const me = await answerOf(api.GET("/api/v1/me", { headers: { "X-Postern-Background": "1" } }));
    setSignedInUser(me.id, me.session.idleEndsAt);
    return false;
  } catch (error) {
    return !(error instanceof ApiProblem) || error.status === 401 || error.status === 0;
  }
}
