// The JSON Schema of policy files as a document, from the schemas that check them.
import { POLICY_FILE_JSON_SCHEMA } from "../src/api/policy-file-api.ts";

export function policyFileSchemaDocument(): string {
  return `${JSON.stringify(POLICY_FILE_JSON_SCHEMA, null, 2)}\n`;
}
