// The bans in force: who, why, how long still, and ending one early.
import { Button, Group, Text, VisuallyHidden } from "@mantine/core";
import type { BanAnswer } from "../../api/entry-api.ts";
import { useSecondsLeft } from "../identity/two-factor/countdown.tsx";
import { askToRelease } from "../network/ask-to-release.ts";
import { EmptyState } from "../shell/empty-state.tsx";
import { TextLink } from "../shell/page-links.tsx";
import { QueryView } from "../shell/query-view.tsx";
import { ownInstantMs } from "../shell/session-state.ts";
import { SettingCard } from "../shell/setting-card.tsx";
import type { OverviewView } from "./activity-search.ts";
import { causeName } from "./ban-words.ts";
import { BANS_SHOWN_MAX, useCurrentBans } from "./current-bans.ts";
import { describeLeft } from "./describe-left.ts";

export type OverviewBansCardProps = {
  readonly view: OverviewView;
  readonly isPaused: boolean;
};

export function OverviewBansCard({ view, isPaused }: OverviewBansCardProps) {
  const { query, refresh } = useCurrentBans(view.account, isPaused);
  const search = view.account === null ? {} : { account: view.account };
  return (
    <SettingCard title="Banned now" sentence="Each ban ends by itself; the newest come first.">
      <QueryView query={query}>
        {(bans) =>
          bans.length === 0 ? (
            <EmptyState title="Nobody is banned">
              Addresses that go over a limit, or fail to sign in too often, appear here at once.
            </EmptyState>
          ) : (
            <>
              <ul style={{ listStyle: "none", margin: 0, padding: 0 }}>
                {bans.slice(0, BANS_SHOWN_MAX).map((ban) => (
                  <BanRow key={ban.id} ban={ban} onChanged={refresh} />
                ))}
              </ul>
              <TextLink
                to="/security/address-lists"
                search={{ ...search, tab: "automatic" } as never}
                size="sm"
              >
                {bans.length > BANS_SHOWN_MAX ? "See all of them" : "Open the list of bans"}
              </TextLink>
            </>
          )
        }
      </QueryView>
    </SettingCard>
  );
}

type BanRowProps = { readonly ban: BanAnswer; readonly onChanged: () => void };

function BanRow({ ban, onChanged }: BanRowProps) {
  const { id, range, cause, holds, endsAt, account } = ban;
  const seconds = useSecondsLeft(ownInstantMs(endsAt), onChanged);
  const where = holds === "everywhere" ? "everywhere" : `on ${holds}`;
  function release(): void {
    askToRelease({ id, range, onDone: onChanged });
  }
  return (
    <li className="postern-ban">
      <Group justify="space-between" gap="sm" wrap="nowrap" align="flex-start">
        <div style={{ minWidth: 0 }}>
          <Text size="sm" fw={600} className="postern-breakable">
            {range}
          </Text>
          <Text size="xs" c="dimmed">
            {causeName(cause)}, {where}
            {account === null ? "" : `, of ${account}`}
          </Text>
        </div>
        <Group gap="sm" wrap="nowrap">
          <Text size="sm" style={{ whiteSpace: "nowrap" }}>
            <VisuallyHidden>ends in </VisuallyHidden>
            {describeLeft(seconds)}
          </Text>
          <Button size="xs" variant="default" aria-label={`Release ${range}`} onClick={release}>
            Release
          </Button>
        </Group>
      </Group>
    </li>
  );
}
