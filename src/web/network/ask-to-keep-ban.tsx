// Asks before a ban is made permanent: whose entry it becomes, how much wider, and whom it touches.
import { Button, Group, Stack, Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import { FormProblem } from "../shell/form-problem.tsx";
import { useDialogAct } from "../shell/use-dialog-act.ts";
import { keepBan } from "./address-ban-queries.ts";
import type { BanAnswer } from "./address-ban-queries.ts";
import { AddressEntryPreview } from "./address-entry-preview.tsx";
import { AddressTouches } from "./address-touches.tsx";
import { describeKeeping } from "./ban-hold-words.ts";

export type AskedKeeping = {
  readonly ban: BanAnswer;
  /** What is shown is read anew, also when it was refused. */
  readonly onDone: (isKept: boolean) => Promise<void>;
};

export function askToKeepBan(asked: AskedKeeping): void {
  const modalId = modals.open({
    title: `Deny ${asked.ban.range} for good?`,
    size: "lg",
    children: <KeepDialog {...asked} close={() => modals.close(modalId)} />,
  });
}

type KeepDialogProps = AskedKeeping & { readonly close: () => void };

/** A refusal stays in the dialog: there may be something to do about it. */
function KeepDialog({ ban, onDone, close }: KeepDialogProps) {
  const { id, range, account } = ban;
  const ofWhom = account === null ? "of the platform" : `of ${account}`;
  const done = `${range} is denied for good, by an entry among the manual ones ${ofWhom}.`;
  const { isActing, problem, run } = useDialogAct({ close, done });

  async function keep(): Promise<void> {
    let isKept = false;
    try {
      await keepBan(id);
      isKept = true;
    } finally {
      await onDone(isKept);
    }
  }

  return (
    <Stack gap="md">
      <FormProblem problem={problem} />
      <Stack gap="xs">
        {describeKeeping(ban).map((words) => (
          <Text size="sm" key={words}>
            {words}
          </Text>
        ))}
      </Stack>
      <AddressTouches account={account} range={range} action="deny" />
      <AddressEntryPreview
        account={account}
        add={[{ range, action: "deny", expiresAt: null }]}
        remove={[]}
      />
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={close} data-autofocus>
          Cancel
        </Button>
        <Button color="red" loading={isActing} onClick={() => void run(keep)}>
          Make it permanent
        </Button>
      </Group>
    </Stack>
  );
}
