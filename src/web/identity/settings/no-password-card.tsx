// For those who sign in without a password: says so, and mails a link to choose one.
import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import type { OwnConnectionsAnswer } from "../../../api/connection-api.ts";
import { asApiProblem } from "../../api/api-problem.ts";
import type { ApiProblem } from "../../api/api-problem.ts";
import { answerOf, api } from "../../api/api.ts";
import { FormProblem } from "../../shell/form-problem.tsx";
import { useMe } from "../../shell/me.ts";
import { SettingCard } from "../../shell/setting-card.tsx";
import { describeWaysLeft } from "../single-sign-on/ways-in-words.ts";

export function NoPasswordCard({ own }: { readonly own: OwnConnectionsAnswer }) {
  const left = describeWaysLeft(own, { kind: "password" });
  return (
    <SettingCard
      title="You have no password"
      sentence={left === null ? undefined : `You sign in with ${left}.`}
    >
      <LinkRequest />
    </SettingCard>
  );
}

function LinkRequest() {
  const { email } = useMe();
  const [isSent, setSent] = useState(false);
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  async function send(): Promise<void> {
    setSending(true);
    setProblem(null);
    try {
      await answerOf(api.POST("/api/v1/password-reset-requests", { body: { email } }));
      setSent(true);
    } catch (error) {
      setProblem(asApiProblem(error));
    } finally {
      setSending(false);
    }
  }

  return (
    <>
      <Text size="sm" className="postern-breakable" role="status">
        {isSent
          ? `A link is on its way to ${email}. It works once, for 30 minutes; only the newest.`
          : `To have one, get a link by mail to ${email} and choose a password on the page it ` +
            "opens. You are signed out everywhere then, and can sign in with the password too."}
      </Text>
      <FormProblem problem={problem} />
      <Group>
        <Button
          variant={isSent ? "default" : "filled"}
          loading={isSending}
          onClick={() => void send()}
        >
          {isSent ? "Mail a new link" : "Mail me a link"}
        </Button>
      </Group>
    </>
  );
}
