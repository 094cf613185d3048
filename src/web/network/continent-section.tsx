// The countries of one continent, which open and close together and can be chosen together.
import { Checkbox, Text, UnstyledButton } from "@mantine/core";
import { useId } from "react";
import type { CountryCode } from "../../core/network/iso-3166.ts";
import { CountryRow } from "./country-row.tsx";
import type { CountryRowProps } from "./country-row.tsx";
import { describeRequests, requestsOf } from "./country-view.ts";
import type { CountryGroup } from "./country-view.ts";

export type ContinentSectionProps = Pick<CountryRowProps, "onChoose" | "onSet"> & {
  readonly group: CountryGroup;
  readonly chosen: ReadonlySet<CountryCode>;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onChooseAll: (codes: readonly CountryCode[], isChosen: boolean) => void;
};

export function ContinentSection(props: ContinentSectionProps) {
  const { group, chosen, isOpen, onToggle } = props;
  const id = useId();
  const denied = group.rows.filter(({ action }) => action === "deny").length;
  return (
    <div>
      <div className="postern-continent">
        <ChooseAll {...props} />
        <UnstyledButton
          className="postern-continent-opener"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={onToggle}
        >
          <Text span fw={500}>
            {group.name}
          </Text>
          <Text span size="sm" c="dimmed" ml="auto" ta="end">
            {denied === 0
              ? `${group.rows.length}, all allowed`
              : `${denied} of ${group.rows.length} denied`}
            {describeRequests(requestsOf(group.rows))}
          </Text>
          <Chevron />
        </UnstyledButton>
      </div>
      <ul
        className="postern-country-rows postern-country-pairs"
        id={id}
        hidden={!isOpen}
        aria-label={group.name}
      >
        {isOpen
          ? group.rows.map((view) => (
              <CountryRow
                key={view.code}
                view={view}
                isChosen={chosen.has(view.code)}
                onChoose={props.onChoose}
                onSet={props.onSet}
              />
            ))
          : null}
      </ul>
    </div>
  );
}

/** Of a continent, or of what a search found. */
export function ChooseAll({
  group,
  chosen,
  onChooseAll,
  label,
}: Pick<ContinentSectionProps, "group" | "chosen" | "onChooseAll"> & { readonly label?: string }) {
  const codes = group.rows.map(({ code }) => code);
  const count = codes.filter((code) => chosen.has(code)).length;
  const isWhole = count === codes.length && count > 0;
  return (
    <Checkbox
      checked={isWhole}
      indeterminate={count > 0 && !isWhole}
      onChange={() => onChooseAll(codes, !isWhole)}
      {...(label === undefined ? { "aria-label": `Choose all of ${group.name}` } : { label })}
    />
  );
}

function Chevron() {
  return (
    <svg width={16} height={16} viewBox="0 0 24 24" fill="none" aria-hidden focusable="false">
      <path d="m9 5.5 6.5 6.5L9 18.5" stroke="currentColor" strokeWidth={2} />
    </svg>
  );
}
