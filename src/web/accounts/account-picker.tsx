// Chooses one of the accounts that somebody manages, by part of its code or name.
import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMe } from "../shell/me.ts";
import { accountsQuery } from "./people-queries.ts";

export type AccountChoice = { readonly code: string; readonly name: string };

/** Operators: every account; admins: those they are admin of. Null while it is not known. */
export function useManagedAccounts(): readonly AccountChoice[] | null {
  const me = useMe();
  const query = useQuery({ ...accountsQuery, enabled: me.isOperator });
  if (me.isOperator) return query.data ?? null;
  return me.memberships
    .filter(({ role }) => role === "admin")
    .map(({ account, accountName }) => ({ code: account, name: accountName }));
}

/** No code has a star. */
const NONE = "*";

export type AccountPickerProps = {
  readonly label: string;
  readonly description?: string;
  /** Null: what `noneLabel` says. */
  readonly value: string | null;
  readonly onChange: (code: string | null) => void;
  /** Such as "All accounts"; without it one account is always chosen. */
  readonly noneLabel?: string;
  readonly error?: string | undefined;
  readonly accounts: readonly AccountChoice[];
};

export function AccountPicker(props: AccountPickerProps) {
  const { label, description, value, onChange, noneLabel, error, accounts } = props;
  const data = accounts.map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }));
  if (noneLabel !== undefined) data.unshift({ value: NONE, label: noneLabel });
  // A code in the address that is none of theirs stays visible: the page says what is wrong.
  if (value !== null && !accounts.some(({ code }) => code === value)) {
    data.push({ value, label: value });
  }
  const none = noneLabel === undefined ? null : NONE;
  return (
    <Select
      label={label}
      {...(description === undefined ? {} : { description })}
      data={data}
      value={value ?? none}
      onChange={(picked) => onChange(picked === NONE ? null : picked)}
      allowDeselect={false}
      searchable={data.length > 8}
      nothingFoundMessage="No account has that in its code or name"
      {...(error === undefined ? {} : { error })}
    />
  );
}
