// Says why somebody who knows the password is shut out all the same, and the way back in.
import { Stack, Text } from "@mantine/core";
import { useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { EndReason } from "../../shell/end-reasons.ts";
import { CardHeader } from "./card-header.tsx";
import { LockedWords } from "./codes-locked.tsx";
import { readLockEnd } from "./read-lock-end.ts";
import { ButtonLink } from "../../shell/page-links.tsx";

type Words = { readonly title: string; readonly text: string; readonly canReset: boolean };

const LOCKED: Words = {
  title: "You are locked out",
  text:
    "There were too many wrong passwords for your address. Choose a new password by e-mail and " +
    "you are in again, or ask your administrator to release you.",
  canReset: true,
};

const WORDS: Partial<Record<EndReason, Words>> = {
  "user-locked": LOCKED,
  "user-dormant": {
    title: "You were away for long",
    text:
      "You have not signed in for so long that you were locked out for safety. Choose a new " +
      "password by e-mail and you are in again.",
    canReset: true,
  },
  "user-disabled": {
    title: "You cannot sign in at present",
    text: "An administrator has disabled your user. Ask them if that should not be so.",
    canReset: false,
  },
};

export function LockedPage() {
  const { why, until } = useSearch({ from: "/plain/locked" });
  return why === "codes-locked" ? <CodesLockedOut until={until} /> : <LockedOut why={why} />;
}

/** The fifth wrong code has ended the session that sent it. */
function CodesLockedOut({ until }: { readonly until: string | undefined }) {
  // Once: a time that is too late now is none to count down to later.
  const [untilMs] = useState(() => readLockEnd(until, Date.now()));
  return (
    <>
      <CardHeader title="Codes are locked" />
      <Stack gap="md">
        <LockedWords untilMs={untilMs} />
        <ButtonLink to="/sign-in" variant="default">
          Back to sign in
        </ButtonLink>
      </Stack>
    </>
  );
}

function LockedOut({ why }: { readonly why: EndReason | undefined }) {
  const words = (why === undefined ? undefined : WORDS[why]) ?? LOCKED;
  return (
    <>
      <CardHeader title={words.title} />
      <Stack gap="md" role="status">
        <Text>{words.text}</Text>
        {words.canReset ? (
          <ButtonLink to="/forgotten-password">Choose a new password</ButtonLink>
        ) : null}
        <ButtonLink to="/sign-in" variant="default">
          Back to sign in
        </ButtonLink>
      </Stack>
    </>
  );
}
