// What stands in the console's left column, in the order and groups of SPEC 6, and for whom.
import type { ComponentType } from "react";
import type { MeAnswer } from "../../api/sign-in-api.ts";
import type { IconProps } from "./icons.tsx";
import { SendIcon } from "./send-icon.tsx";
import { HistoryIcon } from "./history-icon.tsx";
import {
  BlockIcon,
  BuildingIcon,
  ClockIcon,
  DevicesIcon,
  DownloadIcon,
  GaugeIcon,
  GlobeIcon,
  HashIcon,
  KeyIcon,
  LinkIcon,
  ListIcon,
  LockIcon,
  MailIcon,
  MapPinIcon,
  PhoneIcon,
  PulseIcon,
  ShieldIcon,
  UserIcon,
  UsersIcon,
  VoiceIcon,
} from "./icons.tsx";

export type NavigationLink = {
  readonly label: string;
  readonly to: string;
  readonly icon: ComponentType<IconProps>;
};

export type NavigationGroup = {
  /** Null: the links stand alone. */
  readonly label: string | null;
  readonly for: "everybody" | "managers" | "operators";
  readonly links: readonly NavigationLink[];
};

const GROUPS: readonly NavigationGroup[] = [
  {
    label: null,
    for: "managers",
    links: [
      { label: "Overview", to: "/overview", icon: GlobeIcon },
      { label: "Activity", to: "/activity", icon: PulseIcon },
    ],
  },
  {
    label: "Security",
    for: "managers",
    links: [
      { label: "Allowed countries", to: "/security/allowed-countries", icon: MapPinIcon },
      { label: "Address lists", to: "/security/address-lists", icon: ListIcon },
      { label: "Anti-hacking", to: "/security/anti-hacking", icon: BlockIcon },
      { label: "Rate limits", to: "/security/rate-limits", icon: GaugeIcon },
      { label: "User authentication", to: "/security/user-authentication", icon: ShieldIcon },
      { label: "Single sign-on", to: "/security/single-sign-on", icon: LinkIcon },
      { label: "2FA authentication", to: "/security/two-factor", icon: LockIcon },
      { label: "Log-out policy", to: "/security/log-out-policy", icon: ClockIcon },
      { label: "Audio download", to: "/security/audio-download", icon: DownloadIcon },
      { label: "History", to: "/security/history", icon: HistoryIcon },
    ],
  },
  {
    label: "Recordings",
    for: "everybody",
    links: [{ label: "Recordings", to: "/recordings", icon: VoiceIcon }],
  },
  {
    label: "People",
    for: "managers",
    links: [
      { label: "Accounts", to: "/accounts", icon: BuildingIcon },
      { label: "Users", to: "/users", icon: UsersIcon },
      { label: "Tracking numbers", to: "/tracking-numbers", icon: HashIcon },
    ],
  },
  {
    label: "Platform",
    for: "operators",
    links: [
      { label: "Mail", to: "/mail", icon: MailIcon },
      { label: "Webhooks", to: "/webhooks", icon: SendIcon },
    ],
  },
  {
    label: "User settings",
    for: "everybody",
    links: [
      { label: "Profile", to: "/settings/profile", icon: UserIcon },
      { label: "Password", to: "/settings/password", icon: KeyIcon },
      { label: "Two-factor", to: "/settings/two-factor", icon: PhoneIcon },
      { label: "Single sign-on", to: "/settings/single-sign-on", icon: LinkIcon },
      { label: "Sessions & browsers", to: "/settings/sessions", icon: DevicesIcon },
    ],
  },
];

/** The server refuses what is not for somebody; this only leaves out what would be refused. */
export function navigationFor(me: MeAnswer): readonly NavigationGroup[] {
  return GROUPS.filter((group) => {
    if (group.for === "operators") return me.isOperator;
    return group.for === "everybody" || me.role !== "agent";
  });
}

/** What the link to the page, or to the one it is below, says; for pages of any group. */
export function navigationLabelOf(path: string): string {
  const links = GROUPS.flatMap((group) => group.links);
  return links.find(({ to }) => path === to || path.startsWith(`${to}/`))?.label ?? "Console";
}

/** Where somebody lands who asked for nothing in particular. */
export function homeOf(me: MeAnswer): string {
  return me.role === "agent" ? "/settings/profile" : "/overview";
}
