// The IP whitelist: an entry a line, what is not accepted told by line, and one's own address.
import { Button, Group, Text, Textarea } from "@mantine/core";
import { useEffect, useRef } from "react";
import { useMe } from "../../shell/me.ts";
import { addEntry, entriesOf, linesOf } from "./audio-draft.ts";
import type { AudioDraft, DraftFault } from "./audio-draft.ts";

export type WhitelistFieldProps = {
  readonly draft: AudioDraft;
  readonly faults: readonly DraftFault[];
  readonly onChange: (draft: AudioDraft) => void;
};

const SHOWN_MAX = 8;

export function WhitelistField({ draft, faults, onChange }: WhitelistFieldProps) {
  const { address } = useMe();
  const { whitelistText } = draft;
  const entries = entriesOf(linesOf(whitelistText));
  const isListed = entries.includes(address);
  return (
    <div>
      <Textarea
        label="IP whitelist"
        description={
          "One entry a line: an address, a CIDR block such as 203.0.113.0/24, or " +
          "203.0.113.5-203.0.113.20. IPv6 too."
        }
        autosize
        minRows={4}
        maxRows={14}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        maw={560}
        value={whitelistText}
        onChange={(event) => onChange({ ...draft, whitelistText: event.currentTarget.value })}
        error={faults.length === 0 ? null : <FaultLines faults={faults} />}
      />
      <Group gap="sm" mt={8}>
        <Button
          variant="default"
          size="xs"
          disabled={isListed}
          onClick={() => onChange({ ...draft, whitelistText: addEntry(whitelistText, address) })}
        >
          Add my address
        </Button>
        <Text size="sm" c="dimmed" className="postern-breakable">
          {isListed ? `Your address ${address} is listed.` : `You are at ${address}.`}
        </Text>
      </Group>
    </div>
  );
}

/** Within the field's error, which assistive technology reads with the field: no list in it. */
function FaultLines({ faults }: { readonly faults: readonly DraftFault[] }) {
  const lines = useRef<HTMLSpanElement>(null);
  const others = faults.length - SHOWN_MAX;
  // What is refused is seen as it comes up, also where the bar that saves would lie over it.
  useEffect(() => {
    lines.current?.scrollIntoView({ block: "nearest" });
  }, [faults.length]);
  return (
    <span ref={lines} style={{ display: "block", scrollMarginBottom: 24 }}>
      {faults.slice(0, SHOWN_MAX).map(({ line, message }) => (
        <span key={`${line} ${message}`} style={{ display: "block" }}>
          {line === null ? message : `Line ${line}: ${message}`}
        </span>
      ))}
      {others > 0 ? <span>And {others} more lines.</span> : null}
    </span>
  );
}
