// Which second factors a user has on, and the way out for one whose phone is lost.
import { Button, Group, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import type { FactorMethod } from "../../core/identity/second-factor.ts";
import { answerOf, api } from "../api/api.ts";
import { askToConfirm } from "../shell/ask-to-confirm.tsx";
import { SettingCard } from "../shell/setting-card.tsx";
import { StatusMark } from "../shell/status-mark.tsx";
import { TimeText } from "../shell/time-text.tsx";
import { FactList } from "./fact-list.tsx";
import { refreshPeople } from "./people-queries.ts";
import type { UserAnswer } from "./people-queries.ts";
import type { UserCardProps } from "./user-profile-card.tsx";

const METHOD_WORDS: Readonly<Record<FactorMethod, string>> = {
  app: "authenticator app",
  email: "e-mail code",
  passkey: "passkey",
};

export function UserTwoFactorCard({ user, rights }: UserCardProps) {
  const { methods, lockedUntil, pausedUntil } = user.twoFactor;
  const isOn = methods.length > 0;
  const mayReset = rights.mayManage && !rights.isSelf && isOn;
  return (
    <SettingCard
      title="Two-factor"
      control={<StatusMark tone={isOn ? "good" : "quiet"}>{isOn ? "On" : "Off"}</StatusMark>}
    >
      <FactList
        facts={[
          { name: "Methods", value: isOn ? describeMethods(methods) : "none" },
          ...(lockedUntil === null
            ? []
            : [{ name: "Codes", value: <CodesShut word="locked" until={lockedUntil} /> }]),
          ...(lockedUntil !== null || pausedUntil === null
            ? []
            : [{ name: "Codes", value: <CodesShut word="paused" until={pausedUntil} /> }]),
        ]}
      />
      {lockedUntil === null ? null : (
        <Text size="sm" c="dimmed">
          Five wrong codes lock them for thirty minutes. A passkey works meanwhile.
        </Text>
      )}
      {rights.mayManage && (lockedUntil ?? pausedUntil) !== null ? (
        <ReleaseCodes user={user} />
      ) : null}
      {mayReset ? <ResetTwoFactor user={user} /> : null}
    </SettingCard>
  );
}

/** "Authenticator app, passkey" */
function describeMethods(methods: readonly FactorMethod[]): string {
  const words = methods.map((method) => METHOD_WORDS[method]).join(", ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function CodesShut({ word, until }: { readonly word: string; readonly until: string }) {
  return (
    <>
      {word}, taken again <TimeText at={until} />
    </>
  );
}

type UserProps = { readonly user: UserAnswer };

function ReleaseCodes({ user }: UserProps) {
  const client = useQueryClient();
  const { id, name } = user;
  return (
    <Group>
      <Button
        variant="default"
        onClick={() =>
          askToConfirm({
            title: `Take codes of ${name} again?`,
            changes:
              "Wrong codes are counted from zero, and so are wrong passwords. The methods " +
              "stay as they are. If somebody was guessing, they know the password: send a " +
              "password link too.",
            confirmLabel: "Take codes again",
            isDangerous: false,
            act: async () => {
              await answerOf(api.POST("/api/v1/users/{id}/release", { params: { path: { id } } }));
              await refreshPeople(client);
            },
            done: `Codes of ${name} are taken again.`,
          })
        }
      >
        Take codes again
      </Button>
    </Group>
  );
}

function ResetTwoFactor({ user }: UserProps) {
  const client = useQueryClient();
  const { id, name } = user;
  return (
    <Group>
      <Button
        variant="default"
        onClick={() =>
          askToConfirm({
            title: `Reset the two-factor authentication of ${name}?`,
            changes: (
              <Text size="sm">
                {describeMethods(user.twoFactor.methods)}: all of it is removed, with the backup
                codes and the trusted browsers. The password alone signs {name} in then, or a new
                method is asked for if the account requires one. Make sure that it is really them
                who ask. Sessions that are open stay open; a mail tells {name} of it.
              </Text>
            ),
            confirmLabel: "Reset two-factor",
            act: async () => {
              const params = { path: { id } };
              await answerOf(api.DELETE("/api/v1/users/{id}/two-factor", { params }));
              await refreshPeople(client);
            },
            done: `${name} has no second factor any more.`,
          })
        }
      >
        Reset two-factor
      </Button>
    </Group>
  );
}
