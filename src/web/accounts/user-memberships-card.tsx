// The accounts a user belongs to, with the role in each and the primary one.
import { Button, Group, Select, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { MemberRole } from "../../core/accounts/role.ts";
import { answerOf, api } from "../api/api.ts";
import { askToConfirm } from "../shell/ask-to-confirm.tsx";
import { EmptyState } from "../shell/empty-state.tsx";
import { useMe } from "../shell/me.ts";
import { RowTable } from "../shell/row-table.tsx";
import { SettingCard } from "../shell/setting-card.tsx";
import { showDone, showRefusal } from "../shell/show-toast.ts";
import { StatusMark } from "../shell/status-mark.tsx";
import { TextLink } from "../shell/page-links.tsx";
import { AccountPicker, useManagedAccounts } from "./account-picker.tsx";
import { ROLE_CHOICES } from "./membership-fields.tsx";
import { refreshPeople } from "./people-queries.ts";
import type { UserAnswer } from "./people-queries.ts";
import type { UserCardProps } from "./user-profile-card.tsx";
import { mayChangeMembership } from "./user-rights.ts";
import { ROLE_WORDS } from "./user-words.ts";

type Membership = UserAnswer["memberships"][number];

const MEMBERSHIP_PATH = "/api/v1/users/{id}/memberships/{account}";

export function UserMembershipsCard({ user, rights }: UserCardProps) {
  const me = useMe();
  return (
    <SettingCard
      title="Accounts"
      sentence="The primary account's rules hold for the sign-in, whichever account is looked at."
    >
      {user.memberships.length === 0 ? (
        <EmptyState title="No account">
          {user.isOperator
            ? "An operator needs none."
            : "Without one the user can sign in and sees nothing. Add an account below."}
        </EmptyState>
      ) : (
        <RowTable
          label="Accounts of the user"
          rows={user.memberships}
          keyOf={({ account }) => account}
          columns={[
            { label: "Account", cell: (membership) => <AccountCell membership={membership} /> },
            {
              label: "Role",
              cell: (membership) => (
                <RoleCell
                  user={user}
                  membership={membership}
                  isOpen={mayChangeMembership(me, user, membership)}
                />
              ),
            },
            {
              label: "Actions",
              isLabelHidden: true,
              cell: (membership) => (
                <MembershipActions
                  user={user}
                  membership={membership}
                  mayMakePrimary={rights.mayManage && !membership.isPrimary}
                  mayRemove={mayChangeMembership(me, user, membership)}
                />
              ),
            },
          ]}
        />
      )}
      <AddMembership user={user} />
    </SettingCard>
  );
}

function AccountCell({ membership }: { readonly membership: Membership }) {
  return (
    <div>
      <TextLink to="/accounts/$code" params={{ code: membership.account }} size="sm">
        {membership.account}
      </TextLink>
      <Text size="xs" c="dimmed" className="postern-breakable">
        {membership.accountName}
      </Text>
      {membership.isPrimary ? <StatusMark tone="good">Primary</StatusMark> : null}
    </div>
  );
}

type RowProps = { readonly user: UserAnswer; readonly membership: Membership };

function RoleCell({ user, membership, isOpen }: RowProps & { readonly isOpen: boolean }) {
  const setRole = useSetRole(user);
  if (!isOpen) return <>{ROLE_WORDS[membership.role].name}</>;
  return (
    <Select
      aria-label={`Role in ${membership.account}`}
      size="xs"
      w={104}
      data={ROLE_CHOICES}
      value={membership.role}
      onChange={(role) => void setRole(membership.account, role as MemberRole)}
      allowDeselect={false}
    />
  );
}

function useSetRole(user: UserAnswer) {
  const client = useQueryClient();
  return async (account: string, role: MemberRole): Promise<void> => {
    const params = { path: { id: user.id, account } };
    try {
      await answerOf(api.PUT(MEMBERSHIP_PATH, { params, body: { role } }));
      showDone(`${user.name} is ${ROLE_WORDS[role].name.toLowerCase()} of ${account} now.`);
    } catch (error) {
      showRefusal(error);
    }
    await refreshPeople(client);
  };
}

type MembershipActionsProps = RowProps & {
  readonly mayMakePrimary: boolean;
  readonly mayRemove: boolean;
};

function MembershipActions(props: MembershipActionsProps) {
  const { user, membership, mayMakePrimary, mayRemove } = props;
  const client = useQueryClient();
  const { account } = membership;
  return (
    <Group gap="xs" justify="flex-end">
      {mayMakePrimary ? (
        <Button
          size="xs"
          variant="default"
          onClick={() =>
            askToConfirm({
              title: `Make ${account} the primary account?`,
              changes: `From then on the rules of ${account} hold for ${user.name}'s sign-in.`,
              confirmLabel: "Make primary",
              isDangerous: false,
              act: async () => {
                const params = { path: { id: user.id } };
                const body = { primaryAccount: account };
                await answerOf(api.PATCH("/api/v1/users/{id}", { params, body }));
                await refreshPeople(client);
              },
              done: `${account} is the primary account now.`,
            })
          }
        >
          Make primary
        </Button>
      ) : null}
      {mayRemove ? (
        <Button
          size="xs"
          variant="default"
          aria-label={`Remove from ${account}`}
          onClick={() =>
            askToConfirm({
              title: `Remove ${user.name} from ${account}?`,
              changes: removalWords(user, membership),
              confirmLabel: "Remove from account",
              act: async () => {
                const params = { path: { id: user.id, account } };
                await answerOf(api.DELETE(MEMBERSHIP_PATH, { params }));
                await refreshPeople(client);
              },
              done: `${user.name} does not belong to ${account} any more.`,
            })
          }
        >
          Remove
        </Button>
      ) : null}
    </Group>
  );
}

function removalWords({ name }: UserAnswer, { account, isPrimary }: Membership): string {
  const loss = `${name} loses ${account} and every tracking number of it that was granted.`;
  if (!isPrimary) return loss;
  const rules = "the strictest rules of the remaining accounts hold for the sign-in";
  return `${loss} It is the primary account: until another is chosen, ${rules}.`;
}

function AddMembership({ user }: { readonly user: UserAnswer }) {
  const accounts = useManagedAccounts() ?? [];
  const setRole = useSetRole(user);
  const [picked, setPicked] = useState<string | null>(null);
  const [role, setPickedRole] = useState<MemberRole>("agent");
  const free = accounts.filter(
    ({ code }) => !user.memberships.some(({ account }) => account === code),
  );
  const account = free.find(({ code }) => code === picked)?.code ?? free[0]?.code;
  if (account === undefined) return null;
  return (
    <Group gap="xs" align="flex-end" wrap="wrap">
      <div style={{ flex: "1 1 180px" }}>
        <AccountPicker
          label="Add to account"
          value={account}
          onChange={setPicked}
          accounts={free}
        />
      </div>
      <Select
        label="Role"
        w={104}
        data={ROLE_CHOICES}
        value={role}
        onChange={(value) => setPickedRole(value ?? "agent")}
        allowDeselect={false}
      />
      <Button variant="default" onClick={() => void setRole(account, role)}>
        Add
      </Button>
    </Group>
  );
}
