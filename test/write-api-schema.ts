// Writes the types of the console's client from the routes of the server: `npm run api-types`.
import { writeFileSync } from "node:fs";
import { API_SCHEMA_URL, makeApiSchema } from "./make-api-schema.ts";

writeFileSync(API_SCHEMA_URL, await makeApiSchema());
