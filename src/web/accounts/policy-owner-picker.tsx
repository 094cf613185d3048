// Whose rules a security page shows: the platform's, or one of the accounts somebody manages.
import { Box } from "@mantine/core";
import { AccountPicker, useManagedAccounts } from "./account-picker.tsx";
import { useMe } from "../shell/me.ts";
import { useUrlFilter } from "../shell/url-filter.ts";

export type PolicyOwnerChoice = {
  /** An account's code; null: the platform. */
  readonly account: string | null;
  readonly setAccount: (account: string | null) => void;
};

/** Admins have no platform to look at: without a choice they see their first account. */
export function usePolicyOwner(): PolicyOwnerChoice {
  const { isOperator } = useMe();
  const accounts = useManagedAccounts();
  const [account, setAccount] = useUrlFilter("account");
  const first = isOperator ? null : (accounts?.[0]?.code ?? null);
  return { account: account ?? first, setAccount };
}

const PLATFORM = "Platform (operators and users without an account)";

export type PolicyOwnerPickerProps = {
  readonly owner: PolicyOwnerChoice;
  /** What the platform's rules are of. */
  readonly platformLabel?: string;
};

export function PolicyOwnerPicker({ owner, platformLabel = PLATFORM }: PolicyOwnerPickerProps) {
  const { isOperator } = useMe();
  const accounts = useManagedAccounts() ?? [];
  if (!isOperator && accounts.length < 2) return null;
  return (
    <Box maw={420} mb="lg">
      <AccountPicker
        label="Whose rules"
        {...(isOperator ? { noneLabel: platformLabel } : {})}
        value={owner.account}
        onChange={owner.setAccount}
        accounts={accounts}
      />
    </Box>
  );
}
