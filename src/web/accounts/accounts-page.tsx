// The page of client accounts: what each has, and adding one.
import { Button, Card, Code, VisuallyHidden } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { EmptyState } from "../shell/empty-state.tsx";
import { useMe } from "../shell/me.ts";
import { PageHeader } from "../shell/page-header.tsx";
import { TextLink } from "../shell/page-links.tsx";
import { QueryView } from "../shell/query-view.tsx";
import { RowTable } from "../shell/row-table.tsx";
import type { RowColumn } from "../shell/row-table.tsx";
import { TimeText } from "../shell/time-text.tsx";
import { AddAccountDialog } from "./add-account-dialog.tsx";
import { accountsQuery } from "./people-queries.ts";
import type { AccountAnswer } from "./people-queries.ts";

const COLUMNS: readonly RowColumn<AccountAnswer>[] = [
  {
    label: "Name",
    cell: ({ code, name }) => (
      <TextLink to="/accounts/$code" params={{ code }} fw={550} size="sm">
        {name}
      </TextLink>
    ),
  },
  { label: "Code", cell: ({ code }) => <Code>{code}</Code> },
  { label: "Users", cell: ({ users }) => users.toLocaleString("en"), isFigure: true },
  {
    label: "Tracking numbers",
    cell: ({ trackingNumbers }) => trackingNumbers.toLocaleString("en"),
    isFigure: true,
  },
  { label: "Created", cell: ({ createdAt }) => <TimeText at={createdAt} />, isLesser: true },
];

export function AccountsPage() {
  const { isOperator } = useMe();
  const query = useQuery(accountsQuery);
  const [isAdding, adding] = useDisclosure(false);
  const add = isOperator ? <Button onClick={adding.open}>Add an account</Button> : null;
  return (
    <>
      <PageHeader
        title="Accounts"
        sentence={
          isOperator
            ? "Customers of the portal, each with its own users, numbers and rules."
            : "The accounts you are an admin of. Operators add and remove accounts."
        }
        actions={add}
      />
      <Card className="postern-card">
        <VisuallyHidden component="h2">List of accounts</VisuallyHidden>
        <QueryView query={query}>
          {(accounts) =>
            accounts.length === 0 ? (
              <NoAccounts add={add} />
            ) : (
              <RowTable
                label="Accounts"
                columns={COLUMNS}
                rows={accounts}
                keyOf={({ code }) => code}
              />
            )
          }
        </QueryView>
      </Card>
      <AddAccountDialog isOpen={isAdding} onClose={adding.close} />
    </>
  );
}

function NoAccounts({ add }: { readonly add: ReactNode }) {
  return (
    <EmptyState title="No accounts yet" action={add}>
      Add an account for each customer; users and tracking numbers then go into it.
    </EmptyState>
  );
}
