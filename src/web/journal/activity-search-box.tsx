// One field that finds what operators are given: an address, a range, or the id of a decision.
import { Button, Group, Input } from "@mantine/core";
import { useId, useState } from "react";
import type { SubmitEvent } from "react";
import { readAddressFilter } from "../../api/address-filter.ts";
import { describeMiswritten } from "../network/address-search-words.ts";
import { readDecisionId } from "./read-decision-id.ts";

export type ActivitySearchBoxProps = {
  /** What the list is narrowed to; null: nothing. */
  readonly address: string | null;
  readonly onAddress: (address: string | null) => void;
  readonly onDecision: (id: string) => void;
};

const ACCEPTED =
  "Give an address such as 203.0.113.7, a range such as 203.0.113.0/24, or a decision id: 20 " +
  "letters a-z and digits 2-7.";
/** A visitor's mail may be pasted as it is. */
const MOST_CHARACTERS = 2_000;

export function ActivitySearchBox({ address, onAddress, onDecision }: ActivitySearchBoxProps) {
  const fieldId = useId();
  const [text, setText] = useState(address ?? "");
  const [fault, setFault] = useState<string | null>(null);

  function find(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const wanted = text.trim();
    const id = readDecisionId(wanted);
    setFault(null);
    if (id !== null) {
      setText(address ?? "");
      onDecision(id);
      return;
    }
    if (wanted !== "" && !readAddressFilter(wanted).ok) {
      // What is not nearly an address may be a decision id that was cut.
      setFault(describeMiswritten(wanted) ?? ACCEPTED);
      return;
    }
    onAddress(wanted === "" ? null : wanted);
  }

  return (
    <form onSubmit={find} role="search" style={{ flex: "1 1 280px" }} noValidate>
      <Input.Wrapper id={fieldId} label="Address or decision id" error={fault}>
        <Group gap="xs" align="flex-start" wrap="nowrap">
          <Input
            flex={1}
            type="search"
            placeholder="203.0.113.7, 203.0.113.0/24 or an id"
            value={text}
            maxLength={MOST_CHARACTERS}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setFault(null);
            }}
            error={fault !== null}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
          />
          <Button type="submit" variant="default">
            Find
          </Button>
        </Group>
      </Input.Wrapper>
    </form>
  );
}
