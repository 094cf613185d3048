// The dialog that takes many entries at once, pasted or as a file: all of them or none.
import { Button, Checkbox, FileInput, Group, Modal, Radio, Select } from "@mantine/core";
import { Progress, SimpleGrid, Stack, Tabs, Text, Textarea } from "@mantine/core";
import { useRef } from "react";
import type { RefObject } from "react";
import { countOf } from "../accounts/user-words.ts";
import { DraftNotice, FormProblem } from "../shell/form-problem.tsx";
import { labelFor } from "../shell/go-back-choice.ts";
import { GoBackField } from "../shell/go-back-field.tsx";
import { keepFocus } from "../shell/keep-focus.ts";
import { useTyped, useTypedGuard } from "../shell/typed-guard.ts";
import type { TypedGuard } from "../shell/typed-guard.ts";
import { countLines, IMPORT_FORMATS, spanOfLine } from "./address-import.ts";
import { AddressImportPreview } from "./address-import-preview.tsx";
import { BadLines, ImportDone } from "./address-import-report.tsx";
import { useAddressImport } from "./use-address-import.ts";
import type { AddressImport } from "./use-address-import.ts";

export type AddressImportDialogProps = {
  readonly account: string | null;
  readonly isOpen: boolean;
  readonly onClose: () => void;
};

export function AddressImportDialog({ account, isOpen, onClose }: AddressImportDialogProps) {
  const order = useAddressImport(account);
  function close(): void {
    order.cancel();
    order.restart();
    onClose();
  }
  const guard = useTypedGuard(close);
  return (
    <Modal opened={isOpen} {...guard.modalProps} title="Import many" size="xl">
      {order.done === null ? (
        <ImportForm account={account} order={order} guard={guard} />
      ) : (
        <ImportDone answer={order.done} onClose={close} onMore={order.restart} />
      )}
    </Modal>
  );
}

type ImportFormProps = {
  readonly account: string | null;
  readonly order: AddressImport;
  readonly guard: TypedGuard;
};

function ImportForm({ account, order, guard }: ImportFormProps) {
  useTyped(guard, order.isTyped);
  const area = useRef<HTMLTextAreaElement>(null);
  const { draft, change, problem, share } = order;
  function showLine(line: number): void {
    const [start, end] = spanOfLine(draft.text, line);
    area.current?.focus();
    area.current?.setSelectionRange(start, end);
  }
  const isPasted = draft.from === "paste";
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void order.send();
      }}
    >
      <Stack gap="md">
        {problem?.code === "import-refused" ? (
          <BadLines problem={problem} onShow={isPasted ? showLine : null} />
        ) : (
          <FormProblem problem={problem} />
        )}
        <DraftNotice isShown={order.isRestored} />
        <Tabs value={draft.from} onChange={(from) => change({ from: from as "paste" | "file" })}>
          <Tabs.List mb="sm">
            <Tabs.Tab value="paste">Paste</Tabs.Tab>
            <Tabs.Tab value="file">File</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="paste">
            <PasteField order={order} area={area} />
          </Tabs.Panel>
          <Tabs.Panel value="file">
            <ListFileField order={order} />
          </Tabs.Panel>
        </Tabs>
        <ImportChoices order={order} />
        <AddressImportPreview order={order} />
        <GoBackField choice={order.goBack} />
        {share === null ? null : <ImportProgress share={share} />}
        <Group justify="space-between" gap="sm">
          <Text size="sm" c="dimmed">
            For {account === null ? "the whole platform" : `the account ${account}`}. All lines or
            none.
          </Text>
          <Group gap="sm">
            <Button variant="default" onClick={share === null ? guard.close : order.cancel}>
              {share === null ? "Cancel" : "Stop"}
            </Button>
            <Button
              type="submit"
              onMouseDown={keepFocus}
              disabled={order.goBack.fault !== null}
              loading={share !== null}
            >
              {labelFor("Import", order.goBack.minutes)}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

type PasteFieldProps = {
  readonly order: AddressImport;
  readonly area: RefObject<HTMLTextAreaElement | null>;
};

function PasteField({ order, area }: PasteFieldProps) {
  const { draft, change, missing } = order;
  const lines = countLines(draft.text);
  return (
    <>
      <Textarea
        ref={area}
        label="List"
        description="An address, a block or a range on each line."
        rows={10}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        data-autofocus
        placeholder={"203.0.113.7\n203.0.113.0/24  # scanner\n2001:db8::-2001:db8::ff"}
        styles={{
          input: {
            fontFamily: "var(--mantine-font-family-monospace)",
            fontSize: 14,
            whiteSpace: "pre",
            overflowX: "auto",
            resize: "vertical",
          },
        }}
        value={draft.text}
        onChange={(event) => change({ text: event.currentTarget.value })}
        error={draft.from === "paste" ? missing : null}
      />
      <Text size="sm" c="dimmed" mt={4} role="status">
        {lines === 0 ? "" : `${countOf(lines, "line")}.`}
      </Text>
    </>
  );
}

function ListFileField({ order }: { readonly order: AddressImport }) {
  return (
    <FileInput
      label="File"
      description="Text, CSV or JSON lines; up to 2,000,000 lines."
      placeholder="Choose a file"
      accept=".txt,.csv,.ndjson,.jsonl,.list,.netset,.ipset,text/plain,text/csv"
      clearable
      clearButtonProps={{ "aria-label": "Take the file away" }}
      // The pale one of other fields is no text to axe, but a button's words are.
      styles={{ placeholder: { color: "var(--mantine-color-dimmed)" } }}
      value={order.draft.file}
      onChange={(file) => order.change({ file })}
      error={order.draft.from === "file" ? order.missing : null}
    />
  );
}

function ImportChoices({ order }: { readonly order: AddressImport }) {
  const { draft, change, format } = order;
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <Select
          label="Format"
          description={draft.format === null ? "As it looks; choose another if it is wrong." : " "}
          data={IMPORT_FORMATS}
          value={format}
          onChange={(value) => change({ format: value })}
          allowDeselect={false}
        />
        <Radio.Group
          label="Action"
          description="For lines that name none."
          value={draft.action}
          onChange={(action) => change({ action })}
        >
          <Group gap="lg" mt={8}>
            <Radio value="deny" label="Deny" />
            <Radio value="allow" label="Allow" />
          </Group>
        </Radio.Group>
      </SimpleGrid>
      <Checkbox
        label="Very wide ranges are meant"
        description="Wider than /8, or /16 in IPv6. Without it such a line is refused."
        checked={draft.confirmWide}
        onChange={(event) => change({ confirmWide: event.currentTarget.checked })}
      />
    </Stack>
  );
}

function ImportProgress({ share }: { readonly share: number }) {
  const percent = Math.round(share * 100);
  return (
    <Stack gap={4}>
      <Progress value={percent} aria-label="Sent" animated={percent === 100} />
      <Text size="sm" c="dimmed" role="status">
        {percent < 100 ? `${percent} % sent` : "All sent. Every line is being checked and stored."}
      </Text>
    </Stack>
  );
}
