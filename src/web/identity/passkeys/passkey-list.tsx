// The passkeys that there are, each with its name, when it was used, and what can be done.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { PasskeyAnswer } from "../../../api/two-factor-api.ts";
import { answerOf, api } from "../../api/api.ts";
import { askToConfirm } from "../../shell/ask-to-confirm.tsx";
import { RowTable } from "../../shell/row-table.tsx";
import { TimeText } from "../../shell/time-text.tsx";
import { useProof } from "../two-factor/prove.ts";
import { methodsOn } from "../two-factor/two-factor-query.ts";
import type { HeardTwoFactor } from "../two-factor/two-factor-query.ts";
import { RenamePasskeyDialog } from "./rename-passkey-dialog.tsx";

export type PasskeyListProps = {
  readonly known: HeardTwoFactor;
  readonly onChanged: () => Promise<void>;
};

export function PasskeyList({ known, onChanged }: PasskeyListProps) {
  const [renaming, setRenaming] = useState<PasskeyAnswer | null>(null);
  const { passkeys, isRequired } = known;
  const isLastMethod = passkeys.length === 1 && methodsOn(known) === 1;
  return (
    <>
      <RowTable
        label="Passkeys"
        rows={passkeys}
        keyOf={({ id }) => id}
        columns={[
          { label: "Name", cell: (passkey) => <PasskeyName passkey={passkey} /> },
          { label: "Added", cell: ({ createdAt }) => <TimeText at={createdAt} /> },
          { label: "Last used", cell: ({ lastUsedAt }) => <LastUsed at={lastUsedAt} /> },
          {
            label: "Actions",
            isLabelHidden: true,
            cell: (passkey) => (
              <Group gap="xs" justify="flex-end" wrap="nowrap">
                <Button
                  variant="default"
                  size="xs"
                  aria-label={`Rename ${passkey.name}`}
                  onClick={() => setRenaming(passkey)}
                >
                  Rename
                </Button>
                {isLastMethod && isRequired ? null : (
                  <RemovePasskey
                    passkey={passkey}
                    isLastMethod={isLastMethod}
                    onRemoved={onChanged}
                  />
                )}
              </Group>
            ),
          },
        ]}
      />
      {isLastMethod && isRequired ? (
        <Text size="sm" c="dimmed">
          Your account requires a second factor. To remove this one, set up another one first.
        </Text>
      ) : null}
      {renaming === null ? null : (
        <RenamePasskeyDialog
          passkey={renaming}
          onClose={() => setRenaming(null)}
          onRenamed={onChanged}
        />
      )}
    </>
  );
}

function PasskeyName({ passkey }: { readonly passkey: PasskeyAnswer }) {
  return (
    <Stack gap={0}>
      <Text size="sm" fw={500} className="postern-breakable">
        {passkey.name}
      </Text>
      <Text size="xs" c="dimmed">
        {passkey.isSynced ? "On all devices of a password manager" : "On one device"}
      </Text>
    </Stack>
  );
}

function LastUsed({ at }: { readonly at: string | null }) {
  return at === null ? <Text size="sm">Never</Text> : <TimeText at={at} />;
}

type RemovePasskeyProps = {
  readonly passkey: PasskeyAnswer;
  /** Nothing but the password would open the sign-in. */
  readonly isLastMethod: boolean;
  readonly onRemoved: () => Promise<void>;
};

function RemovePasskey({ passkey, isLastMethod, onRemoved }: RemovePasskeyProps) {
  const { prove } = useProof();
  return (
    <Button
      variant="default"
      size="xs"
      aria-label={`Remove ${passkey.name}`}
      onClick={() =>
        askToConfirm({
          title: `Remove ${passkey.name}?`,
          changes: describeRemoval(isLastMethod),
          confirmLabel: "Remove",
          act: async () => {
            const params = { path: { id: passkey.id } };
            await prove(() => answerOf(api.DELETE("/api/v1/me/passkeys/{id}", { params })));
            await onRemoved();
          },
          done: `${passkey.name} is removed.`,
        })
      }
    >
      Remove
    </Button>
  );
}

function describeRemoval(isLastMethod: boolean): string {
  const what =
    "It signs you in nowhere any more, also where your device still shows it. A mail tells you " +
    "of it.";
  return isLastMethod
    ? `${what} It is your last method: your password alone opens your sign-in then, and your ` +
        "backup codes are deleted."
    : `${what} Browsers that you trusted are asked again.`;
}
