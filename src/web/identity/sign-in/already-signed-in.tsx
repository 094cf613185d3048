// Says so when somebody who is signed in opens the sign-in page; never leads on by itself.
import { Alert, Button, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { CONSOLE_HOME, consolePath } from "../../shell/console-path.ts";
import { UserIcon } from "../../shell/icons.tsx";
import { meQuery } from "../../shell/me.ts";

/** A gate that sends people here although they are signed in would send them round for ever. */
export function AlreadySignedIn({ returnTo }: { readonly returnTo: string | undefined }) {
  const { data: me } = useQuery({ ...meQuery, retry: false });
  const router = useRouter();
  if (me === undefined || me.stage !== "none") return null;
  return (
    <Alert color="harbour" variant="light" icon={<UserIcon />} role="status">
      <Text size="sm" className="postern-breakable">
        You are signed in as {me.email}. Sign in below to go on as somebody else.
      </Text>
      <Group mt="xs">
        <Button
          size="xs"
          variant="default"
          onClick={() => router.history.push(consolePath(returnTo) ?? CONSOLE_HOME)}
        >
          Go to the console
        </Button>
      </Group>
    </Alert>
  );
}
