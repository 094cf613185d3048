// Gives a list as a file that the import takes back.
import { Button, Menu } from "@mantine/core";
import { DownloadIcon } from "../shell/icons.tsx";

const PATH = "/postern/api/v1/entries/export";

const CHOICES = [
  { label: "CSV: everything", query: { format: "csv" } },
  { label: "JSON lines: everything", query: { format: "ndjson" } },
  { label: "Text: deny entries", query: { format: "text", action: "deny" } },
  { label: "Text: allow entries", query: { format: "text", action: "allow" } },
] as const;

export function AddressExportMenu({ account }: { readonly account: string | null }) {
  const owner = account === null ? {} : { account };
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="default" leftSection={<DownloadIcon size={16} />}>
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {CHOICES.map(({ label, query }) => (
          <Menu.Item
            key={label}
            component="a"
            href={`${PATH}?${new URLSearchParams({ ...query, ...owner }).toString()}`}
            download
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
