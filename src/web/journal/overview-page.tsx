// Overview: who comes to the gate, who is refused and why, and who is banned, as it happens.
import { Box, Card, Group, SegmentedControl } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { OverviewAnswer } from "../../api/overview-api.ts";
import { AccountPicker, useManagedAccounts } from "../accounts/account-picker.tsx";
import { ErrorState } from "../shell/error-state.tsx";
import { LoadingLines } from "../shell/loading-lines.tsx";
import { useMe } from "../shell/me.ts";
import { PageHeader } from "../shell/page-header.tsx";
import { useUrlFilter } from "../shell/url-filter.ts";
import { LiveMark } from "./live-mark.tsx";
import { OverviewBansCard } from "./overview-bans-card.tsx";
import { OverviewFigures } from "./overview-figures.tsx";
import { HealthAlert, HealthMark } from "./overview-health.tsx";
import { OverviewMapCard } from "./overview-map-card.tsx";
import { isPeriod, PERIOD_WORDS, PERIODS, usePeriod } from "./overview-period.ts";
import { OverviewReasonsCard } from "./overview-reasons-card.tsx";
import { OverviewTimelineCard } from "./overview-timeline-card.tsx";
import { useOverview } from "./use-overview.ts";

export function OverviewPage() {
  const [period, setPeriod] = usePeriod();
  const [account, setAccount] = useUrlFilter("account");
  const view = { period, account };
  const { query, stream, isPaused, setPaused, heard } = useOverview(view);
  return (
    <>
      <PageHeader
        title="Overview"
        sentence="Who comes to the gate, who is refused and why, as it happens."
        actions={<LiveMark stream={stream} setPaused={setPaused} />}
      />
      <div className="postern-overview">
        <Group justify="space-between" gap="sm" align="flex-end">
          <Group gap="md">
            <SegmentedControl
              aria-label="How far back"
              data={PERIODS.map((value) => ({ value, label: PERIOD_WORDS[value].name }))}
              value={period}
              onChange={(value) => {
                if (isPeriod(value)) setPeriod(value);
              }}
            />
            <HealthMark />
          </Group>
          <OverviewAccountPicker account={account} setAccount={setAccount} />
        </Group>
        <HealthAlert />
        {query.data === undefined && query.isError ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : null}
        <WhenThere query={query} height={96}>
          {({ totals }) => <OverviewFigures totals={totals} view={view} />}
        </WhenThere>
        <div className="postern-overview-pair">
          <WhenThere query={query} height={420}>
            {(overview) => <OverviewReasonsCard overview={overview} view={view} />}
          </WhenThere>
          <WhenThere query={query} height={420}>
            {({ countries }) => <OverviewMapCard countries={countries} view={view} heard={heard} />}
          </WhenThere>
        </div>
        <div className="postern-overview-pair">
          <OverviewBansCard view={view} isPaused={isPaused} />
          <WhenThere query={query} height={420}>
            {(overview) => <OverviewTimelineCard overview={overview} view={view} />}
          </WhenThere>
        </div>
      </div>
    </>
  );
}

type WhenThereProps = {
  readonly query: UseQueryResult<OverviewAnswer>;
  /** Pixels, of about what is coming. */
  readonly height: number;
  readonly children: (overview: OverviewAnswer) => ReactNode;
};

/** Why there is nothing is said once, above; what belongs to the question before is pale. */
function WhenThere({ query, height, children }: WhenThereProps) {
  const { data, isError, isPlaceholderData } = query;
  if (data === undefined) {
    if (isError) return null;
    return (
      <Card className="postern-card" mih={height}>
        <LoadingLines lines={1} lineHeight={24} />
      </Card>
    );
  }
  return (
    <div aria-busy={isPlaceholderData} style={{ opacity: isPlaceholderData ? 0.55 : 1 }}>
      {children(data)}
    </div>
  );
}

type OverviewAccountPickerProps = {
  readonly account: string | null;
  readonly setAccount: (account: string | null) => void;
};

function OverviewAccountPicker({ account, setAccount }: OverviewAccountPickerProps) {
  const { isOperator } = useMe();
  const accounts = useManagedAccounts() ?? [];
  if (!isOperator && accounts.length < 2) return null;
  return (
    <Box w={{ base: "100%", xs: 280 }}>
      <AccountPicker
        label="Account"
        noneLabel={isOperator ? "Platform and every account" : "All my accounts"}
        value={account}
        onChange={setAccount}
        accounts={accounts}
      />
    </Box>
  );
}
