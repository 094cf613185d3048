// All steps of the store's schema, in their order.
import type { Migration } from "../../platform/database/migrate.ts";
import { initialSchema } from "./0001-initial-schema.ts";
import { people } from "./0002-people.ts";
import { secondFactor } from "./0003-second-factor.ts";
import { singleSignOn } from "./0004-single-sign-on.ts";
import { recordings } from "./0005-recordings.ts";
import { audit } from "./0006-audit.ts";
import { foresight } from "./0007-foresight.ts";
import { unconfirmed } from "./0008-unconfirmed.ts";

export const MIGRATIONS: readonly Migration[] = [
  initialSchema,
  people,
  secondFactor,
  singleSignOn,
  recordings,
  audit,
  foresight,
  unconfirmed,
];
