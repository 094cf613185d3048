// Says beside an account's allow entry that the platform refuses the address all the same.
import { Alert, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { WarningIcon } from "../shell/icons.tsx";
import { addressTestQuery } from "./address-test-query.ts";
import { describeRefusedAnyway } from "./refused-anyway-words.ts";

/** As one types, not each letter is worth a question. */
const ASKED_AFTER_MS = 300;

export type RefusedAnywayProps = {
  readonly account: string;
  /** Canonical. */
  readonly address: string;
};

export function RefusedAnyway({ account, address }: RefusedAnywayProps) {
  const [asked] = useDebouncedValue(address, ASKED_AFTER_MS);
  const query = useQuery(addressTestQuery(asked, account));
  const words = asked === address && query.data ? describeRefusedAnyway(query.data, account) : null;
  return (
    <div role="status" className="postern-form-problem">
      {words === null ? null : (
        <Alert color="red" variant="light" icon={<WarningIcon />} role="presentation">
          <Text size="sm" className="postern-breakable">
            {words}
          </Text>
        </Alert>
      )}
    </div>
  );
}
