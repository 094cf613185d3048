// The sign of what was changed, and of going back.
import { Icon } from "./icons.tsx";
import type { IconProps } from "./icons.tsx";

export function HistoryIcon(props: IconProps) {
  return (
    <Icon {...props}>
      <path d="M3.5 12a8.5 8.5 0 1 0 2.6-6.1L3.5 8.5M3.5 3.5v5h5M12 7.5V12l3 2" />
    </Icon>
  );
}
