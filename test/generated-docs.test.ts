// Holds generated documents to the code they are made from.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { policyFileSchemaDocument } from "./policy-file-schema-document.ts";
import { settingsDocument } from "./settings-document.ts";

it("docs/operating/settings.md says what the program reads", () => {
  const path = new URL("../docs/operating/settings.md", import.meta.url);
  expect(readFileSync(path, "utf8"), "run npm run docs").toBe(settingsDocument());
});

it("docs/policy-file.schema.json says what a policy file may hold", () => {
  const path = new URL("../docs/policy-file.schema.json", import.meta.url);
  expect(readFileSync(path, "utf8"), "run npm run docs").toBe(policyFileSchemaDocument());
});
