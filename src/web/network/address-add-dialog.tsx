// The dialog that adds one entry to an address list: an address, a block or a range.
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { asApiProblem } from "../api/api-problem.ts";
import type { ApiProblem } from "../api/api-problem.ts";
import { draftKey, keepDraft, takeDraft } from "../shell/form-draft.ts";
import { DraftNotice, FormProblem } from "../shell/form-problem.tsx";
import { labelFor, useGoBackChoice } from "../shell/go-back-choice.ts";
import { GoBackField } from "../shell/go-back-field.tsx";
import { keepFocus } from "../shell/keep-focus.ts";
import { onSessionEnd } from "../shell/session-end.ts";
import { readSessionState } from "../shell/session-state.ts";
import { showDone } from "../shell/show-toast.ts";
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

export function AddressAddDialog({ account, begin, onClose, onFind }: AddressAddDialogProps) {
  return (
    <Modal opened={begin !== null} onClose={onClose} title="Add to the address list" size="lg">
      {begin === null ? null : <AddForm {...{ account, begin, onClose, onFind }} />}
    </Modal>
  );
}

type AddFormProps = Omit<AddressAddDialogProps, "begin"> & { readonly begin: Partial<EntryDraft> };

function AddForm({ account, begin, onClose, onFind }: AddFormProps) {
  const client = useQueryClient();
  const { draft, setDraft, isRestored } = useEntryDraft({ ...EMPTY_DRAFT, ...begin });
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
            <Button variant="default" onClick={onClose}>
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
function useEntryDraft(begin: EntryDraft) {
  const kept = useRef<EntryDraft | null | undefined>(undefined);
  if (kept.current === undefined) {
    const key = keyOfDraft();
    kept.current = key === null ? null : (takeDraft(key) as EntryDraft | null);
  }
  const [draft, setDraft] = useState<EntryDraft>(kept.current ?? begin);
  useEffect(() =>
    onSessionEnd(() => {
      const key = keyOfDraft();
      if (key !== null && draft.rangeText + draft.note !== "") keepDraft(key, draft, []);
    }),
  );
  return { draft, setDraft, isRestored: kept.current !== null };
}

function keyOfDraft(): string | null {
  const { userId } = readSessionState();
  return userId === null ? null : draftKey(userId, "new-entry");
}
