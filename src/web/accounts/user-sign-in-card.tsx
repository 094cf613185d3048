// How a user's sign-in stands, and what can be done about it.
import { Button, Group, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { answerOf, api } from "../api/api.ts";
import { askToConfirm } from "../shell/ask-to-confirm.tsx";
import { SettingCard } from "../shell/setting-card.tsx";
import { TimeText } from "../shell/time-text.tsx";
import { FactList } from "./fact-list.tsx";
import { InvitationNote } from "./invitation-note.tsx";
import { refreshPeople } from "./people-queries.ts";
import type { UserAnswer } from "./people-queries.ts";
import type { UserCardProps } from "./user-profile-card.tsx";
import { UserStatus } from "./user-status.tsx";
import { STATUS_WORDS } from "./user-words.ts";
import { actorName } from "../shell/actor-name.ts";

export function UserSignInCard({ user, rights }: UserCardProps) {
  const { signIn } = user;
  return (
    <SettingCard title="Sign-in" control={<UserStatus status={signIn.status} />}>
      <Text size="sm">{STATUS_WORDS[signIn.status].meaning}</Text>
      <FactList
        facts={[
          ...(signIn.lockedAt === null
            ? []
            : [{ name: "Locked", value: <TimeText at={signIn.lockedAt} /> }]),
          { name: "Last sign-in", value: <TimeText at={signIn.lastSignedInAt} /> },
          {
            name: "Password",
            value: <PasswordFact user={user} />,
          },
          {
            name: "Added",
            value: (
              <>
                <TimeText at={user.createdAt} />
                {user.createdBy === "" ? "" : ` by ${actorName(user.createdBy)}`}
              </>
            ),
          },
        ]}
      />
      {rights.mayManage ? <SignInActions user={user} /> : null}
    </SettingCard>
  );
}

function PasswordFact({ user }: { readonly user: UserAnswer }) {
  const { passwordChangedAt, mustChangePassword, status } = user.signIn;
  if (passwordChangedAt === null) return <>{status === "invited" ? "not chosen yet" : "none"}</>;
  return (
    <>
      chosen <TimeText at={passwordChangedAt} />
      {mustChangePassword ? "; must be changed at the next sign-in" : ""}
    </>
  );
}

function SignInActions({ user }: { readonly user: UserAnswer }) {
  const { status } = user.signIn;
  const mayRelease = status === "locked" || status === "dormant";
  return (
    <>
      <Group gap="xs">
        {mayRelease ? <ReleaseButton user={user} /> : null}
        {status === "disabled" ? null : <LinkButton user={user} />}
      </Group>
      {status === "disabled" ? null : <InvitationNote />}
    </>
  );
}

function ReleaseButton({ user }: { readonly user: UserAnswer }) {
  const client = useQueryClient();
  const { id, name } = user;
  return (
    <Button
      onClick={() =>
        askToConfirm({
          title: `Release the lockout of ${name}?`,
          changes:
            "The password they have opens again, and the wrong ones are counted from zero. " +
            "If somebody was guessing it, a new password is safer: send a link instead.",
          confirmLabel: "Release lockout",
          isDangerous: false,
          act: async () => {
            await answerOf(api.POST("/api/v1/users/{id}/release", { params: { path: { id } } }));
            await refreshPeople(client);
          },
          done: `${name} may sign in again.`,
        })
      }
    >
      Release lockout
    </Button>
  );
}

function LinkButton({ user }: { readonly user: UserAnswer }) {
  const client = useQueryClient();
  const { id, name, email, signIn } = user;
  const isInvitation = signIn.status === "invited";
  const label = isInvitation ? "Send the invitation again" : "Send a password link";
  return (
    <Button
      variant="default"
      onClick={() =>
        askToConfirm({
          title: isInvitation ? `Invite ${name} again?` : `Send ${name} a password link?`,
          changes: (
            <Text size="sm" className="postern-breakable">
              {email} gets a link to choose {isInvitation ? "a" : "a new"} password. A link sent
              before does not work any more. Nothing else changes until the link is used.
            </Text>
          ),
          confirmLabel: "Send link",
          isDangerous: false,
          act: async () => {
            await answerOf(api.POST("/api/v1/users/{id}/invitation", { params: { path: { id } } }));
            await refreshPeople(client);
            await client.invalidateQueries({ queryKey: ["mails"] });
          },
          done: "The link is on its way.",
        })
      }
    >
      {label}
    </Button>
  );
}
