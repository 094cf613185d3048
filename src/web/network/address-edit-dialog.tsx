// The dialog that changes an entry, and shows what somebody else made of it meanwhile.
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { asApiProblem } from "../api/api-problem.ts";
import { actorName } from "../shell/actor-name.ts";
import { readDialogDraft, useDialogDraft } from "../shell/dialog-draft.ts";
import { DraftNotice, FormProblem } from "../shell/form-problem.tsx";
import { labelFor } from "../shell/go-back-choice.ts";
import { GoBackField } from "../shell/go-back-field.tsx";
import { keepFocus } from "../shell/keep-focus.ts";
import { usePolicyEditor } from "../shell/policy-editor.ts";
import type { SavedOver } from "../shell/policy-editor.ts";
import { showDone } from "../shell/show-toast.ts";
import { TheirChanges } from "../shell/their-changes.tsx";
import { TimeText } from "../shell/time-text.tsx";
import { useTyped, useTypedGuard } from "../shell/typed-guard.ts";
import type { TypedGuard } from "../shell/typed-guard.ts";
import { askBeforeSavingEntry } from "./address-ask-before-saving.tsx";
import {
  describeEntryChanges,
  entryFaults,
  readEntryDraft,
  toEntryDraft,
} from "./address-entry-draft.ts";
import type { EntryDraft, EntryValue } from "./address-entry-draft.ts";
import { AddressEntryPreview } from "./address-entry-preview.tsx";
import { AddressEntryFields } from "./address-entry-fields.tsx";
import { changeEntry, refreshEntries } from "./address-entry-queries.ts";
import type { EntryAnswer } from "./address-entry-queries.ts";

export type AddressEditDialogProps = {
  readonly account: string | null;
  /** Null: closed. */
  readonly entry: EntryAnswer | null;
  readonly onClose: () => void;
  /** Asks first. */
  readonly onDelete: (entry: EntryAnswer) => void;
};

export function AddressEditDialog(props: AddressEditDialogProps) {
  const { entry, onClose } = props;
  const guard = useTypedGuard(onClose);
  return (
    <Modal opened={entry !== null} {...guard.modalProps} title="Edit an entry" size="lg">
      {entry === null ? null : <EditForm key={entry.id} {...props} entry={entry} guard={guard} />}
    </Modal>
  );
}

/** Names what is kept over a sign-in: which entry it was. What was typed, the editor keeps. */
function editedEntryDraft(account: string | null): string {
  return `edited-entry:${account ?? "*"}`;
}

/** The entry whose changes wait to be gone on with; null: none. */
export function readEditedEntry(account: string | null): EntryAnswer | null {
  const kept = readDialogDraft(editedEntryDraft(account));
  return (kept?.["entry"] as EntryAnswer | undefined) ?? null;
}

type VersionedEntry = { readonly value: EntryValue; readonly version: number };

function toVersioned({ range, action, note, expiresAt, version }: EntryAnswer): VersionedEntry {
  return { value: { range, action, note, expiresAt }, version };
}

type EditFormProps = Omit<AddressEditDialogProps, "entry"> & {
  readonly entry: EntryAnswer;
  readonly guard: TypedGuard;
};

