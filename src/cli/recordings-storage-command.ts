// `postern recordings copy` and `verify`: the files of recordings, moved elsewhere and looked at.
import type { Command } from "commander";
import { BLOB_URL_ACCEPTS, readBlobUrl, withS3Keys } from "../platform/blob/blob-setting.ts";
import type { BlobSetting } from "../platform/blob/blob-setting.ts";
import { openBlobStore, openBlobStoreToRead } from "../platform/blob/open-blob-store.ts";
import { configOf, withApi } from "./api-client.ts";
import type { CliContext } from "./cli-context.ts";
import { CliError } from "./cli-error.ts";
import { copyRecordingFiles } from "./copy-recording-files.ts";
import { printJson, printLine, printTable, startProgress } from "./output.ts";
import { verifyRecordingFiles } from "./verify-recording-files.ts";
import { countOf } from "./count-of.ts";

type CopyOptions = { readonly from?: string; readonly to: string; readonly json?: true };
type VerifyOptions = { readonly store?: string; readonly quick?: true; readonly json?: true };

const BUCKET = "s3://calls?endpoint=https://s3.example.com";
const KEYS_NOTE =
  "\nStores are written as in BLOB_URL; buckets are opened with S3_ACCESS_KEY_ID and" +
  "\nS3_SECRET_ACCESS_KEY.";

export function addStorageCommands(recordings: Command, context: CliContext): void {
  recordings
    .command("copy")
    .description("copy the files of recordings to another blob store; run again, it goes on")
    .option("--from <store>", "where they are; without it, the store of BLOB_URL")
    .requiredOption("--to <store>", "where they go")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `${KEYS_NOTE} Files go by way of TMPDIR; nothing is removed.` +
        "\nAfterwards stop the server, copy once more, verify, and start with the new BLOB_URL." +
        `\n\nExample:\n  postern recordings copy --to '${BUCKET}'\n`,
    )
    .action((options: CopyOptions) => copy(context, options));
  recordings
    .command("verify")
    .description("read the file of every recording, and say which are missing or damaged")
    .option("--store <store>", "where to look; without it, the store of BLOB_URL")
    .option("--quick", "compare sizes only, read nothing")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `${KEYS_NOTE}\n\nExamples:\n  postern recordings verify\n` +
        `  postern recordings verify --store '${BUCKET}'\n`,
    )
    .action((options: VerifyOptions) => verify(context, options));
}

async function copy(context: CliContext, options: CopyOptions): Promise<void> {
  const source = settingOf(context, options.from, "--from");
  const target = settingOf(context, options.to, "--to");
  if (isSamePlace(source, target)) throw new CliError("--from and --to are the same store", 2);
  const progress = startProgress(context, "files");
  try {
    const summary = await copyRecordingFiles({
      from: await openBlobStoreToRead(source),
      to: await openBlobStore(target),
      onFile: () => progress.add(1),
    });
    progress.end();
    if (options.json) return await printJson(context, summary);
    const { copied, present, bytes } = summary;
    await printLine(
      context,
      `${countOf(copied, "file")} (${bytes} bytes) copied, ${present} there already.`,
    );
  } catch (error) {
    throw inCliWords(error);
  } finally {
    progress.end();
  }
}

async function verify(context: CliContext, options: VerifyOptions): Promise<void> {
  const setting = settingOf(context, options.store, "--store");
  const progress = startProgress(context, "files");
  try {
    const store = await openBlobStoreToRead(setting);
    const isQuick = options.quick === true;
    const summary = await withApi(context, (api) =>
      verifyRecordingFiles({ api, store, isQuick, onFile: () => progress.add(1) }),
    );
    progress.end();
    if (options.json) await printJson(context, summary);
    else await printSummary(context, summary, isQuick);
    if (summary.damaged.length > 0) {
      throw new CliError(`${summary.damaged.length} of ${summary.looked} files are not whole`);
    }
  } catch (error) {
    throw inCliWords(error);
  } finally {
    progress.end();
  }
}

async function printSummary(
  context: CliContext,
  summary: Awaited<ReturnType<typeof verifyRecordingFiles>>,
  isQuick: boolean,
): Promise<void> {
  const { looked, damaged, leftOver } = summary;
  if (damaged.length > 0) {
    await printTable(context, damaged, {
      columns: [
        ["RECORDING", (row) => row.recordingId],
        ["ACCOUNT", (row) => row.account],
        ["FAULT", (row) => row.fault],
        ["FILE", (row) => row.key],
      ],
      empty: "",
    });
  }
  const how = isQuick ? "as large as they were" : "whole, byte for byte";
  await printLine(context, `${looked - damaged.length} of ${looked} files are ${how}.`);
  if (leftOver > 0) await printLine(context, `Files that belong to no recording: ${leftOver}.`);
}

/** `text` as in BLOB_URL; without it, the configured store. */
function settingOf(context: CliContext, text: string | undefined, option: string): BlobSetting {
  const config = configOf(context);
  if (text === undefined) return config.blobStore;
  const place = readBlobUrl(text);
  if (place === null) throw new CliError(`${option} is not accepted: write ${BLOB_URL_ACCEPTS}`, 2);
  const setting = withS3Keys(place, config.s3Keys);
  if (setting !== null) return setting;
  throw new CliError(`${option} is a bucket: set S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY`, 2);
}

function isSamePlace(one: BlobSetting, other: BlobSetting): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A store says its own message; it is not the server's BLOB_URL that was named here. */
function inCliWords(error: unknown): unknown {
  if (!(error instanceof Error) || error.name !== "BlobError") return error;
  return new CliError(error.message.replace(/^BLOB_URL: /, ""));
}
