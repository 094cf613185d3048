// Beside a rule: how often it fired in the last 24 hours, and the way to each of those requests.
import { Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { asApiProblem } from "../api/api-problem.ts";
import { LoadingLines } from "../shell/loading-lines.tsx";
import { TextLink } from "../shell/page-links.tsx";
import { SettingCard } from "../shell/setting-card.tsx";
import { countRows } from "./rule-evidence.ts";
import type { Counted, EvidenceRow } from "./rule-evidence.ts";
import { ruleEvidenceQuery } from "./rule-evidence-query.ts";

export type RuleEvidenceCardProps = {
  readonly account: string | null;
  readonly rows: readonly EvidenceRow[];
  /** What it means that nothing is counted: "No request came over a limit." */
  readonly none: string;
};

export function RuleEvidenceCard({ account, rows, none }: RuleEvidenceCardProps) {
  const query = useQuery(ruleEvidenceQuery(account));
  return (
    <SettingCard title="Last 24 hours">
      {query.data !== undefined ? (
        <Counts account={account} rows={countRows(rows, query.data, account)} none={none} />
      ) : query.isError ? (
        <Text size="sm" c="dimmed" role="status">
          The counts could not be had: {asApiProblem(query.error).message}
        </Text>
      ) : (
        <LoadingLines lines={2} lineHeight={22} />
      )}
    </SettingCard>
  );
}

type CountsProps = {
  readonly account: string | null;
  readonly rows: readonly Counted[];
  readonly none: string;
};

function Counts({ account, rows, none }: CountsProps) {
  const fired = rows.filter(({ refused, monitored, bans }) => refused + monitored + bans > 0);
  if (fired.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {none}
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      {fired.map((row) => (
        <Stack gap={2} key={row.label}>
          {rows.length === 1 ? null : (
            <Text size="sm" fw={500}>
              {row.label}
            </Text>
          )}
          <CountLine words="Refused" count={row.refused} />
          <CountLine words="Recorded only (monitor)" count={row.monitored} />
          <CountLine words="Bans made" count={row.bans} />
          <ActivityLink account={account} row={row} />
        </Stack>
      ))}
    </Stack>
  );
}

function CountLine({ words, count }: { readonly words: string; readonly count: number }) {
  if (count === 0) return null;
  return (
    <Group justify="space-between" gap="sm" wrap="nowrap">
      <Text size="sm">{words}</Text>
      <Text size="sm" fw={600}>
        {count.toLocaleString("en")}
      </Text>
    </Group>
  );
}

type ActivityLinkProps = { readonly account: string | null; readonly row: Counted };

function ActivityLink({ account, row }: ActivityLinkProps) {
  const what = row.refused + row.monitored > 0 ? { reason: row.reason } : { kind: "ban" };
  const search = { ...what, period: "24h", ...(account === null ? {} : { account }) };
  return (
    <TextLink
      to="/activity"
      search={search as never}
      size="sm"
      aria-label={`See ${row.label.toLowerCase()} in Activity`}
    >
      {row.hasOthers ? "See them in Activity, among others" : "See them in Activity"}
    </TextLink>
  );
}
