// Who is signed in, with the ways to their settings and out.
import { Avatar, Menu, Text, UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { MeAnswer } from "../../api/sign-in-api.ts";
import { DevicesIcon, KeyIcon, SignOutIcon, UserIcon } from "./icons.tsx";
import { useSignOut } from "./use-sign-out.ts";

export function UserMenu({ me }: { readonly me: MeAnswer }) {
  const signOut = useSignOut();
  return (
    <Menu position="bottom-end" width={260}>
      <Menu.Target>
        <UnstyledButton aria-label={`Signed in as ${me.name}`} p={4} style={{ borderRadius: 20 }}>
          <Avatar size={32} color="harbour" variant="filled" name={me.name}>
            {initialsOf(me.name)}
          </Avatar>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text size="sm" fw={600} c="var(--mantine-color-text)" className="postern-breakable">
            {me.name}
          </Text>
          <Text size="xs" className="postern-breakable">
            {me.email}
          </Text>
        </Menu.Label>
        <Menu.Divider />
        <Menu.Item component={Link} to="/settings/profile" leftSection={<UserIcon size={16} />}>
          Profile
        </Menu.Item>
        <Menu.Item component={Link} to="/settings/password" leftSection={<KeyIcon size={16} />}>
          Password
        </Menu.Item>
        <Menu.Item component={Link} to="/settings/sessions" leftSection={<DevicesIcon size={16} />}>
          Sessions &amp; browsers
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<SignOutIcon size={16} />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** First letters of the first and the last word; characters, not halves of one. */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return picked
    .map((word) => String.fromCodePoint(word?.codePointAt(0) ?? 32))
    .join("")
    .toUpperCase();
}
