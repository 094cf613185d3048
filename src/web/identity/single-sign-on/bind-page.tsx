// Stands between a provider's word and a user whom it is not connected with: proves the user once.
import { Anchor, Card, Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useRouter, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { BindAnswer, ProviderButton } from "../../../api/connection-api.ts";
import { ApiProblem } from "../../api/api-problem.ts";
import { answerOf, api } from "../../api/api.ts";
import { ErrorState } from "../../shell/error-state.tsx";
import { LoadingLines } from "../../shell/loading-lines.tsx";
import { ButtonLink } from "../../shell/page-links.tsx";
import { showRefusal } from "../../shell/show-toast.ts";
import { signInPageQuery } from "../../shell/sign-in-page-query.ts";
import { CardHeader } from "../sign-in/card-header.tsx";
import { CredentialsForm } from "../sign-in/credentials-form.tsx";
import type { Credentials } from "../sign-in/credentials-form.tsx";
import { goOn } from "../sign-in/go-on.ts";
import { bindQuery } from "./bind-query.ts";
import { ProviderButtons } from "./provider-buttons.tsx";
import { ProviderIcon } from "./provider-icon.tsx";

export function BindPage() {
  const { data, error, refetch } = useQuery(bindQuery);
  const [isEnded, setEnded] = useState(false);
  if (isEnded || isGone(error)) return <BindEnded provider={data?.provider ?? null} />;
  if (data !== undefined) return <Bind bind={data} onEnded={() => setEnded(true)} />;
  if (error !== null) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return <LoadingLines lines={7} />;
}

/** Too late, done before, or begun in another browser. */
function isGone(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 404;
}

type BindProps = { readonly bind: BindAnswer; readonly onEnded: () => void };

function Bind({ bind, onEnded }: BindProps) {
  const { returnTo } = useSearch({ from: "/plain/bind" });
  const router = useRouter();
  const { name } = bind.provider;

  async function send(typed: Credentials) {
    const body = returnTo === undefined ? typed : { ...typed, returnTo };
    try {
      return await answerOf(api.POST("/api/v1/sign-in/bind", { body }));
    } catch (error) {
      if (isGone(error)) onEnded();
      throw error;
    }
  }

  return (
    <>
      <CardHeader title="Connect once" />
      <Stack gap="md">
        <Whom bind={bind} />
        <Text c="dimmed">
          Nobody here is connected with it yet. Show once who you are here; from then on “Continue
          with {name}” is enough. You have ten minutes.
        </Text>
        <CredentialsForm
          submitLabel="Connect and sign in"
          isFocused
          send={send}
          onSignedIn={(answer) => goOn(router, answer, returnTo)}
        />
        <Text size="sm" c="dimmed">
          No user here yet? Ask your administrator to invite you. No password? Sign in as you
          usually do, and connect {name} in User settings.
        </Text>
        <Cancel providerId={bind.provider.id} />
      </Stack>
    </>
  );
}

function Whom({ bind: { provider, accountShown } }: Pick<BindProps, "bind">) {
  return (
    <Card withBorder padding="sm" radius="md">
      <Group gap="sm" wrap="nowrap">
        <ProviderIcon kind={provider.kind} size={22} />
        <Stack gap={0} miw={0}>
          <Text size="sm" c="dimmed">
            You signed in at {provider.name}
            {accountShown === "" ? "." : " as"}
          </Text>
          {accountShown === "" ? null : (
            <Text fw={600} className="postern-breakable">
              {accountShown}
            </Text>
          )}
        </Stack>
      </Group>
    </Card>
  );
}

function Cancel({ providerId }: { readonly providerId: string }) {
  const { returnTo } = useSearch({ from: "/plain/bind" });
  const navigate = useNavigate();
  async function cancel(): Promise<void> {
    try {
      await answerOf(api.DELETE("/api/v1/sign-in/bind"));
    } catch (error) {
      // It ends by itself soon; but whoever else sits here should know that it has not yet.
      showRefusal(error, "It could not be cancelled");
      return;
    }
    const search = { returnTo, fault: "provider-cancelled", provider: providerId } as const;
    await navigate({ to: "/sign-in", search, replace: true });
  }
  return (
    <Text size="sm">
      <Anchor component="button" type="button" onClick={() => void cancel()}>
        Cancel, and go back to sign in
      </Anchor>
    </Text>
  );
}

/** @param provider null: which one it was is not known any more */
function BindEnded({ provider }: { readonly provider: ProviderButton | null }) {
  const { returnTo } = useSearch({ from: "/plain/bind" });
  const { data: page } = useQuery(signInPageQuery);
  const providers = provider === null ? (page?.providers ?? []) : [provider];
  return (
    <>
      <CardHeader title="Begin again">
        There is nothing to connect any more: it is good for ten minutes, once, and in the browser
        in which it was begun. Nothing was changed.
      </CardHeader>
      <Stack gap="md" role="status">
        <ProviderButtons providers={providers} returnTo={returnTo} choosesAccount={false} />
        <ButtonLink to="/sign-in" search={{ returnTo }} variant="default">
          Back to sign in
        </ButtonLink>
      </Stack>
    </>
  );
}
