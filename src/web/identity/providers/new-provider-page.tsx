// The page that adds a provider: what its console asks for, then what its console gives.
import { Button, Grid, Group, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ProviderListAnswer } from "../../../api/provider-api.ts";
import { DraftNotice, FormProblem } from "../../shell/form-problem.tsx";
import { keepFocus } from "../../shell/keep-focus.ts";
import { useMe } from "../../shell/me.ts";
import { PageHeader } from "../../shell/page-header.tsx";
import { ButtonLink, TextLink } from "../../shell/page-links.tsx";
import { QueryView } from "../../shell/query-view.tsx";
import { SettingCard } from "../../shell/setting-card.tsx";
import { usePolicyOwner } from "../../accounts/policy-owner-picker.tsx";
import { codeOf, redirectUriFor } from "./provider-draft.ts";
import { codeFault } from "./provider-faults.ts";
import { NameField, ProviderFields } from "./provider-fields.tsx";
import { CodeField, KindChoice } from "./provider-naming.tsx";
import { providersQuery } from "./provider-queries.ts";
import { RedirectUriLines } from "./redirect-uri-lines.tsx";
import { SetupGuide } from "./setup-guide.tsx";
import { useNewProvider } from "./use-new-provider.ts";

type OwnerProps = { readonly account: string | null };

export function NewProviderPage() {
  const { account } = usePolicyOwner();
  const query = useQuery(providersQuery(account));
  return (
    <>
      <Group mb="xs">
        <TextLink to="/security/single-sign-on" search={searchOf(account)} size="sm">
          All providers
        </TextLink>
      </Group>
      <PageHeader
        title="Add a provider"
        sentence={
          account === null
            ? "For everybody. It stays off until you have tested it and switch it on."
            : `For the users of ${account}. It stays off until you have tested it and switch it on.`
        }
      />
      <QueryView query={query}>
        {(known) => <NewProvider key={account ?? "*"} account={account} known={known} />}
      </QueryView>
    </>
  );
}

function searchOf(account: string | null): Readonly<Record<string, string>> {
  return account === null ? {} : { account };
}

type NewProviderProps = OwnerProps & { readonly known: ProviderListAnswer };

function NewProvider({ account, known }: NewProviderProps) {
  const { isOperator } = useMe();
  const takenCodes = known.providers.map(codeOf);
  const { form, submit, isSending, problem, isDraftRestored } = useNewProvider(account, takenCodes);
  const { kind, code } = form.values;
  const isCodeGood = codeFault(code, takenCodes) === null;
  const uri = isCodeGood ? redirectUriFor(known.redirectUriPattern, code) : null;
  const fields = { form, base: null, isOperator };
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, lg: 7 }}>
        <form onSubmit={submit} noValidate>
          <Stack gap="md">
            <FormProblem problem={problem} />
            <DraftNotice isShown={isDraftRestored} />
            <SettingCard title="Provider">
              <KindChoice form={form} takenCodes={takenCodes} />
              <NameField {...fields} />
              <CodeField form={form} takenCodes={takenCodes} />
            </SettingCard>
            <SettingCard title="At the provider" sentence="What its console asks you for.">
              <RedirectUriLines kind={kind} uri={uri} />
            </SettingCard>
            <SettingCard title="From the provider" sentence="What its console gives you.">
              <ProviderFields {...fields} />
            </SettingCard>
            <Group justify="flex-end" gap="sm">
              <ButtonLink
                to="/security/single-sign-on"
                search={searchOf(account)}
                variant="default"
              >
                Cancel
              </ButtonLink>
              <Button type="submit" onMouseDown={keepFocus} loading={isSending}>
                Add provider
              </Button>
            </Group>
          </Stack>
        </form>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 5 }}>
        <SetupGuide kind={kind} />
      </Grid.Col>
    </Grid>
  );
}
