// A bucket when the service fails: asked again where that is safe, nothing left half, clear words.
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BlobError, type BlobStore } from "../../src/platform/blob/blob-store.ts";
import { createS3Store } from "../../src/platform/blob/create-s3-store.ts";
import { openBlobStore } from "../../src/platform/blob/open-blob-store.ts";
import {
  bytesOf,
  factsOf,
  faultOf,
  KEY_ID,
  KEY_SECRET,
  keysOf,
  readAll,
  s3SettingOf,
} from "../contracts/blob-places.ts";
import { startS3Between } from "./start-s3-between.ts";
import type { AskedOfS3, S3Between, S3Fault } from "./start-s3-between.ts";

const LARGE = bytesOf(20 * 1024 * 1024);
const KEY = "account/one.wav";
const SLOW_DOWN = refusal(503, "SlowDown");

let directory: string;
let between: S3Between;
let store: BlobStore;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "postern-bucket-"));
  between = await startS3Between();
  store = createS3Store(s3SettingOf(between.address), { silenceMs: 20_000, waitsMs: [0, 0] });
});
afterEach(async () => {
  await between.stop();
  await rm(directory, { recursive: true, force: true });
});

async function file(content: Uint8Array | string): Promise<string> {
  const path = join(directory, "incoming");
  await writeFile(path, content);
  return path;
}

async function put(content: Uint8Array | string, key = KEY): Promise<void> {
  await store.put(key, await file(content), factsOf(content));
}

/** As services write it; what they add to the code must not reach a log. */
function refusal(status: number, code: string): S3Fault {
  const more = `<AWSAccessKeyId>${KEY_ID}</AWSAccessKeyId><StringToSign>x</StringToSign>`;
  const body = `<?xml version="1.0"?><Error><Code>${code}</Code>${more}</Error>`;
  return { kind: "answer", status, body };
}

function isPart({ method, url }: AskedOfS3): boolean {
  return method === "PUT" && url.includes("partNumber=");
}

function isBegin({ method, url }: AskedOfS3): boolean {
  return method === "POST" && url.includes("uploads=");
}

function isComplete({ method, url }: AskedOfS3): boolean {
  return method === "POST" && url.includes("uploadId=");
}

function isAbort({ method, url }: AskedOfS3): boolean {
  return method === "DELETE" && url.includes("uploadId=");
}

/** The upload was aborted, no part is accepted any more, and nothing is listed. */
async function expectNothingLeft(): Promise<void> {
  between.fault = () => null;
  const abort = between.asked.find(isAbort);
  const part = between.asked.find(isPart);
  expect(abort?.url.split("uploadId=")[1]).toBe(part?.url.split("uploadId=")[1]);
  expect(between.asked.filter(isBegin)).toHaveLength(1);
  expect(await keysOf(store)).toEqual([]);
  await faultOf(store.size(KEY), "missing");
}

describe("what is sent", () => {
  it("is signed with the hash of its body, and carries no secret", async () => {
    await put("small", "account/small.mp3");
    await put(LARGE);
    expect(between.asked.filter(isPart)).toHaveLength(3);
    for (const { headers, bodySha256 } of between.asked) {
      expect(headers["x-amz-content-sha256"]).toBe(bodySha256);
      expect(headers.authorization).toMatch(
        new RegExp(`Credential=${KEY_ID}/\\d{8}/us-east-1/s3/aws4_request, SignedHeaders=host;`),
      );
      expect(JSON.stringify(headers)).not.toContain(KEY_SECRET);
    }
    const [small] = between.asked;
    expect(small?.url).toBe("/recordings/postern/account/small.mp3");
    const inBase64 = Buffer.from(factsOf("small").sha256, "hex").toString("base64");
    expect(small?.headers["x-amz-checksum-sha256"]).toBe(inBase64);
    expect(small?.headers["content-type"]).toBe("audio/mpeg");
  });

  it("is sent again after a fault that passes, and comes whole", async () => {
    let faults = 0;
    between.fault = (asked) => {
      if (!isPart(asked) || (faults += 1) > 2) return null;
      return faults === 1 ? { kind: "cut" } : SLOW_DOWN;
    };
    await put(LARGE);
    expect(between.asked.filter(isPart)).toHaveLength(5);
    expect((await readAll(store, KEY)).equals(LARGE)).toBe(true);
  });
});

