// User settings, Single sign-on: accounts elsewhere by which one signs in here.
import { Alert, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { OwnConnectionsAnswer } from "../../../api/connection-api.ts";
import { CheckIcon } from "../../shell/icons.tsx";
import { PageHeader } from "../../shell/page-header.tsx";
import { QueryView } from "../../shell/query-view.tsx";
import { SettingCard } from "../../shell/setting-card.tsx";
import { ProofProvider } from "../two-factor/proof-provider.tsx";
import { AvailableProviders } from "./available-providers.tsx";
import { ConnectionList } from "./connection-list.tsx";
import { connectionsQuery } from "./connections-query.ts";
import { FaultNotice } from "./fault-notice.tsx";
import { NoProviders } from "./no-providers.tsx";

export function ConnectionsPage() {
  const query = useQuery(connectionsQuery);
  return (
    <>
      <PageHeader
        title="Single sign-on"
        sentence={
          "Sign in here with an account that you have elsewhere, such as at Google or Microsoft, " +
          "without typing a password."
        }
      />
      <ProofProvider>
        <QueryView query={query}>{(own) => <Cards own={own} />}</QueryView>
      </ProofProvider>
    </>
  );
}

type OwnProps = { readonly own: OwnConnectionsAnswer };

function Cards({ own }: OwnProps) {
  const { connections, available } = own;
  const isEmpty = connections.length === 0 && available.length === 0;
  return (
    <Stack gap="lg">
      <Notices own={own} />
      {isEmpty ? (
        <SettingCard title="Connected accounts">
          <NoProviders />
        </SettingCard>
      ) : (
        <SettingCard
          title="Connected accounts"
          sentence="Each signs you in here. Disconnect whatever is not yours."
        >
          <ConnectionList own={own} />
        </SettingCard>
      )}
      {available.length === 0 ? null : <AvailableProviders providers={available} />}
    </Stack>
  );
}

/** What the way to a provider and back has come to. */
function Notices({ own }: OwnProps) {
  const { connected, fault, provider } = useSearch({ from: "/frame/settings/single-sign-on" });
  const navigate = useNavigate();
  const close = () => void navigate({ to: "/settings/single-sign-on", search: {}, replace: true });
  const made = own.connections.find((connection) => connection.provider.id === connected);
  if (fault !== undefined) {
    const providers = [...own.connections.map((each) => each.provider), ...own.available];
    return (
      <FaultNotice
        key={`${fault} ${provider}`}
        fault={fault}
        providerId={provider}
        providers={providers}
        doing="connect"
        onClose={close}
      />
    );
  }
  if (made === undefined) return null;
  const { accountShown, provider: by } = made;
  return (
    <Alert
      color="harbour"
      variant="light"
      icon={<CheckIcon />}
      role="status"
      title={`${by.name} is connected`}
      withCloseButton
      closeButtonLabel="Close this notice"
      onClose={close}
    >
      <Text size="sm" className="postern-breakable">
        From now on “Continue with {by.name}” on the sign-in page signs you in
        {accountShown === "" ? "" : `, as ${accountShown}`}. A mail tells you of it too.
      </Text>
    </Alert>
  );
}
