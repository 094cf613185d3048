// Where a form was refused because a change of the same waits: whose, until when, and the way on.
import { Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { ApiProblem } from "../api/api-problem.ts";
import { useMe } from "../shell/me.ts";
import { UnconfirmedActs } from "./unconfirmed-acts.tsx";
import type { UnconfirmedAct } from "./unconfirmed-acts.tsx";
import { toChangeWaits, waitsSentence } from "./change-waits-words.ts";

const DONE: Readonly<Record<UnconfirmedAct, string>> = {
  confirm: "That change stays. Save yours now.",
  "take-back": "That change is taken back. Look at what holds now, and save yours.",
};

/** @param props.problem of the code `change-waits` */
export function ChangeWaitsNotice({ problem }: { readonly problem: ApiProblem }) {
  const { email } = useMe();
  const [done, setDone] = useState<UnconfirmedAct | null>(null);
  const waits = toChangeWaits(problem);
  if (done !== null) {
    return (
      // The button that had the focus is gone.
      <Text size="sm" tabIndex={-1} ref={(text) => text?.focus()}>
        {DONE[done]}
      </Text>
    );
  }
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
