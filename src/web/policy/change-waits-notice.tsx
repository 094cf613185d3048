// Where a form was refused because a change of the same waits: whose, until when, and the way on.
import { Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { ApiProblem } from "../api/api-problem.ts";
import { useMe } from "../shell/me.ts";
import { UnconfirmedActs } from "./unconfirmed-acts.tsx";
import type { UnconfirmedAct } from "./unconfirmed-acts.tsx";
import { toChangeWaits, waitsSentence } from "./change-waits-words.ts";
import { askUnconfirmed, useUnconfirmed } from "./unconfirmed-query.ts";

const DONE: Readonly<Record<UnconfirmedAct, string>> = {
  confirm: "That change stays. Save yours now.",
  "take-back": "That change is taken back. Look at what holds now, and save yours.",
};

const OVER = "That change waits no more. Look at what holds now, and save yours.";

/** True once it was listed and is so no more; to whom it is not told it never ends here. */
function useIsOver(changeId: string): boolean {
  const wasListed = useRef(false);
  const isListed = useUnconfirmed().changes.some((one) => one.changeId === changeId);
  if (isListed) wasListed.current = true;
  return wasListed.current && !isListed;
}

/** @param props.problem of the code `change-waits` */
export function ChangeWaitsNotice({ problem }: { readonly problem: ApiProblem }) {
  const { email } = useMe();
  const client = useQueryClient();
  const [done, setDone] = useState<UnconfirmedAct | null>(null);
  const waits = toChangeWaits(problem);
  const isOver = useIsOver(waits.changeId);
  useEffect(() => askUnconfirmed(client), [client]);
  if (done !== null) {
    return (
      // The button that had the focus is gone.
      <Text size="sm" tabIndex={-1} ref={(text) => text?.focus()}>
        {DONE[done]}
      </Text>
    );
  }
  if (isOver) return <Text size="sm">{OVER}</Text>;
  return (
    <Stack gap="xs">
      <Text size="sm" className="postern-breakable">
        {waitsSentence(problem, email, Date.now())}
      </Text>
      {waits.actor === null ? null : (
        <UnconfirmedActs changeId={waits.changeId} title="the change that waits" onDone={setDone} />
      )}
    </Stack>
  );
}
