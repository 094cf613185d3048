// The page Security, Audio download: who may hear an account's recordings, and how many at once.
import { Box, Grid } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { AccountPicker, useManagedAccounts } from "../../accounts/account-picker.tsx";
import { EmptyState } from "../../shell/empty-state.tsx";
import { LoadingLines } from "../../shell/loading-lines.tsx";
import { ButtonLink } from "../../shell/page-links.tsx";
import { PageHeader } from "../../shell/page-header.tsx";
import { QueryView } from "../../shell/query-view.tsx";
import { useUrlFilter } from "../../shell/url-filter.ts";
import { AudioRulesForm } from "./audio-rules-form.tsx";
import { audioPolicyQuery } from "./audio-policy-query.ts";
import { RateLimitCard } from "../../network/rate-limit-card.tsx";

export function AudioDownloadPage() {
  const accounts = useManagedAccounts();
  const [wanted, setAccount] = useUrlFilter("account");
  const account = wanted ?? accounts?.[0]?.code ?? null;
  return (
    <>
      <PageHeader
        title="Audio download"
        sentence="Who may play and download call recordings. Each account has its own rule."
      />
      {accounts !== null && accounts.length > 1 ? (
        <Box maw={420} mb="lg">
          <AccountPicker
            label="Account"
            value={account}
            onChange={setAccount}
            accounts={accounts}
          />
        </Box>
      ) : null}
      {account === null ? (
        <NoAccount isKnown={accounts !== null} />
      ) : (
        <AccountRules key={account} account={account} />
      )}
    </>
  );
}

/** Made anew for another account, as what was not saved is of the one before. */
function AccountRules({ account }: { readonly account: string }) {
  const query = useQuery(audioPolicyQuery(account));
  return (
    <QueryView query={query}>
      {(answer) => (
        <>
          <AudioRulesForm account={account} answer={answer} />
          <Grid gap="lg" mt="lg">
            <Grid.Col span={{ base: 12, lg: 8 }}>
              <RateLimitCard account={account} />
            </Grid.Col>
          </Grid>
        </>
      )}
    </QueryView>
  );
}

function NoAccount({ isKnown }: { readonly isKnown: boolean }) {
  if (!isKnown) return <LoadingLines />;
  return (
    <EmptyState
      title="No accounts yet"
      action={<ButtonLink to="/accounts">To accounts</ButtonLink>}
    >
      Recordings belong to accounts. Add one, and set here who may hear its recordings.
    </EmptyState>
  );
}
