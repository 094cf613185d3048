// The tracking numbers granted to a user, with adding and taking back.
import { Button, Group, Stack, Text } from "@mantine/core";
import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { PagedView } from "../shell/paged-view.tsx";
import { RowTable } from "../shell/row-table.tsx";
import { SettingCard } from "../shell/setting-card.tsx";
import { showDone, showRefusal } from "../shell/show-toast.ts";
import { useManagedAccounts } from "./account-picker.tsx";
import { groupDigits } from "./group-digits.ts";
import { numbersQuery, refreshPeople, setGrant } from "./people-queries.ts";
import type { TrackingNumberAnswer, UserAnswer } from "./people-queries.ts";
import { SearchField, useSearchText } from "./search-field.tsx";

type UserProps = { readonly user: UserAnswer };

export function UserNumbersCard({ user }: UserProps) {
  const granted = useInfiniteQuery(numbersQuery({ search: "", account: null, user: user.id }));
  const adminOf = user.memberships.filter(({ role }) => role === "admin");
  return (
    <SettingCard
      title="Tracking numbers"
      sentence="An agent hears the recordings of the numbers granted here."
    >
      {adminOf.length === 0 ? null : (
        <Text size="sm">
          As admin of {adminOf.map(({ account }) => account).join(", ")} the user hears every number
          there, granted or not.
        </Text>
      )}
      <PagedView
        query={granted}
        rowsOf={(page) => page.trackingNumbers}
        empty={<Text size="sm">No number is granted yet.</Text>}
      >
        {(numbers) => (
          <RowTable
            label="Granted tracking numbers"
            rows={numbers}
            keyOf={({ id }) => id}
            columns={[
              { label: "Number", cell: (number) => <NumberText number={number} /> },
              { label: "Account", cell: ({ account }) => account },
              {
                label: "Actions",
                isLabelHidden: true,
                cell: (number) => <GrantButton user={user} number={number} isGranted />,
              },
            ]}
          />
        )}
      </PagedView>
      <FindNumber user={user} />
    </SettingCard>
  );
}

function NumberText({ number }: { readonly number: TrackingNumberAnswer }) {
  return (
    <div>
      <Text size="sm" style={{ whiteSpace: "nowrap" }}>
        {groupDigits(number.number)}
      </Text>
      <Text size="xs" c="dimmed" className="postern-breakable">
        {number.label}
      </Text>
    </div>
  );
}

type GrantButtonProps = UserProps & {
  readonly number: TrackingNumberAnswer;
  readonly isGranted: boolean;
};

function GrantButton({ user, number, isGranted }: GrantButtonProps) {
  const client = useQueryClient();
  const shown = groupDigits(number.number);
  async function change(): Promise<void> {
    try {
      await setGrant(number.id, user.id, !isGranted);
      showDone(isGranted ? `${shown} was taken back.` : `${shown} was granted.`);
    } catch (error) {
      showRefusal(error);
    }
    await refreshPeople(client);
  }
  return (
    <Group justify="flex-end">
      <Button
        size="xs"
        variant="default"
        aria-label={isGranted ? `Take back ${shown}` : `Grant ${shown}`}
        onClick={() => void change()}
      >
        {isGranted ? "Take back" : "Grant"}
      </Button>
    </Group>
  );
}

/** Only numbers of the user's accounts can be granted. */
function FindNumber({ user }: UserProps) {
  const search = useSearchText();
  const managed = useManagedAccounts() ?? [];
  const accounts = user.memberships
    .map(({ account }) => account)
    .filter((account) => managed.some(({ code }) => code === account));
  const found = useInfiniteQuery({
    ...numbersQuery({
      search: search.search,
      account: accounts.length === 1 ? (accounts[0] ?? null) : null,
      user: null,
    }),
    enabled: search.search !== "",
    placeholderData: keepPreviousData,
  });
  const granted = useInfiniteQuery(numbersQuery({ search: "", account: null, user: user.id }));
  const grantedIds = new Set(
    granted.data?.pages.flatMap(({ trackingNumbers }) => trackingNumbers.map(({ id }) => id)),
  );
  if (accounts.length === 0) return null;
  return (
    <Stack gap="xs">
      <SearchField label="Grant a number" placeholder="Part of a number or label" search={search} />
      {search.search === "" ? null : (
        <PagedView
          query={found}
          rowsOf={(page) =>
            page.trackingNumbers.filter(
              ({ id, account }) => accounts.includes(account) && !grantedIds.has(id),
            )
          }
          empty={
            <Text size="sm" c="dimmed">
              No number of the user&rsquo;s accounts has that in it, or all that do are granted.
            </Text>
          }
        >
          {(numbers) => (
            <RowTable
              label="Numbers found"
              rows={numbers}
              keyOf={({ id }) => id}
              columns={[
                { label: "Number", cell: (number) => <NumberText number={number} /> },
                { label: "Account", cell: ({ account }) => account },
                {
                  label: "Actions",
                  isLabelHidden: true,
                  cell: (number) => <GrantButton user={user} number={number} isGranted={false} />,
                },
              ]}
            />
          )}
        </PagedView>
      )}
    </Stack>
  );
}
