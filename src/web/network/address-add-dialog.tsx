// The dialog that adds one entry to an address list: an address, a block or a range.
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { asApiProblem } from "../api/api-problem.ts";
import type { ApiProblem } from "../api/api-problem.ts";
import { readDialogDraft, useDialogDraft } from "../shell/dialog-draft.ts";
import { DraftNotice, FormProblem } from "../shell/form-problem.tsx";
import { labelFor, useGoBackChoice } from "../shell/go-back-choice.ts";
import { GoBackField } from "../shell/go-back-field.tsx";
import { keepFocus } from "../shell/keep-focus.ts";
import { showDone } from "../shell/show-toast.ts";
import { useTyped, useTypedGuard } from "../shell/typed-guard.ts";
import type { TypedGuard } from "../shell/typed-guard.ts";
import { AddressEntryPreview } from "./address-entry-preview.tsx";
import { AddressEntryFields } from "./address-entry-fields.tsx";
import { askBeforeSavingEntry } from "./address-ask-before-saving.tsx";
import { EMPTY_DRAFT, entryFaults, readEntryDraft } from "./address-entry-draft.ts";
import type { EntryDraft } from "./address-entry-draft.ts";
import { addEntry, refreshEntries } from "./address-entry-queries.ts";

export type AddressAddDialogProps = {
  readonly account: string | null;
  /** Null: closed. What it begins with, such as an address that was searched for. */
  readonly begin: Partial<EntryDraft> | null;
  readonly onClose: () => void;
  /** The range is on the list already. */
  readonly onFind: (range: string) => void;
};

/** Names what is kept of it over a sign-in. */
export function newEntryDraft(account: string | null): string {
  return `new-entry:${account ?? "*"}`;
}

export function AddressAddDialog({ account, begin, onClose, onFind }: AddressAddDialogProps) {
  const guard = useTypedGuard(onClose);
  return (
    <Modal opened={begin !== null} {...guard.modalProps} title="Add to the address list" size="lg">
      {begin === null ? null : <AddForm {...{ account, begin, onClose, onFind, guard }} />}
    </Modal>
  );
}

type AddFormProps = Omit<AddressAddDialogProps, "begin"> & {
  readonly begin: Partial<EntryDraft>;
  readonly guard: TypedGuard;
};

function AddForm({ account, begin, onClose, onFind, guard }: AddFormProps) {
  const client = useQueryClient();
  const entryDraft = useEntryDraft(account, { ...EMPTY_DRAFT, ...begin });
  const { draft, setDraft, isRestored } = entryDraft;
  useTyped(guard, entryDraft.isTyped);
  const [wasTried, setTried] = useState(false);
  const [isSending, setSending] = useState(false);
  const goBack = useGoBackChoice();
  const [problem, setProblem] = useState<ApiProblem | null>(null);

  async function add(confirmWide: boolean): Promise<void> {
    const value = readEntryDraft(draft, null, Date.now());
    if (value === null) return;
    setProblem(null);
    try {
      const { entry, warnings } = await addEntry({
        account,
        value,
        confirmWide,
        minutes: goBack.minutes,
      });
      onClose();
      showDone([`${entry.range} is on the list.`, ...warnings].join(" "));
      await refreshEntries(client);
    } catch (error) {
      setProblem(asApiProblem(error));
      throw error;
    }
  }

  async function submit(): Promise<void> {
    setTried(true);
    const value = readEntryDraft(draft, null, Date.now());
    if (value === null || isSending || goBack.fault !== null) return;
    setSending(true);
    await askBeforeSavingEntry(client, { account, value, saved: null }, add);
    setSending(false);
  }

  const standing = problem?.code === "entry-exists";
  const value = readEntryDraft(draft, null, Date.now());
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="md">
        <FormProblem problem={problem} />
        {standing ? (
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={() => onFind(draft.rangeText.trim())}>
              Show that entry
            </Button>
          </Group>
        ) : null}
        <DraftNotice isShown={isRestored} />
        <AddressEntryFields
          account={account}
          draft={draft}
          faults={entryFaults(draft, Date.now())}
          wasTried={wasTried}
          onChange={setDraft}
        />
        <AddressEntryPreview account={account} add={value === null ? null : [value]} remove={[]} />
        <GoBackField choice={goBack} />
        <Group justify="space-between" gap="sm">
          <Text size="sm" c="dimmed">
            For {account === null ? "the whole platform" : `the account ${account}`}.
          </Text>
          <Group gap="sm">
            <Button variant="default" onClick={guard.close}>
              Cancel
            </Button>
            <Button type="submit" onMouseDown={keepFocus} loading={isSending}>
              {labelFor(draft.action === "deny" ? "Deny it" : "Allow it", goBack.minutes)}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

/** Comes back after the session has ended under it. */
function useEntryDraft(account: string | null, begin: EntryDraft) {
  const [restored] = useState(() => readDialogDraft(newEntryDraft(account)) as EntryDraft | null);
  const [draft, setDraft] = useState<EntryDraft>(restored ?? begin);
  const isTyped = restored !== null || JSON.stringify(draft) !== JSON.stringify(begin);
  useDialogDraft(newEntryDraft(account), isTyped ? draft : null);
  return { draft, setDraft, isTyped, isRestored: restored !== null };
}