describe("a large file that cannot be put", () => {
  it.each<[string, (asked: AskedOfS3) => S3Fault | null, RegExp]>([
    ["a part is refused", (asked) => (isPart(asked) ? refusal(403, "AccessDenied") : null), /403/],
    ["a part never arrives", (asked) => (isPart(asked) ? { kind: "cut" } : null), /reached/],
    ["the end is refused", (asked) => (isComplete(asked) ? refusal(400, "BadPart") : null), /Bad/],
    [
      "the end is refused with 200 (as Amazon does)",
      (asked) => (isComplete(asked) ? refusal(200, "InternalError") : null),
      /otherwise/,
    ],
    ["the end never arrives", (asked) => (isComplete(asked) ? { kind: "cut" } : null), /reached/],
  ])("leaves nothing behind: %s", async (_words, fault, words) => {
    between.fault = fault;
    expect((await faultOf(put(LARGE), "unavailable")).message).toMatch(words);
    expect(between.asked.filter(isComplete).length).toBeLessThan(2);
    await expectNothingLeft();
  });

  it("leaves nothing behind: the file is not the one that was announced", async () => {
    const facts = { ...factsOf(LARGE), sha256: factsOf("another").sha256 };
    await faultOf(store.put(KEY, await file(LARGE), facts), "unreadable");
    await expectNothingLeft();
  });

  it("leaves nothing behind: the file gets shorter on the way", async () => {
    const path = await file(LARGE);
    between.fault = (asked) => {
      if (isPart(asked)) void truncate(path, 1_000_000);
      return null;
    };
    await expect(store.put(KEY, path, factsOf(LARGE))).rejects.toBeInstanceOf(BlobError);
    await expectNothingLeft();
  });

  it("does not begin twice, where nobody knows whether it has begun", async () => {
    between.fault = (asked) => (isBegin(asked) ? SLOW_DOWN : null);
    await faultOf(put(LARGE), "unavailable");
    expect(between.asked.filter(isBegin)).toHaveLength(1);
  });
});

it("sees that a large file is there where only the last answer was lost", async () => {
  between.fault = (asked) => (isComplete(asked) ? { kind: "cut-after" } : null);
  await put(LARGE);
  expect(between.asked.filter(isComplete)).toHaveLength(1);
  expect(between.asked.filter(isAbort)).toHaveLength(0);
  between.fault = () => null;
  expect((await readAll(store, KEY)).equals(LARGE)).toBe(true);
});

it("does not take an older object of that name for the one it was to put", async () => {
  await put(Buffer.alloc(LARGE.length, "older"));
  between.asked.length = 0;
  between.fault = (asked) => (isComplete(asked) ? { kind: "cut" } : null);
  await faultOf(put(LARGE), "unavailable");
  expect(between.asked.filter(isAbort)).toHaveLength(1);
});

describe("reading", () => {
  beforeEach(() => put("0123456789"));

  async function readFaulty(fault: S3Fault): Promise<string> {
    between.fault = ({ method }) => (method === "GET" ? fault : null);
    const blob = await store.open(KEY);
    return String(await buffer(await blob.read({ first: 2, last: 7 })));
  }

  it("fails where the answer is cut off, and does not end early (attack row 137)", async () => {
    const { message } = await faultOf(readFaulty({ kind: "cut-half-way" }), "unreadable");
    expect(message).toContain("postern/account/one.wav was cut off");
  });

  it("refuses the whole in place of a range", async () => {
    const { message } = await faultOf(readFaulty({ kind: "whole" }), "unreadable");
    expect(message).toContain("postern/account/one.wav does not come as it was asked for");
  });

  it("asks again after a fault that passes", async () => {
    let faults = 0;
    between.fault = () => ((faults += 1) % 3 === 0 ? null : SLOW_DOWN);
    expect(String(await readAll(store, KEY))).toBe("0123456789");
    expect(faults).toBe(6);
  });

  it("tells a bucket that is gone from a missing object", async () => {
    between.fault = ({ method, url }) => {
      if (method === "HEAD") return refusal(404, "");
      return url.includes("list-type") ? refusal(404, "NoSuchBucket") : null;
    };
    expect((await faultOf(store.open(KEY), "unavailable")).message).toContain("make the bucket");
    await faultOf(store.size(KEY), "unavailable");
  });
});

