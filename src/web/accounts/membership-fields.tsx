// The accounts a new user belongs to, each with a role; the first one is primary.
import { Button, Group, Select, Stack, Text } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { MEMBER_ROLES } from "../../core/accounts/role.ts";
import type { MemberRole } from "../../core/accounts/role.ts";
import { AccountPicker } from "./account-picker.tsx";
import type { AccountChoice } from "./account-picker.tsx";
import { ROLE_WORDS } from "./user-words.ts";

export type WantedMembership = { readonly account: string; readonly role: MemberRole };

export const ROLE_CHOICES = MEMBER_ROLES.map((role) => ({
  value: role,
  label: ROLE_WORDS[role].name,
}));

type WithMemberships = Record<string, unknown> & {
  readonly memberships: readonly WantedMembership[];
};

export type MembershipFieldsProps<Values extends WithMemberships> = {
  readonly form: UseFormReturnType<Values>;
  readonly accounts: readonly AccountChoice[];
};

export function MembershipFields<Values extends WithMemberships>({
  form,
  accounts,
}: MembershipFieldsProps<Values>) {
  const { memberships } = form.getValues();
  const free = accounts.filter(({ code }) => !memberships.some(({ account }) => account === code));

  function setMemberships(next: readonly WantedMembership[]): void {
    form.setValues((before) => ({ ...before, memberships: next }));
  }

  function change(index: number, change_: Partial<WantedMembership>): void {
    setMemberships(memberships.map((row, at) => (at === index ? { ...row, ...change_ } : row)));
    form.clearFieldError(`memberships.${index}.account`);
  }

  return (
    <Stack gap="xs" role="group" aria-label="Accounts">
      {memberships.map((membership, index) => (
        <Group key={membership.account} gap="xs" align="flex-end" wrap="wrap">
          <div style={{ flex: "1 1 180px" }}>
            <AccountPicker
              label={index === 0 ? "Account (primary)" : "Account"}
              value={membership.account}
              onChange={(account) => change(index, { account: account ?? "" })}
              accounts={accounts.filter(
                ({ code }) => code === membership.account || free.some((one) => one.code === code),
              )}
              error={errorText(form.errors[`memberships.${index}.account`])}
            />
          </div>
          <Select
            label="Role"
            w={110}
            data={ROLE_CHOICES}
            value={membership.role}
            onChange={(role) => change(index, { role: role ?? "agent" })}
            allowDeselect={false}
          />
          <Button
            variant="default"
            aria-label={`Remove ${membership.account}`}
            onClick={() => setMemberships(memberships.filter((_, at) => at !== index))}
          >
            Remove
          </Button>
        </Group>
      ))}
      <Group>
        <Button
          variant="default"
          size="xs"
          disabled={free.length === 0}
          onClick={() =>
            setMemberships([...memberships, { account: free[0]?.code ?? "", role: "agent" }])
          }
        >
          {memberships.length === 0 ? "Add to an account" : "Add to another account"}
        </Button>
      </Group>
      <Text size="xs" c="dimmed">
        An admin has {ROLE_WORDS.admin.can}; an agent hears {ROLE_WORDS.agent.can}. The first
        account is primary: its rules hold for the sign-in.
      </Text>
    </Stack>
  );
}

function errorText(error: unknown): string | undefined {
  return typeof error === "string" ? error : undefined;
}
