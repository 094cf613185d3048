// Reads lines as Asterisk, FreeSWITCH and nginx really write them.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { LOG_FORMATS } from "./log-line.ts";
import type { LogFormat } from "./log-line.ts";
import { createLineReader } from "./read-log-line.ts";

type Rows = {
  readonly failed: readonly { line: string; address: string; user: string | null }[];
  readonly nothing: readonly string[];
};

const file = new URL("../../../../test/cases/log-lines.json", import.meta.url);
const rows = JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<LogFormat, Rows>>;

describe.each(LOG_FORMATS)("%s", (format) => {
  const read = createLineReader(format);

  it.each(rows[format].failed)("tells of a failure: $line", ({ line, address, user }) => {
    expect(read(line)).toMatchObject({ kind: "failed", address, user });
  });

  it.each(rows[format].nothing)("tells nothing: %s", (line) => {
    expect(read(line)).toBeNull();
  });

  it("reads no line of another format", () => {
    const others = LOG_FORMATS.filter((other) => other !== format);
    const lines = others.flatMap((other) => rows[other].failed.map(({ line }) => line));
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.map(read)).toEqual(lines.map(() => null));
  });

  it("reads no line that was cut off at its end before the address is whole", () => {
    for (const { line, address } of rows[format].failed) {
      for (let length = 0; length < line.length; length += 1) {
        const answer = read(line.slice(0, length));
        if (answer?.kind !== "failed") continue;
        // FreeSWITCH ends a line with the address: the follower never hands on half a line.
        if (format === "freeswitch") expect(address.startsWith(answer.address)).toBe(true);
        else expect(answer.address).toBe(address);
      }
    }
  });
});
