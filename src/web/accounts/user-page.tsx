// The page of one user: who they are, what they may, and how their sign-in stands.
import { Alert, Grid, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { InfoIcon } from "../shell/icons.tsx";
import { useMe } from "../shell/me.ts";
import { PageHeader } from "../shell/page-header.tsx";
import { QueryView } from "../shell/query-view.tsx";
import { TextLink } from "../shell/page-links.tsx";
import { userQuery } from "./people-queries.ts";
import type { UserAnswer } from "./people-queries.ts";
import { rightsOver } from "./user-rights.ts";
import { UserConnectionsCard } from "./user-connections-card.tsx";
import { UserHistoryCard } from "./user-history-card.tsx";
import { UserMembershipsCard } from "./user-memberships-card.tsx";
import { UserNumbersCard } from "./user-numbers-card.tsx";
import { UserProfileCard } from "./user-profile-card.tsx";
import { UserRemovalCard } from "./user-removal-card.tsx";
import { UserSessionsCard } from "./user-sessions-card.tsx";
import { UserSignInCard } from "./user-sign-in-card.tsx";
import { UserTwoFactorCard } from "./user-two-factor-card.tsx";

export function UserPage() {
  const { id = "" } = useParams({ strict: false });
  const query = useQuery(userQuery(id));
  return (
    <>
      <Group mb="xs">
        <TextLink to="/users" size="sm">
          All users
        </TextLink>
      </Group>
      {query.data === undefined ? <PageHeader title="User" sentence="" /> : null}
      <QueryView query={query}>{(user) => <UserView key={user.id} user={user} />}</QueryView>
    </>
  );
}

function UserView({ user }: { readonly user: UserAnswer }) {
  const rights = rightsOver(useMe(), user);
  return (
    <>
      <PageHeader
        title={user.name}
        sentence={<span className="postern-breakable">{user.email}</span>}
      />
      {rights.why === null ? null : (
        <Alert color="harbour" variant="light" icon={<InfoIcon />} mb="lg">
          <Text size="sm">{rights.why}</Text>
        </Alert>
      )}
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack gap="lg">
            <UserProfileCard user={user} rights={rights} />
            <UserMembershipsCard user={user} rights={rights} />
            <UserNumbersCard user={user} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Stack gap="lg">
            <UserSignInCard user={user} rights={rights} />
            <UserTwoFactorCard user={user} rights={rights} />
            {rights.mayManage ? <UserConnectionsCard user={user} rights={rights} /> : null}
            {rights.mayManage ? <UserSessionsCard user={user} /> : null}
            {rights.mayManage ? <UserHistoryCard user={user} /> : null}
          </Stack>
        </Grid.Col>
        {rights.mayRemove ? (
          <Grid.Col span={12}>
            <UserRemovalCard user={user} />
          </Grid.Col>
        ) : null}
      </Grid>
    </>
  );
}
