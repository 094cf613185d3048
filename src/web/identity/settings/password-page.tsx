// User settings, Password: change it, knowing the rules and what else happens.
import { useQueryClient } from "@tanstack/react-query";
import { meQuery, useMe } from "../../shell/me.ts";
import { PageHeader } from "../../shell/page-header.tsx";
import { SettingCard } from "../../shell/setting-card.tsx";
import { showDone } from "../../shell/show-toast.ts";
import { ChangePasswordForm } from "../change-password-form.tsx";

export function PasswordPage() {
  const me = useMe();
  const queries = useQueryClient();
  return (
    <>
      <PageHeader title="Password" sentence="The password with which you sign in here." />
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
    </>
  );
}
