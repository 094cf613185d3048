// Writes the documents that are made from the code: `npm run docs`.
import { writeFileSync } from "node:fs";
import { policyFileSchemaDocument } from "./policy-file-schema-document.ts";
import { settingsDocument } from "./settings-document.ts";

writeFileSync(new URL("../docs/operating/settings.md", import.meta.url), settingsDocument());
writeFileSync(
  new URL("../docs/policy-file.schema.json", import.meta.url),
  policyFileSchemaDocument(),
);