describe("a list", () => {
  it("goes over pages, and leaves out what is none of ours", async () => {
    const xml = (names: readonly string[], next: string): S3Fault => {
      const contents = names.map(
        (name) =>
          `<Contents><Key>${name}</Key><LastModified>2026-01-02T03:04:05.678Z</LastModified>` +
          "<Size>7</Size></Contents>",
      );
      const end = next === "" ? "false" : "true";
      const token = next === "" ? "" : `<NextContinuationToken>${next}</NextContinuationToken>`;
      const list = `${contents.join("")}<IsTruncated>${end}</IsTruncated>${token}`;
      const body = `<ListBucketResult xmlns="x">${list}</ListBucketResult>`;
      return { kind: "answer", status: 200, body };
    };
    between.fault = ({ url }) =>
      url.includes("continuation-token=a%2Fb%2Bc%3D")
        ? xml(["postern/a/123", "other/x", "postern/a/Ärger &amp; x"], "")
        : xml(["postern/007"], "a/b+c=");
    const found = [];
    for await (const blob of store.list("")) found.push(blob);
    const changedAtMs = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
    expect(found).toEqual([
      { key: "007", sizeBytes: 7, changedAtMs },
      { key: "a/123", sizeBytes: 7, changedAtMs },
    ]);
    between.fault = () => xml(["postern/007"], "same");
    await faultOf(keysOf(store), "unavailable");
  });

  it.each([
    ["a page of a portal", "<html><body>Sign in</body></html>"],
    ["nothing", ""],
    ["more, and not where", "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>"],
    ["an entity", '<!DOCTYPE x [<!ENTITY e "e">]><ListBucketResult><a>&e;</a></ListBucketResult>'],
  ])("is no empty list: %s", async (_words, body) => {
    between.fault = () => ({ kind: "answer", status: 200, body });
    const { message } = await faultOf(keysOf(store), "unavailable");
    expect(message).toContain("answered a listing otherwise than an S3 service");
  });
});

describe("words for the operator", () => {
  it.each<[S3Fault, RegExp]>([
    [refusal(403, "InvalidAccessKeyId"), /check S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY/],
    [refusal(403, "SignatureDoesNotMatch"), /check S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY/],
    [refusal(403, "AccessDenied"), /list the bucket and get, put and delete/],
    [refusal(403, "RequestTimeTooSkewed"), /clocks/],
    [refusal(404, "NoSuchBucket"), /make the bucket, or correct BLOB_URL/],
    [refusal(301, "PermanentRedirect"), /region/],
    [refusal(400, "AuthorizationHeaderMalformed"), /region/],
    [refusal(500, "InternalError"), /try later/],
  ])("%j", async (fault, words) => {
    between.fault = () => fault;
    const work = openBlobStore(s3SettingOf(between.address));
    const { message } = await faultOf(work, "unavailable");
    expect(message).toMatch(/^BLOB_URL: the bucket recordings at http:\/\/127\.0\.0\.1/);
    expect(message).toMatch(words);
    expect(message).not.toContain(KEY_ID);
    expect(message).not.toContain(KEY_SECRET);
  });

  it("name the endpoint that cannot be reached", async () => {
    await between.stop();
    const { message } = await faultOf(store.open(KEY), "unavailable");
    expect(message).toBe(
      `${between.address} cannot be reached (ECONNREFUSED): check endpoint in BLOB_URL`,
    );
    between = await startS3Between();
  });

  it("name the endpoint that says nothing", async () => {
    const impatient = createS3Store(s3SettingOf(between.address), { silenceMs: 50, waitsMs: [] });
    between.fault = () => ({ kind: "silence" });
    const { message } = await faultOf(impatient.open(KEY), "unavailable");
    expect(message).toContain("was silent for 0.05 seconds");
  });
});
