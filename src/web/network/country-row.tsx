// One country of the list: choosing it for a batch, what holds for it, and setting it by itself.
import { Checkbox, Text } from "@mantine/core";
import { memo } from "react";
import type { CountryCode } from "../../core/network/iso-3166.ts";
import type { ListAction } from "../../core/network/network-policy.ts";
import type { CountryChoice } from "./country-draft.ts";
import { describeRequests, describeView } from "./country-view.ts";
import type { CountryView } from "./country-view.ts";

export type CountryRowProps = {
  readonly view: CountryView;
  readonly isChosen: boolean;
  readonly onChoose: (code: CountryCode, isChosen: boolean) => void;
  readonly onSet: (code: CountryCode, choice: CountryChoice) => void;
};

/** Drawn again only when something of its own has changed: there are 250. */
export const CountryRow = memo(function PlainCountryRow(props: CountryRowProps) {
  const { view, isChosen, onChoose, onSet } = props;
  const { code, name, requests, isRefusedAbove } = view;
  return (
    <li className="postern-country-row">
      <Checkbox
        checked={isChosen}
        aria-label={`Choose ${name}`}
        onChange={(event) => onChoose(code, event.currentTarget.checked)}
      />
      <div className="postern-country-name">
        <Text size="sm">
          {name}{" "}
          <Text span size="xs" c="dimmed">
            {code}
          </Text>
        </Text>
        <Text size="xs" c="dimmed">
          {isRefusedAbove ? "The platform refuses it anyway" : describeView(view)}
          {describeRequests(requests)}
        </Text>
      </div>
      <ActionSwitch
        name={name}
        choice={view.choice}
        onChange={(choice) => onSet(code, choice)}
        hasDefault
      />
    </li>
  );
});

const ACTIONS = [
  ["allow", "Allow"],
  ["deny", "Deny"],
] as const satisfies readonly (readonly [ListAction, string])[];

export type ActionSwitchProps = {
  readonly name: string;
  readonly choice: CountryChoice;
  /** What is pressed already goes back to the default when it is pressed again. */
  readonly hasDefault?: boolean;
  readonly onChange: (choice: CountryChoice) => void;
};

export function ActionSwitch({ name, choice, hasDefault = false, onChange }: ActionSwitchProps) {
  return (
    <span className="postern-country-switch" role="group" aria-label={name}>
      {ACTIONS.map(([action, label]) => (
        <button
          key={action}
          type="button"
          data-action={action}
          aria-pressed={choice === action}
          aria-label={`${label} ${name}`}
          onClick={() => onChange(hasDefault && choice === action ? "default" : action)}
        >
          {label}
        </button>
      ))}
    </span>
  );
}
