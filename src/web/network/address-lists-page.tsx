// The page Security, Address lists: who always passes, who never does, and who is banned now.
import { Button, Card, Stack, Tabs, VisuallyHidden } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useState } from "react";
import { PolicyOwnerPicker, usePolicyOwner } from "../accounts/policy-owner-picker.tsx";
import { useSearchText } from "../accounts/search-field.tsx";
import { useMe } from "../shell/me.ts";
import { readDialogDraft } from "../shell/dialog-draft.ts";
import { LoadingLines } from "../shell/loading-lines.tsx";
import { PageHeader } from "../shell/page-header.tsx";
import { useUrlFilter } from "../shell/url-filter.ts";
import { AddressAddDialog, newEntryDraft } from "./address-add-dialog.tsx";
import { AddressBansPanel } from "./address-bans-panel.tsx";
import type { EntryDraft } from "./address-entry-draft.ts";
import { AddressExportMenu } from "./address-export-menu.tsx";
import { AddressImportDialog } from "./address-import-dialog.tsx";
import { AddressManualPanel } from "./address-manual-panel.tsx";
import type { AddressManualPanelProps } from "./address-manual-panel.tsx";
import { AddressModeCard } from "./address-mode-card.tsx";
import { SubscriptionsPanel } from "./subscriptions-panel.tsx";
import { importDraft } from "./use-address-import.ts";

export function AddressListsPage() {
  const { isOperator } = useMe();
  const owner = usePolicyOwner();
  const { account } = owner;
  // An admin has no list of the platform to look at.
  if (account === null && !isOperator) return <LoadingLines />;
  return <ListsOfOwner key={account ?? "*"} owner={owner} />;
}

type ListsOfOwnerProps = { readonly owner: ReturnType<typeof usePolicyOwner> };

/** Made anew for another owner: what is chosen or begun is of the one before. */
function ListsOfOwner({ owner }: ListsOfOwnerProps) {
  const { account } = owner;
  const search = useSearchText();
  const [begin, setBegin] = useState<Partial<EntryDraft> | null>(() =>
    readDialogDraft(newEntryDraft(account)) === null ? null : {},
  );
  const [isImporting, importing] = useDisclosure(readDialogDraft(importDraft(account)) !== null);
  return (
    <>
      <PageHeader
        title="Address lists"
        sentence={
          "Who always passes and who never does: entries that people wrote, and bans that the " +
          "gate makes by itself."
        }
        actions={
          <>
            <AddressExportMenu account={account} />
            <Button variant="default" onClick={importing.open}>
              Import
            </Button>
            <Button onClick={() => setBegin({})}>Add an address</Button>
          </>
        }
      />
      <PolicyOwnerPicker owner={owner} platformLabel="Platform (every request)" />
      <Stack gap="lg">
        <AddressModeCard account={account} />
        {/* Else the bar of what is chosen sticks to the card, and not to the screen. */}
        <Card className="postern-card" style={{ overflow: "clip visible" }}>
          <VisuallyHidden component="h2">Entries and bans</VisuallyHidden>
          <ListTabs
            account={account}
            search={search}
            onAdd={(rangeText) => setBegin({ rangeText })}
            onImport={importing.open}
          />
        </Card>
      </Stack>
      <AddressAddDialog
        account={account}
        begin={begin}
        onClose={() => setBegin(null)}
        onFind={(range) => {
          setBegin(null);
          search.setText(range);
        }}
      />
      <AddressImportDialog account={account} isOpen={isImporting} onClose={importing.close} />
    </>
  );
}

const OWN_TABS: readonly string[] = ["manual", "automatic"];

/** What was searched for is searched for in the other one too. */
function ListTabs(props: AddressManualPanelProps) {
  const [tab, setTab] = useUrlFilter("tab");
  // Subscriptions are the platform's.
  const tabs = props.account === null ? [...OWN_TABS, "subscribed"] : OWN_TABS;
  const shown = tabs.find((name) => name === tab) ?? "manual";
  return (
    <Tabs
      value={shown}
      onChange={(next) => setTab(next === "manual" ? null : next)}
      keepMounted={false}
    >
      <Tabs.List mb="md">
        <Tabs.Tab value="manual">Manual</Tabs.Tab>
        <Tabs.Tab value="automatic">Automatic</Tabs.Tab>
        {tabs.includes("subscribed") ? <Tabs.Tab value="subscribed">Subscribed</Tabs.Tab> : null}
      </Tabs.List>
      <Tabs.Panel value="manual">
        <AddressManualPanel {...props} />
      </Tabs.Panel>
      <Tabs.Panel value="automatic">
        <AddressBansPanel account={props.account} search={props.search} />
      </Tabs.Panel>
      <Tabs.Panel value="subscribed">
        <SubscriptionsPanel />
      </Tabs.Panel>
    </Tabs>
  );
}
