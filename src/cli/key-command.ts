// `postern key`: which master keys there are, and their rotation.
import type { Command } from "commander";
import type { KeyRotationAnswer, KeyStatusAnswer } from "../api/key-api.ts";
import { withApi } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { printJson, printLine, printTable } from "./output.ts";

type Json = { readonly json?: true };

const STATES: Readonly<Record<KeyStatusAnswer["keys"][number]["state"], string>> = {
  active: "seals",
  "opens-only": "opens only",
  missing: "MISSING",
};

export function registerKey(program: Command, context: CliContext): void {
  const key = program
    .command("key")
    .description("the master keys that seal the secrets of second factors and of providers");
  key
    .command("list")
    .description("show the keys by their fingerprints, and how many secrets each seals")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  postern key list\n")
    .action(async (options: Json) => {
      const status = await withApi(context, (api) =>
        api.call<KeyStatusAnswer>({ method: "GET", path: "/api/v1/keys" }),
      );
      if (options.json) return printJson(context, status);
      await printKeys(context, status);
    });
  key
    .command("rotate")
    .description("seal every secret with a new key; run again after a crash, it goes on")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nWith MASTER_KEY set: first give each server the new key as MASTER_KEY and the old one\n" +
        "in MASTER_KEY_PREVIOUS; then this seals every secret with the new one.\n" +
        "\nExample:\n  postern key rotate\n",
    )
    .action((options: Json) => rotate(context, options));
}

async function rotate(context: CliContext, options: Json): Promise<void> {
  const rotation = await withApi(context, (api) =>
    api.call<KeyRotationAnswer>({ method: "POST", path: "/api/v1/keys/rotate" }),
  );
  if (options.json) return printJson(context, rotation);
  const { status, isKeyNew, resealed, unopened } = rotation;
  const how = isKeyNew ? "a new key" : "the key";
  await printLine(context, `${countOf(resealed)} sealed anew, with ${how} ${status.activeKeyId}.`);
  if (unopened > 0) {
    context.stderr.write(
      `No key here opens ${countOf(unopened)}. Put the missing key into MASTER_KEY_PREVIOUS and ` +
        "start again, or reset the second factor of these users and enter the secrets of " +
        "providers again.\n",
    );
  }
  if (status.filePath !== null) {
    context.stderr.write(`Back up ${status.filePath}, apart from backups of the store.\n`);
  }
}

function countOf(secrets: number): string {
  return `${secrets} ${secrets === 1 ? "secret" : "secrets"}`;
}

async function printKeys(context: CliContext, status: KeyStatusAnswer): Promise<void> {
  await printTable(context, status.keys, {
    columns: [
      ["KEY", (row) => row.id],
      ["STATE", (row) => STATES[row.state]],
      ["FROM", (row) => row.source],
      ["MADE", (row) => row.createdAt],
      ["SECRETS", (row) => row.seals],
    ],
    empty: "There are no keys.",
  });
  if (status.filePath !== null) context.stderr.write(`The key file is ${status.filePath}\n`);
  if (status.isRotating) {
    context.stderr.write("A rotation has not ended: `postern key rotate` finishes it.\n");
  }
}