function EditForm({ account, entry, onClose, onDelete, guard }: EditFormProps) {
  const client = useQueryClient();
  const [wasTried, setTried] = useState(false);
  const { editor, saveWith } = useEntryEditor({ account, entry, onClose });
  const { draft, base, theirs, value } = editor;
  const now = theirs?.value ?? base.value;
  useTyped(guard, editor.isDirty);
  useDialogDraft(editedEntryDraft(account), editor.isDirty ? { entry } : null);

  async function submit(over: EntryValue, act: () => Promise<void>): Promise<void> {
    setTried(true);
    if (value === null || editor.isSaving || editor.goBack.fault !== null) return;
    await askBeforeSavingEntry(client, { account, value, saved: over }, (isWideMeant) =>
      saveWith(isWideMeant, act),
    );
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (theirs === null) void submit(base.value, editor.save);
      }}
    >
      <Stack gap="md">
        <FormProblem problem={editor.problem} />
        <DraftNotice isShown={editor.isRestored} />
        {theirs === null ? null : (
          <TheirChanges
            changedBy={null}
            changedAt={null}
            subject="this entry"
            changes={describeEntryChanges(base.value, theirs.value)}
            isSaving={editor.isSaving}
            mayKeepMine={value !== null}
            onKeepMine={() => void submit(now, editor.keepMine)}
            onTakeTheirs={editor.takeTheirs}
          />
        )}
        <AddressEntryFields
          account={account}
          draft={draft}
          faults={value === null ? entryFaults(draft, Date.now()) : {}}
          wasTried={wasTried}
          onChange={editor.setDraft}
        />
        <Text size="sm" c="dimmed" className="postern-breakable">
          Added <TimeText at={entry.createdAt} /> by <bdi>{actorName(entry.author)}</bdi>.
        </Text>
        <AddressEntryPreview
          account={account}
          add={value === null ? null : editor.isDirty ? [value] : []}
          remove={editor.isDirty ? [entry.id] : []}
        />
        <GoBackField choice={editor.goBack} />
        <EditButtons
          label={labelFor("Save", editor.goBack.minutes)}
          isSaving={editor.isSaving}
          maySave={editor.isDirty && theirs === null}
          onDelete={() => onDelete(entry)}
          onClose={guard.close}
        />
      </Stack>
    </form>
  );
}

type EditButtonsProps = {
  readonly label: string;
  readonly isSaving: boolean;
  readonly maySave: boolean;
  readonly onDelete: () => void;
  readonly onClose: () => void;
};

function EditButtons({ label, isSaving, maySave, onDelete, onClose }: EditButtonsProps) {
  return (
    <Group justify="space-between" gap="sm">
      <Button variant="default" c="var(--postern-bad)" onClick={onDelete}>
        Delete
      </Button>
      <Group gap="sm">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" onMouseDown={keepFocus} loading={isSaving} disabled={!maySave}>
          {label}
        </Button>
      </Group>
    </Group>
  );
}

/** What stands there now comes with the refusal; an entry alone is not asked for. */
function useEntryEditor({ account, entry, onClose }: Omit<EditFormProps, "onDelete" | "guard">) {
  const client = useQueryClient();
  const isWideMeant = useRef(false);
  const outcome = useRef<{ theirs: EntryAnswer | null; error: unknown }>({
    theirs: null,
    error: null,
  });

  async function save(
    value: EntryValue,
    { version, minutes }: SavedOver<VersionedEntry>,
  ): Promise<VersionedEntry> {
    outcome.current = { theirs: null, error: null };
    try {
      const confirmWide = isWideMeant.current;
      const at = { id: entry.id, version };
      const saved = await changeEntry(at, { account, value, confirmWide, minutes });
      showDone(`${saved.range} is saved. It holds from now on.`);
      onClose();
      void refreshEntries(client);
      return toVersioned(saved);
    } catch (error) {
      const now = asApiProblem(error).members["entry"] as EntryAnswer | undefined;
      outcome.current = { theirs: now ?? null, error };
      void refreshEntries(client);
      throw error;
    }
  }

  const editor = usePolicyEditor<VersionedEntry, EntryValue, EntryDraft>(
    {
      queryKey: ["entry", account, entry.id],
      draftName: `entry:${entry.id}`,
      read: () => {
        const { theirs } = outcome.current;
        return theirs === null ? Promise.reject(new Error()) : Promise.resolve(toVersioned(theirs));
      },
      save,
      toDraft: toEntryDraft,
      readDraft: (draft, saved) => readEntryDraft(draft, saved, Date.now()),
    },
    toVersioned(entry),
  );

  /** The editor tells of a refusal itself; whoever waits has to know of it too. */
  async function saveWith(confirmWide: boolean, act: () => Promise<void>): Promise<void> {
    isWideMeant.current = confirmWide;
    await act();
    if (outcome.current.error !== null) throw outcome.current.error;
  }

  return { editor, saveWith };
}
