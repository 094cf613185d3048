// Asks an assembled server how its API is described, and makes the types of a client from that.
import { readFileSync } from "node:fs";
import openapiTypescript, { astToString } from "openapi-typescript";
import type { OpenAPI3 } from "openapi-typescript";
import { format } from "oxfmt";
import type { FormatConfig } from "oxfmt";
import { startGate } from "./attacks/start-gate.ts";

export const API_SCHEMA_URL = new URL("../src/web/api/api-schema.ts", import.meta.url);

const FIRST_LINE = "// What the API accepts and answers, written by `npm run api-types`.\n";

export async function makeApiSchema(): Promise<string> {
  const gate = await startGate();
  try {
    return await schemaOf((await gate.must("GET", "/api/openapi.json")) as OpenAPI3);
  } finally {
    await gate.stop();
  }
}

async function schemaOf(description: OpenAPI3): Promise<string> {
  const types = astToString(await openapiTypescript(description, { alphabetize: true }));
  const style = JSON.parse(
    readFileSync(new URL("../.oxfmtrc.json", import.meta.url), "utf8"),
  ) as FormatConfig;
  const { code, errors } = await format("api-schema.ts", FIRST_LINE + types, style);
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join("; "));
  return code;
}
