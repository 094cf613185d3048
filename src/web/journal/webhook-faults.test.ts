// What the form of a webhook says before anything is sent.
import { expect, it } from "vitest";
import { webhookGroupsFault, webhookNameFault, webhookUrlFault } from "./webhook-faults.ts";

it.each([
  ["https://siem.example.com/in", null],
  [" https://siem.example.com/in ", null],
  ["http://127.0.0.1:9000/in", null],
  ["http://[::1]/in", null],
  ["http://siem.example.com/in", "https"],
  ["siem.example.com", "https"],
  ["", "https"],
])("the address %s", (text, words) => {
  const fault = webhookUrlFault(text);
  if (words === null) expect(fault).toBeNull();
  else expect(fault).toContain(words);
});

it("name and groups are asked for", () => {
  expect([webhookNameFault("SIEM"), webhookGroupsFault(["bans"])]).toEqual([null, null]);
  expect(webhookNameFault("  ")).toContain("name");
  expect(webhookGroupsFault([])).toContain("one kind");
});
