// The sign of what is sent to other programs.
import { Icon } from "./icons.tsx";
import type { IconProps } from "./icons.tsx";

export function SendIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M20.5 3.5 10 14M20.5 3.5 14 20.5l-4-6.5-6.5-4z" />
    </Icon>
  );
}
