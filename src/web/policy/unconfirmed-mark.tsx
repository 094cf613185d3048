// In the history: that a change waits to be confirmed, until when, and the two buttons.
import { Group } from "@mantine/core";
import { StatusMark } from "../shell/status-mark.tsx";
import { UnconfirmedActs } from "./unconfirmed-acts.tsx";
import { useUnconfirmed } from "./unconfirmed-query.ts";
import { clockText } from "../journal/moment-text.ts";
import { changeTitle } from "./unconfirmed-words.ts";

/** @param props.revision its number */
export function UnconfirmedMark({ revision }: { readonly revision: number }) {
  const waiting = useUnconfirmed().changes.find(({ parts }) =>
    parts.some((part) => part.revision === revision),
  );
  if (waiting === undefined) return null;
  const { changeId, parts, goesBackAt } = waiting;
  return (
    <Group gap="sm" mt={4} style={{ rowGap: 4 }}>
      <StatusMark tone="warn">{`Waits until ${clockText(goesBackAt, Date.now())}`}</StatusMark>
      <UnconfirmedActs changeId={changeId} title={changeTitle(parts)} />
    </Group>
  );
}
