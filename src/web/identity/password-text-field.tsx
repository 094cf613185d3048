// A field for a password: hidden or shown, pasting allowed, nothing cut off.
import { PasswordInput } from "@mantine/core";
import type { PasswordInputProps } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";

export type PasswordTextFieldProps = PasswordInputProps & {
  readonly autoComplete: "current-password" | "new-password";
};

/** No `maxLength`: a pasted password that is cut off silently would be another one. */
export function PasswordTextField(props: PasswordTextFieldProps) {
  const [isShown, { toggle }] = useDisclosure(false);
  return (
    <PasswordInput
      visible={isShown}
      onVisibilityChange={toggle}
      visibilityToggleButtonProps={{
        tabIndex: 0,
        "aria-label": isShown ? "Hide the password" : "Show the password",
      }}
      autoCapitalize="none"
      autoCorrect="off"
      spellCheck={false}
      // Mantine marks its other fields, but not this one.
      aria-invalid={props.error ? true : undefined}
      {...props}
    />
  );
}
