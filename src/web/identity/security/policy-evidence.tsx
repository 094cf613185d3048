// Beside the rules: for whom they hold, who saved them, and how those users stand now.
import { List, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { UserAnswer } from "../../../api/users-api.ts";
import { answerOf, api } from "../../api/api.ts";
import { countOf } from "../../accounts/user-words.ts";
import { TextLink } from "../../shell/page-links.tsx";
import { SettingCard } from "../../shell/setting-card.tsx";
import { TimeText } from "../../shell/time-text.tsx";
import { UserStatus } from "../../accounts/user-status.tsx";
import { ruledUsersOf } from "./ruled-users.ts";
import { actorName } from "../../shell/actor-name.ts";

/** More are not counted; the card says so. */
const LOOKED_AT_MAX = 500;

export type RuledUsers = { readonly users: readonly UserAnswer[]; readonly isWhole: boolean };

/** Null while it is not known; evidence that cannot be had is left out. */
export function useRuledUsers(account: string | null): RuledUsers | null {
  const { data } = useQuery({
    queryKey: ["users", "ruled", account],
    queryFn: () => {
      const query = { limit: LOOKED_AT_MAX, ...(account === null ? {} : { account }) };
      return answerOf(api.GET("/api/v1/users", { params: { query } }));
    },
  });
  if (data === undefined) return null;
  return { users: ruledUsersOf(data.users, account), isWhole: data.next === null };
}

export type AffectedCardProps = {
  readonly account: string | null;
  /** How many, by the server. */
  readonly users: number;
  readonly version: number;
  readonly changedAt: string | null;
  readonly changedBy: string | null;
};

export function AffectedCard(props: AffectedCardProps) {
  const { account, users, version, changedAt, changedBy } = props;
  return (
    <SettingCard title="For whom">
      <Text size="sm">
        {account === null
          ? `They hold for operators and users without an account: ${countOf(users, "user")}.`
          : `These rules hold for ${countOf(users, "user")} whose primary account is ${account}.`}
      </Text>
      <Text size="sm" c="dimmed">
        {account === null
          ? "Accounts have rules of their own."
          : "The primary account decides, whichever account a user looks at."}
      </Text>
      <Text size="sm" c="dimmed" className="postern-breakable">
        {version === 0 ? (
          "Nobody has changed them yet: the defaults hold."
        ) : (
          <>
            Version {version}, saved <TimeText at={changedAt} /> by {actorName(changedBy)}.
          </>
        )}
      </Text>
    </SettingCard>
  );
}

const NAMED_MAX = 8;

export function LockedUsersCard({ ruled }: { readonly ruled: RuledUsers | null }) {
  if (ruled === null) return null;
  const locked = ruled.users.filter(({ signIn }) => signIn.status === "locked");
  const dormant = ruled.users.filter(({ signIn }) => signIn.status === "dormant");
  const shown = [...locked, ...dormant].slice(0, NAMED_MAX);
  return (
    <SettingCard title="Now">
      <Text size="sm">
        {locked.length + dormant.length === 0
          ? "Nobody is locked or dormant."
          : `${countOf(locked.length, "user")} locked, ${dormant.length} dormant.`}
      </Text>
      {shown.length === 0 ? null : (
        <List size="sm" listStyleType="none" spacing={4}>
          {shown.map(({ id, name, email, signIn }) => (
            <List.Item key={id}>
              <TextLink to="/users/$id" params={{ id }} size="sm">
                {name}
              </TextLink>{" "}
              <UserStatus status={signIn.status} />
              {/* Names repeat; addresses do not. */}
              <Text size="xs" c="dimmed" className="postern-breakable">
                {email}
              </Text>
            </List.Item>
          ))}
        </List>
      )}
      {ruled.isWhole ? null : (
        <Text size="xs" c="dimmed">
          Only the first {LOOKED_AT_MAX} users were looked at.
        </Text>
      )}
    </SettingCard>
  );
}
