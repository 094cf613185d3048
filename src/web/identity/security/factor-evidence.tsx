// Beside the rules of the second factor: who has one on now, and whom a requirement would ask.
import { List, Text } from "@mantine/core";
import { countOf } from "../../accounts/user-words.ts";
import { TextLink } from "../../shell/page-links.tsx";
import { SettingCard } from "../../shell/setting-card.tsx";
import type { RuledUsers } from "./policy-evidence.tsx";
import { usersWithoutFactor } from "./ruled-users.ts";

export type FactorEvidenceProps = {
  /** Null while it is not known. */
  readonly ruled: RuledUsers | null;
  /** As chosen on the page, saved or not. */
  readonly isRequired: boolean;
};

const NAMED_MAX = 8;

export function FactorEvidenceCard({ ruled, isRequired }: FactorEvidenceProps) {
  if (ruled === null) return null;
  const users = ruled.users.filter(({ isDisabled }) => !isDisabled);
  const without = usersWithoutFactor(users);
  return (
    <SettingCard title="Now">
      <Text size="sm">{describeShare(users.length - without.length, users.length)}</Text>
      {without.length === 0 ? null : (
        <>
          <Text size="sm" role="status">
            {isRequired
              ? `The next sign-in of ${countOf(without.length, "user")} asks to set one up:`
              : "Only the password protects:"}
          </Text>
          <List size="sm" listStyleType="none" spacing={4}>
            {without.slice(0, NAMED_MAX).map(({ id, name, email }) => (
              <List.Item key={id}>
                <TextLink to="/users/$id" params={{ id }} size="sm">
                  {name}
                </TextLink>
                {/* Names repeat; addresses do not. */}
                <Text size="xs" c="dimmed" className="postern-breakable">
                  {email}
                </Text>
              </List.Item>
            ))}
          </List>
          {without.length <= NAMED_MAX ? null : (
            <Text size="sm">and {countOf(without.length - NAMED_MAX, "other")}.</Text>
          )}
        </>
      )}
      {ruled.isWhole ? null : (
        <Text size="xs" c="dimmed">
          Only the first {ruled.users.length} users were looked at.
        </Text>
      )}
    </SettingCard>
  );
}

function describeShare(withOne: number, all: number): string {
  if (withOne === 0) return "None of them has a second factor on.";
  if (withOne === all) return "All of them have a second factor on.";
  const have = withOne === 1 ? "has" : "have";
  return `${withOne} of ${countOf(all, "user")} ${have} a second factor on.`;
}
