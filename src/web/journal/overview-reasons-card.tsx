// Why requests were refused, the most frequent reason first, and how many bans were made.
import { Group, Stack, Text } from "@mantine/core";
import type { OverviewAnswer } from "../../api/overview-api.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { SettingCard } from "../shell/setting-card.tsx";
import { causeName } from "./ban-words.ts";
import type { OverviewView } from "./activity-search.ts";
import { OverviewLink } from "./overview-link.tsx";
import { PERIOD_WORDS } from "./overview-period.ts";
import type { Period } from "./overview-period.ts";
import { reasonName, reasonSentence } from "./reason-words.ts";

export type OverviewReasonsCardProps = {
  readonly overview: Pick<OverviewAnswer, "reasons" | "bansMade">;
  readonly view: OverviewView & { readonly period: Period };
};

type Reason = OverviewAnswer["reasons"][number];

const SHOWN_MAX = 8;

export function OverviewReasonsCard({ overview, view }: OverviewReasonsCardProps) {
  const { reasons, bansMade } = overview;
  const most = reasons[0]?.requests ?? 0;
  return (
    <SettingCard title="Why" sentence="The rule that spoke, and for how many requests.">
      {reasons.length === 0 ? (
        <EmptyState title="Nobody was refused">
          No rule refused a request {PERIOD_WORDS[view.period].said}.
        </EmptyState>
      ) : (
        <Stack gap={6} component="ul" m={0} p={0} style={{ listStyle: "none" }}>
          {reasons.slice(0, SHOWN_MAX).map((reason) => (
            <ReasonRow
              key={`${reason.verdict} ${reason.reason}`}
              reason={reason}
              share={reason.requests / most}
              view={view}
            />
          ))}
        </Stack>
      )}
      {bansMade.length === 0 ? null : (
        <Text size="sm" c="dimmed">
          Bans made:{" "}
          {bansMade.map(({ cause, bans }) => `${causeName(cause)} ${count(bans)}`).join(", ")}.{" "}
          <OverviewLink view={view} filter={{ group: "bans" }}>
            See them in Activity
          </OverviewLink>
        </Text>
      )}
    </SettingCard>
  );
}

type ReasonRowProps = {
  readonly reason: Reason;
  readonly share: number;
  readonly view: OverviewView;
};

/** The bar repeats the figure; its hatching repeats "only recorded". */
function ReasonRow({ reason: counted, share, view }: ReasonRowProps) {
  const { reason, verdict, requests } = counted;
  const note = verdict === "monitor" ? "Only recorded: the rule is in monitor mode." : null;
  return (
    <li className="postern-reason" data-verdict={verdict} title={reasonSentence(reason) ?? ""}>
      <span
        className="postern-reason-bar"
        style={{ width: `${Math.max(share * 100, 0.5)}%` }}
        aria-hidden
      />
      <Group pos="relative" justify="space-between" wrap="nowrap" gap="md" align="baseline">
        <div>
          <Text size="sm" component="span">
            <OverviewLink view={view} filter={{ verdict, reason }}>
              {reasonName(reason)}
            </OverviewLink>
          </Text>
          {note === null ? null : (
            <Text size="xs" c="dimmed">
              {note}
            </Text>
          )}
        </div>
        <Text size="sm" fw={600} style={{ whiteSpace: "nowrap" }}>
          {count(requests)}
        </Text>
      </Group>
    </li>
  );
}

function count(number: number): string {
  return number.toLocaleString("en");
}
