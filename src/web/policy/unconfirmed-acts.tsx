// The two buttons of a change that waits to be confirmed: it stays, or it goes back at once.
import { Button, Group } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { showDone, showRefusal } from "../shell/show-toast.ts";
import { confirmChange, takeChangeBack } from "./unconfirmed-query.ts";

export type UnconfirmedAct = "confirm" | "take-back";

export type UnconfirmedActsProps = {
  readonly changeId: string;
  /** What was changed, for those who hear the buttons one by one. */
  readonly title: string;
  readonly onDone?: (what: UnconfirmedAct) => void;
};

const ACTS = {
  confirm: { act: confirmChange, done: "Confirmed: the change stays." },
  "take-back": { act: takeChangeBack, done: "Taken back: it is as it was before the change." },
} as const;

export function UnconfirmedActs({ changeId, title, onDone }: UnconfirmedActsProps) {
  const client = useQueryClient();
  const [acting, setActing] = useState<UnconfirmedAct | null>(null);

  async function act(what: UnconfirmedAct): Promise<void> {
    setActing(what);
    try {
      await ACTS[what].act(client, changeId);
      showDone(ACTS[what].done);
      onDone?.(what);
    } catch (error) {
      showRefusal(error);
    } finally {
      setActing(null);
    }
  }

  return (
    <Group gap="xs" wrap="nowrap">
      <Button
        size="compact-sm"
        aria-label={`Confirm: ${title}`}
        loading={acting === "confirm"}
        disabled={acting === "take-back"}
        onClick={() => void act("confirm")}
      >
        Confirm
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={`Take it back: ${title}`}
        loading={acting === "take-back"}
        disabled={acting === "confirm"}
        onClick={() => void act("take-back")}
      >
        Take it back
      </Button>
    </Group>
  );
}
