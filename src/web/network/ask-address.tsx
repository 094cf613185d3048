// A field for one address and the button that asks about it; what is no address is not asked.
import { Button, Group, TextInput } from "@mantine/core";
import { useState } from "react";
import type { FormEvent } from "react";
import { trimBlanks } from "../../core/network/address-characters.ts";
import { formatAddress, parseAddress } from "../../core/network/address.ts";

export type AskAddressProps = {
  readonly label: string;
  /** What the button does: "Test". */
  readonly action: string;
  readonly isAsking: boolean;
  /** Why the server did not answer. */
  readonly problem: string | undefined;
  /** @param address canonical; null: what stands there is no address, and nothing is asked */
  readonly onAsk: (address: string | null) => void;
};

const ACCEPTED = "One IPv4 or IPv6 address, such as 203.0.113.7 or 2001:db8::1.";

export function AskAddress({ label, action, isAsking, problem, onAsk }: AskAddressProps) {
  const [text, setText] = useState("");
  const [isRefused, setRefused] = useState(false);

  function ask(event: FormEvent): void {
    event.preventDefault();
    const address = parseAddress(trimBlanks(text));
    setRefused(address === null);
    onAsk(address === null ? null : formatAddress(address));
  }

  return (
    <form onSubmit={ask}>
      <Group gap="xs" align="flex-start" wrap="nowrap">
        <TextInput
          aria-label={label}
          placeholder="203.0.113.7"
          flex={1}
          maxLength={128}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setRefused(false);
          }}
          error={isRefused ? ACCEPTED : problem}
        />
        <Button type="submit" variant="default" loading={isAsking}>
          {action}
        </Button>
      </Group>
    </form>
  );
}
