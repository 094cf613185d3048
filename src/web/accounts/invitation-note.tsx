// Says where an invitation goes while no mail server is set.
import { Code, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { mailStatusQuery } from "../identity/mail/mail-queries.ts";
import { useMe } from "../shell/me.ts";

/** Only operators may ask how mail leaves; to others nothing is shown. */
export function InvitationNote() {
  const { isOperator } = useMe();
  const { data } = useQuery({ ...mailStatusQuery, enabled: isOperator });
  if (data === undefined || data.transport === "smtp") return null;
  return (
    <Text size="xs" c="dimmed" className="postern-breakable">
      No mail server is set (SMTP_URL), so mails are not sent: they wait as files in{" "}
      <Code>{data.outboxDirectory}</Code>.
    </Text>
  );
}
