// The platform's hard limit on a card: what it is, that it stays, and who may be exempt from it.
import { Group, Switch, Text } from "@mantine/core";
import { HARD_LIMIT } from "../../core/network/network-policy.ts";
import { LockIcon } from "../shell/icons.tsx";
import { SettingCard } from "../shell/setting-card.tsx";

export type HardLimitCardProps = {
  /** Null: it is the platform's to set, and only told here. */
  readonly exemptAllowEntries: boolean | null;
  readonly onChange: (exemptAllowEntries: boolean) => void;
};

export function HardLimitCard({ exemptAllowEntries, onChange }: HardLimitCardProps) {
  const { requestsMax, windowSeconds } = HARD_LIMIT;
  const perSecond = requestsMax / windowSeconds;
  return (
    <SettingCard
      title="Hard limit"
      sentence={
        `More than ${requestsMax} requests of one address in any ${windowSeconds} seconds ban it ` +
        "everywhere. Every kind of request counts, on every surface and for every account together."
      }
      control={
        <Group gap={6} c="dimmed" wrap="nowrap">
          <LockIcon size={16} />
          <Text size="sm">Always on</Text>
        </Group>
      }
    >
      <Text size="sm">
        A limit above may not be looser than {perSecond} requests a second: it would never bind, as
        the hard limit would ban the address first. So in 60 seconds at most {requestsMax} may be
        allowed, in 10 seconds at most {perSecond * 10}.
      </Text>
      {exemptAllowEntries === null ? null : (
        <Switch
          label="Allow entries are exempt"
          description={
            "Off: addresses with an allow entry of the platform are slowed over it, and never " +
            "banned. On: they are not even slowed."
          }
          checked={exemptAllowEntries}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      )}
    </SettingCard>
  );
}
