// Every table of the store by name: what `Database<Schema>` is opened with.
import type { AccountsTables } from "./accounts-tables.ts";
import type { FactorTables } from "./factor-tables.ts";
import type { IdentityTables } from "./identity-tables.ts";
import type { JournalTables } from "./journal-tables.ts";
import type { NetworkTables } from "./network-tables.ts";
import type { RecordingsTables } from "./recordings-tables.ts";
import type { SingleSignOnTables } from "./single-sign-on-tables.ts";

export type Schema = AccountsTables &
  FactorTables &
  IdentityTables &
  JournalTables &
  NetworkTables &
  RecordingsTables &
  SingleSignOnTables;
