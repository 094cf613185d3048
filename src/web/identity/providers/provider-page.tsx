// The page of one provider: on or off, a test of it, its settings, and the guide beside them.
import { Code, Grid, Group, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { ProviderAnswer } from "../../../api/provider-api.ts";
import { actorName } from "../../shell/actor-name.ts";
import { FactList } from "../../accounts/fact-list.tsx";
import { useMe } from "../../shell/me.ts";
import { PageHeader } from "../../shell/page-header.tsx";
import { TextLink } from "../../shell/page-links.tsx";
import { QueryView } from "../../shell/query-view.tsx";
import { SettingCard } from "../../shell/setting-card.tsx";
import { TimeText } from "../../shell/time-text.tsx";
import { providerQuery } from "./provider-queries.ts";
import { ProviderRemovalCard } from "./provider-removal-card.tsx";
import { ProviderSettingsCard } from "./provider-settings-card.tsx";
import { ProviderSwitchCard } from "./provider-switch-card.tsx";
import { ProviderTestCard } from "./provider-test-card.tsx";
import { RedirectUriLines } from "./redirect-uri-lines.tsx";
import { SetupGuide } from "./setup-guide.tsx";
import { useProviderEditor } from "./use-provider-editor.ts";

type ProviderProps = { readonly provider: ProviderAnswer };

export function ProviderPage() {
  const { id = "" } = useParams({ strict: false });
  const query = useQuery(providerQuery(id));
  const account = query.data?.account ?? null;
  return (
    <>
      <Group mb="xs">
        <TextLink
          to="/security/single-sign-on"
          search={account === null ? {} : { account }}
          size="sm"
        >
          All providers
        </TextLink>
      </Group>
      {query.data === undefined ? <PageHeader title="Provider" sentence="" /> : null}
      <QueryView query={query}>
        {(provider) => <ProviderView key={provider.id} provider={provider} />}
      </QueryView>
    </>
  );
}

function ProviderView({ provider }: ProviderProps) {
  const { isOperator } = useMe();
  const editor = useProviderEditor(provider, isOperator);
  const { name, account, kind } = provider;
  return (
    <>
      <PageHeader
        title={name}
        sentence={
          account === null
            ? "A provider of the platform, for everybody."
            : `A provider of ${account}: for users who belong to ${account} alone.`
        }
      />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 7 }}>
          <Stack gap="lg">
            <ProviderSwitchCard provider={provider} />
            <ProviderTestCard provider={provider} isDirty={editor.form.isDirty()} />
            <ProviderSettingsCard editor={editor} isOperator={isOperator} />
            <ProviderRemovalCard provider={provider} />
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 5 }}>
          <Stack gap="lg">
            <ProviderFactsCard provider={provider} />
            <SetupGuide kind={kind} />
          </Stack>
        </Grid.Col>
      </Grid>
    </>
  );
}

function ProviderFactsCard({ provider }: ProviderProps) {
  const { id, kind, issuer, redirectUri, version, changedAt, changedBy } = provider;
  return (
    <SettingCard title="At the provider">
      <RedirectUriLines kind={kind} uri={redirectUri} />
      <FactList
        facts={[
          { name: "Issuer", value: issuer },
          { name: "Code", value: <Code>{id}</Code> },
          {
            name: "Saved",
            value: (
              <>
                <TimeText at={changedAt} /> by {actorName(changedBy)}, version {version}
              </>
            ),
          },
        ]}
      />
    </SettingCard>
  );
}
