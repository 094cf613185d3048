// Where e-mailed links lead: looks at the link first, then lets its owner choose a password.
import { Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { useState } from "react";
import { ApiProblem } from "../../api/api-problem.ts";
import { answerOf, api } from "../../api/api.ts";
import { ErrorState } from "../../shell/error-state.tsx";
import { LoadingLines } from "../../shell/loading-lines.tsx";
import { CardHeader } from "./card-header.tsx";
import { LinkPasswordForm } from "./link-password-form.tsx";
import { readLinkToken } from "./read-link-token.ts";
import { ButtonLink } from "../../shell/page-links.tsx";

export function LinkPage() {
  const token = readLinkToken(useLocation().hash);
  return token === null ? <LinkSpent why={BROKEN} /> : <LookedAt token={token} key={token} />;
}

function LookedAt({ token }: { readonly token: string }) {
  const [isDone, setDone] = useState(false);
  const look = useQuery({
    queryKey: ["password-link", token],
    queryFn: () => answerOf(api.POST("/api/v1/password-links/look", { body: { token } })),
    // Once it is used, asking again would say that it is spent.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  if (isDone) return <Done isReset={look.data?.purpose !== "invitation"} />;
  if (look.data !== undefined) {
    return <LinkPasswordForm token={token} link={look.data} onDone={() => setDone(true)} />;
  }
  if (look.error instanceof ApiProblem && [404, 409, 410].includes(look.error.status)) {
    return <LinkSpent why={look.error.message} />;
  }
  if (look.isError) {
    return <ErrorState error={look.error} onRetry={() => void look.refetch()} />;
  }
  return <LoadingLines lines={5} />;
}

const BROKEN =
  "The address is not whole. Open the link from the mail again, or copy all of it into the " +
  "address line.";

function LinkSpent({ why }: { readonly why: string }) {
  return (
    <>
      <CardHeader title="This link does not work" />
      <Stack gap="md">
        <Text>{why}</Text>
        <Text size="sm" c="dimmed">
          Links work once and for a limited time. Ask for a new one, or, if you were invited and
          have no password yet, ask whoever invited you.
        </Text>
        <ButtonLink to="/forgotten-password">Ask for a new link</ButtonLink>
        <ButtonLink to="/sign-in" variant="default">
          Back to sign in
        </ButtonLink>
      </Stack>
    </>
  );
}

function Done({ isReset }: { readonly isReset: boolean }) {
  return (
    <>
      <CardHeader title="Your password is saved" />
      <Stack gap="md" role="status">
        <Text>
          Sign in with it now.
          {isReset ? " Everybody who was signed in as you before has been signed out." : ""}
        </Text>
        <ButtonLink to="/sign-in" replace autoFocus>
          Sign in
        </ButtonLink>
      </Stack>
    </>
  );
}
