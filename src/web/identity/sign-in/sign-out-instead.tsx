// Gives up a sign-in that is not whole yet.
import { Anchor, Text } from "@mantine/core";
import { keepFocus } from "../../shell/keep-focus.ts";
import { useSignOut } from "../../shell/use-sign-out.ts";
import { forgetReturn } from "./go-on.ts";

export type SignOutInsteadProps = { readonly label?: string };

export function SignOutInstead({ label = "Sign out instead" }: SignOutInsteadProps) {
  const signOut = useSignOut();
  function leave(): void {
    forgetReturn();
    void signOut();
  }
  return (
    <Text size="sm">
      <Anchor component="button" type="button" onMouseDown={keepFocus} onClick={leave}>
        {label}
      </Anchor>
    </Text>
  );
}
