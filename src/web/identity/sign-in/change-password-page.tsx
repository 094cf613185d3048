// Stands between a sign-in and everything else while the password has to be changed.
import { Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Navigate, useRouter } from "@tanstack/react-router";
import { ErrorState } from "../../shell/error-state.tsx";
import { LoadingLines } from "../../shell/loading-lines.tsx";
import { meQuery } from "../../shell/me.ts";
import { isLeadingAway } from "../../shell/stage-pages.ts";
import { ChangePasswordForm } from "../change-password-form.tsx";
import { CardHeader } from "./card-header.tsx";
import { goOn } from "./go-on.ts";
import { SignOutInstead } from "./sign-out-instead.tsx";
import { GoWhereNeeded, useSignedInElsewhere } from "./signed-in-elsewhere.tsx";

export function ChangePasswordPage() {
  const me = useQuery(meQuery);
  const router = useRouter();
  useSignedInElsewhere();
  if (me.isError && !isLeadingAway(me.error)) {
    return <ErrorState error={me.error} onRetry={() => void me.refetch()} />;
  }
  if (me.data === undefined) return <LoadingLines lines={5} />;
  if (me.data.stage === "none") return <Navigate to="/settings/password" replace />;
  if (me.data.stage !== "change-password") return <GoWhereNeeded />;
  const { email, name } = me.data;
  return (
    <>
      <CardHeader title="Choose a new password">
        Your password has expired or was set by somebody else. Choose a new one to go on. You have
        ten minutes; then you sign in again.
      </CardHeader>
      <Stack gap="md">
        <ChangePasswordForm
          email={email}
          name={name}
          onChanged={(answer) => goOn(router, answer)}
        />
        <SignOutInstead />
      </Stack>
    </>
  );
}
