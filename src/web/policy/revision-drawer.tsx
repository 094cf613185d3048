// Beside the list: what one change changed, and going back to before or after it.
import { Alert, Drawer, List, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { RevisionDetail } from "../../api/revision-api.ts";
import { WarningIcon } from "../shell/icons.tsx";
import { QueryView } from "../shell/query-view.tsx";
import { TimeText } from "../shell/time-text.tsx";
import { DiffText } from "./diff-text.tsx";
import { RestorePart } from "./restore-part.tsx";
import { revisionQuery } from "./revision-queries.ts";
import { UnconfirmedMark } from "./unconfirmed-mark.tsx";
import { makerText, pathText, revisionTitle, valueText } from "./revision-words.ts";

export type RevisionDrawerProps = {
  /** Null: closed. */
  readonly number: number | null;
  readonly onClose: () => void;
};

export function RevisionDrawer({ number, onClose }: RevisionDrawerProps) {
  const title = number === null ? "" : `Change ${number}`;
  return (
    <Drawer opened={number !== null} onClose={onClose} size={640} title={title}>
      {number === null ? null : <Body key={number} number={number} />}
    </Drawer>
  );
}

function Body({ number }: { readonly number: number }) {
  const query = useQuery(revisionQuery(number));
  return (
    <QueryView query={query}>
      {(revision) => (
        <Stack gap="lg">
          <Facts revision={revision} />
          <Differences revision={revision} />
          {revision.diff === "" ? null : <DiffText diff={revision.diff} />}
          <RestorePart number={number} />
        </Stack>
      )}
    </QueryView>
  );
}

function Facts({ revision }: { readonly revision: RevisionDetail }) {
  const { address, at, restores, overrode } = revision;
  const { name, way } = makerText(revision);
  return (
    <Stack gap={4}>
      <Text fw={550}>{revisionTitle(revision)}</Text>
      <Text size="sm" className="postern-breakable">
        <TimeText at={at} /> by <bdi>{name}</bdi> {way}
        {address === null ? "" : `, from ${address}`}.
        {restores === null ? "" : ` It went back to change ${restores}.`}
      </Text>
      <UnconfirmedMark revision={revision.number} />
      {overrode === null ? null : (
        <Alert color="yellow" variant="light" icon={<WarningIcon />}>
          Made although it locks somebody out: {overrode}
        </Alert>
      )}
    </Stack>
  );
}

function Differences({ revision }: { readonly revision: RevisionDetail }) {
  const { values, lists, firstEntries, entries } = revision;
  const more = entries - firstEntries.length;
  if (values.length + lists.length + entries === 0) {
    return (
      <Text size="sm" c="dimmed">
        Nothing differs by it: what was saved is what stood there.
      </Text>
    );
  }
  return (
    <List size="sm" spacing={4} className="postern-breakable">
      {values.map(({ path, before, after }) => (
        <List.Item key={path}>
          {pathText(path)}: {valueText(before)} → {valueText(after)}
        </List.Item>
      ))}
      {lists.map(({ path, added, removed }) => (
        <List.Item key={path}>
          {pathText(path)}:{" "}
          {[...added.map((one) => `+ ${one}`), ...removed.map((one) => `− ${one}`)].join(", ")}
        </List.Item>
      ))}
      {firstEntries.map(({ range, before, after }) => (
        <List.Item key={range}>
          {range}: {stateText(before)} → {stateText(after)}
        </List.Item>
      ))}
      {more > 0 ? <List.Item>and {more.toLocaleString("en")} more</List.Item> : null}
    </List>
  );
}

function stateText(state: RevisionDetail["firstEntries"][number]["before"]): string {
  if (state === null) return "not on the list";
  const { action, note, expiresAt } = state;
  const until = expiresAt === null ? "" : ` until ${expiresAt}`;
  return `${action}${until}${note === "" ? "" : ` (${note})`}`;
}
