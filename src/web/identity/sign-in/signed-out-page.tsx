// Says that one is signed out, and why, with the way back in.
import { Stack, Text } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import type { EndReason } from "../../shell/end-reasons.ts";
import { CardHeader } from "./card-header.tsx";
import { ButtonLink } from "../../shell/page-links.tsx";

type Words = { readonly title: string; readonly text: string };

const SIGNED_OUT: Words = {
  title: "You are signed out",
  text: "Every tab of this browser is signed out.",
};

const WORDS: Partial<Record<EndReason, Words>> = {
  idle: {
    title: "You were signed out",
    text:
      "Nothing was done for a while, so you were signed out to keep your data safe. What you had " +
      "typed into a form is kept in this tab until you sign in again; passwords are not.",
  },
  ended: {
    title: "Your session was ended",
    text:
      "It was ended from another browser, by an administrator, or because your password was " +
      "changed. If that was not you, choose a new password.",
  },
};

export function SignedOutPage() {
  const { why, returnTo } = useSearch({ from: "/plain/signed-out" });
  const words = (why === undefined ? undefined : WORDS[why]) ?? SIGNED_OUT;
  return (
    <>
      <CardHeader title={words.title} />
      <Stack gap="md" role="status">
        <Text>{words.text}</Text>
        <ButtonLink to="/sign-in" search={{ returnTo }}>
          Sign in again
        </ButtonLink>
      </Stack>
    </>
  );
}
