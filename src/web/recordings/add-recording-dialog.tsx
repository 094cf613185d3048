// The dialog by which managers add a recording: its file, its number, who called and when.
import { Button, FileInput, Group, Modal, Progress, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { TrackingNumberAnswer } from "../../api/tracking-numbers-api.ts";
import type { NewRecordingQuery } from "../../api/recordings-api.ts";
import { groupDigits } from "../accounts/group-digits.ts";
import { FormProblem } from "../shell/form-problem.tsx";
import { keepFocus } from "../shell/keep-focus.ts";
import { useProblemForm } from "../shell/problem-form.ts";
import { showDone } from "../shell/show-toast.ts";
import { NumberField } from "./number-field.tsx";
import { refreshRecordings } from "./recordings-queries.ts";
import type { RecordingAnswer } from "./recordings-queries.ts";
import { newIdempotencyKey, uploadRecording } from "./upload-recording.ts";

export type AddRecordingDialogProps = { readonly isOpen: boolean; readonly onClose: () => void };

export function AddRecordingDialog({ isOpen, onClose }: AddRecordingDialogProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title="Add a recording">
      <NewRecordingForm onClose={onClose} />
    </Modal>
  );
}

type NewRecordingValues = {
  file: File | null;
  number: TrackingNumberAnswer | null;
  caller: string;
  recordedAt: string;
};

function wordsOf({ file, number, caller, recordedAt }: NewRecordingValues): NewRecordingQuery {
  return {
    ...(number === null ? {} : { account: number.account, number: number.number }),
    ...(caller.trim() === "" ? {} : { caller: caller.trim() }),
    ...(file === null ? {} : { name: nameOf(file) }),
    ...(recordedAt === "" ? {} : { recordedAt: new Date(recordedAt).toISOString() }),
  };
}

const NAME_LENGTH_MAX = 300;

/** One line, as the server takes it. */
function nameOf({ name }: File): string {
  return name.replaceAll(/\p{Cc}/gu, " ").slice(0, NAME_LENGTH_MAX);
}

/** Sends; gives the same key to the same file and words, and gives up when the dialog closes. */
function useUpload() {
  const [share, setShare] = useState<number | null>(null);
  const sent = useRef({ words: "", file: null as File | null, key: "" });
  const leaving = useRef(new AbortController());
  useEffect(() => {
    leaving.current = new AbortController();
    return () => leaving.current.abort();
  }, []);

  async function send(values: NewRecordingValues): Promise<RecordingAnswer> {
    const { file } = values;
    if (file === null) throw new Error("the form asks for a file first");
    const words = wordsOf(values);
    const text = JSON.stringify(words);
    if (sent.current.words !== text || sent.current.file !== file) {
      sent.current = { words: text, file, key: newIdempotencyKey() };
    }
    setShare(0);
    try {
      return await uploadRecording({
        file,
        words,
        idempotencyKey: sent.current.key,
        signal: leaving.current.signal,
        onProgress: setShare,
      });
    } finally {
      setShare(null);
    }
  }

  return { share, send };
}

function NewRecordingForm({ onClose }: { readonly onClose: () => void }) {
  const client = useQueryClient();
  const { share, send } = useUpload();
  const { form, submit, isSending, problem } = useProblemForm<NewRecordingValues, RecordingAnswer>({
    draft: null,
    initialValues: { file: null, number: null, caller: "", recordedAt: "" },
    validate: {
      file: (file) => (file === null ? "Choose an audio file." : null),
      number: (number) => (number === null ? "Choose the number it was made on." : null),
    },
    send,
    onSaved: async ({ number }) => {
      onClose();
      showDone(`The recording on ${groupDigits(number)} was added.`);
      await refreshRecordings(client);
    },
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <FormProblem problem={problem} />
        <FileInput
          label="Audio file"
          description="WAV (PCM, A-law, µ-law), MP3, Ogg Opus or M4A AAC."
          placeholder="Choose a file"
          accept=".wav,.mp3,.ogg,.opus,.m4a,audio/*"
          clearable
          clearButtonProps={{ "aria-label": "Take the file away" }}
          data-autofocus
          // The pale one of other fields is no text to axe, but a button's words are.
          styles={{ placeholder: { color: "var(--mantine-color-dimmed)" } }}
          {...form.getInputProps("file")}
        />
        <NumberField
          value={form.getValues().number}
          onChange={(number) => form.setFieldValue("number", number)}
          error={form.errors["number"]}
        />
        <TextInput
          label="Caller (optional)"
          description="Leave it empty where there is no caller number."
          maxLength={64}
          autoComplete="off"
          {...form.getInputProps("caller")}
        />
        <TextInput
          type="datetime-local"
          label="Recorded at (optional)"
          description="Now, when it is left empty."
          {...form.getInputProps("recordedAt")}
        />
        {share === null ? null : <UploadProgress share={share} />}
        <DialogButtons isSending={isSending} onClose={onClose} />
      </Stack>
    </form>
  );
}

type DialogButtonsProps = { readonly isSending: boolean; readonly onClose: () => void };

function DialogButtons({ isSending, onClose }: DialogButtonsProps) {
  return (
    <Group justify="flex-end" gap="sm">
      <Button variant="default" onClick={onClose}>
        Cancel
      </Button>
      <Button type="submit" onMouseDown={keepFocus} loading={isSending}>
        Add recording
      </Button>
    </Group>
  );
}

function UploadProgress({ share }: { readonly share: number }) {
  const percent = Math.round(share * 100);
  return (
    <Stack gap={4}>
      <Progress value={percent} aria-label="Sent" />
      <Text size="sm" c="dimmed" role="status">
        {percent < 100 ? `${percent} % sent` : "All sent. The file is being looked at."}
      </Text>
    </Stack>
  );
}
