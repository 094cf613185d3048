// Who is granted a tracking number: ticked users, and others of the account by part of their name.
import { Checkbox, Stack, Text, Title } from "@mantine/core";
import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useState } from "react";
import { PagedView } from "../shell/paged-view.tsx";
import { QueryView } from "../shell/query-view.tsx";
import { showRefusal } from "../shell/show-toast.ts";
import { grantsQuery, refreshPeople, setGrant, usersQuery } from "./people-queries.ts";
import type { TrackingNumberAnswer, UserAnswer } from "./people-queries.ts";
import { SearchField, useSearchText } from "./search-field.tsx";

type NumberProps = { readonly number: TrackingNumberAnswer };

export function NumberGrants({ number }: NumberProps) {
  const grants = useQuery(grantsQuery(number.id));
  return (
    <Stack gap="sm">
      <Title order={3}>Who hears its recordings</Title>
      <Text size="sm" c="dimmed">
        The account&rsquo;s admins do without a grant. Take the tick away to take a grant back.
      </Text>
      <QueryView query={grants}>
        {(granted) =>
          granted.length === 0 ? (
            <Text size="sm">Nobody is granted this number yet.</Text>
          ) : (
            <Stack gap="xs">
              {granted.map(({ userId, name, email }) => (
                <GrantTick
                  key={userId}
                  number={number}
                  person={{ id: userId, name, email }}
                  isGranted
                />
              ))}
            </Stack>
          )
        }
      </QueryView>
      {grants.data === undefined ? null : (
        <OtherUsers number={number} grantedIds={grants.data.map(({ userId }) => userId)} />
      )}
    </Stack>
  );
}

type Person = Pick<UserAnswer, "id" | "name" | "email"> & { readonly note?: string };

type GrantTickProps = NumberProps & { readonly person: Person; readonly isGranted: boolean };

function GrantTick({ number, person, isGranted }: GrantTickProps) {
  const client = useQueryClient();
  const [isChanging, setChanging] = useState(false);
  async function change(isWanted: boolean): Promise<void> {
    setChanging(true);
    try {
      await setGrant(number.id, person.id, isWanted);
    } catch (error) {
      showRefusal(error);
    }
    await refreshPeople(client);
    setChanging(false);
  }
  return (
    <Checkbox
      checked={isChanging ? !isGranted : isGranted}
      disabled={isChanging}
      onChange={(event) => void change(event.currentTarget.checked)}
      label={person.name}
      description={person.note === undefined ? person.email : `${person.email} · ${person.note}`}
    />
  );
}

type OtherUsersProps = NumberProps & { readonly grantedIds: readonly string[] };

function OtherUsers({ number, grantedIds }: OtherUsersProps) {
  const search = useSearchText();
  const query = useInfiniteQuery({
    ...usersQuery({ search: search.search, account: number.account, status: null }),
    enabled: search.search !== "",
    placeholderData: keepPreviousData,
  });
  return (
    <Stack gap="xs">
      <SearchField label="Grant it to" placeholder="Part of a name or e-mail" search={search} />
      {search.search === "" ? null : (
        <PagedView
          query={query}
          rowsOf={(page) => page.users.filter(({ id }) => !grantedIds.includes(id))}
          empty={
            <Text size="sm" c="dimmed">
              No other user of {number.account} matches. Only users of the account can be granted
              it.
            </Text>
          }
        >
          {(users) => (
            <Stack gap="xs">
              {users.map(({ id, name, email, memberships }) => (
                <GrantTick
                  key={id}
                  number={number}
                  person={{ id, name, email, ...noteOn(memberships, number.account) }}
                  isGranted={false}
                />
              ))}
            </Stack>
          )}
        </PagedView>
      )}
    </Stack>
  );
}

function noteOn(memberships: UserAnswer["memberships"], code: string): { readonly note?: string } {
  const isAdmin = memberships.some(({ account, role }) => account === code && role === "admin");
  return isAdmin ? { note: "admin, hears it anyway" } : {};
}
