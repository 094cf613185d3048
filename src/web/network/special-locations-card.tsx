// The two rows of the country policy that are no country, each with what denying it would mean.
import { Text } from "@mantine/core";
import type { CountryRule, ListAction } from "../../core/network/network-policy.ts";
import { SettingCard } from "../shell/setting-card.tsx";
import { WarningIcon } from "../shell/icons.tsx";
import { ActionSwitch } from "./country-row.tsx";

export type SpecialLocationsCardProps = {
  readonly draft: CountryRule;
  readonly onChange: (change: (draft: CountryRule) => CountryRule) => void;
};

const ROWS = [
  {
    key: "unknown",
    name: "Unknown location",
    what: "Addresses that the country database does not place.",
    warning:
      "Should the database be missing, every address is of unknown location: everybody would be " +
      "refused, you too.",
  },
  {
    key: "private",
    name: "Private addresses",
    what: "Addresses of your own networks, such as 10.0.0.0/8 and fd00::/8.",
    warning:
      "Offices, monitoring and whatever comes through a proxy that is not trusted have private " +
      "addresses: they would be refused.",
  },
] as const;

export function SpecialLocationsCard({ draft, onChange }: SpecialLocationsCardProps) {
  return (
    <SettingCard
      title="Addresses without a country"
      sentence="The action of other countries never reaches them: each is a choice of its own."
    >
      <ul className="postern-country-rows">
        {ROWS.map(({ key, name, what, warning }) => (
          <li key={key} className="postern-country-row">
            <div className="postern-country-name">
              <Text size="sm">{name}</Text>
              <Text size="xs" c="dimmed">
                {what}
              </Text>
              <div role="status">{draft[key] === "deny" ? <Warning text={warning} /> : null}</div>
            </div>
            <ActionSwitch
              name={name}
              choice={draft[key]}
              onChange={(choice) =>
                onChange((before) => ({ ...before, [key]: choice satisfies string as ListAction }))
              }
            />
          </li>
        ))}
      </ul>
    </SettingCard>
  );
}

function Warning({ text }: { readonly text: string }) {
  return (
    <Text size="sm" mt={4} style={{ display: "flex", gap: 6, color: "var(--postern-warn)" }}>
      <span style={{ flex: "none", lineHeight: 0, marginTop: 3 }}>
        <WarningIcon size={15} />
      </span>
      <span>{text}</span>
    </Text>
  );
}
