// Holds the types of the console's client to the API that the server describes.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { API_SCHEMA_URL, makeApiSchema } from "./make-api-schema.ts";

it("src/web/api/api-schema.ts says what the API accepts and answers", async () => {
  const written = readFileSync(API_SCHEMA_URL, "utf8");
  expect(written, "run npm run api-types").toBe(await makeApiSchema());
}, 30_000);
