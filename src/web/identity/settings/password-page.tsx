// User settings, Password: change it, remove it, or get one, knowing what else happens.
import { Stack } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { meQuery, useMe } from "../../shell/me.ts";
import { PageHeader } from "../../shell/page-header.tsx";
import { QueryView } from "../../shell/query-view.tsx";
import { SettingCard } from "../../shell/setting-card.tsx";
import { showDone } from "../../shell/show-toast.ts";
import { ChangePasswordForm } from "../change-password-form.tsx";
import { connectionsQuery } from "../single-sign-on/connections-query.ts";
import { isLastWayIn } from "../single-sign-on/ways-in-words.ts";
import { ProofProvider } from "../two-factor/proof-provider.tsx";
import { NoPasswordCard } from "./no-password-card.tsx";
import { RemovePasswordCard } from "./remove-password-card.tsx";

export function PasswordPage() {
  const query = useQuery(connectionsQuery);
  return (
    <>
      <PageHeader title="Password" sentence="The password with which you sign in here." />
      <QueryView query={query}>
        {(own) =>
          own.hasPassword ? (
            <Stack gap="lg">
              <ChangeCard />
              {isLastWayIn(own, "password") ? null : (
                <ProofProvider>
                  <RemovePasswordCard own={own} />
                </ProofProvider>
              )}
            </Stack>
          ) : (
            <NoPasswordCard own={own} />
          )
        }
      </QueryView>
    </>
  );
}

function ChangeCard() {
  const me = useMe();
  const queries = useQueryClient();
  return (
    <SettingCard
      title="Change your password"
      sentence={
        "You stay signed in here. Every other browser in which you are signed in is signed " +
        "out, and a mail tells you of the change."
      }
    >
      <ChangePasswordForm
        email={me.email}
        name={me.name}
        onChanged={async () => {
          showDone("Your password is changed. Your other sessions have ended.");
          await queries.invalidateQueries({ queryKey: meQuery.queryKey });
        }}
      />
    </SettingCard>
  );
}
