// Checks what a whitelist takes, what it says of bad lines, and which addresses are on it.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAddress } from "../network/address.ts";
import type { Address } from "../network/address.ts";
import { rangeCovers } from "../network/address-range.ts";
import { parseRule } from "../network/address-rule.ts";
import { AUDIO_POLICY_DEFAULT } from "./audio-policy.ts";
import { compileAudioPolicy, isWhitelisted, readWhitelist } from "./compile-whitelist.ts";

function read(lines: readonly string[]): readonly string[] {
  const reading = readWhitelist(lines);
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  return reading.entries;
}

function compile(lines: readonly string[]) {
  return compileAudioPolicy({ ...AUDIO_POLICY_DEFAULT, whitelist: read(lines) });
}

describe("a whitelist", () => {
  it("leaves out empty lines and keeps each entry once, in its order", () => {
    const lines = ["10.0.0.2", "", " \t", "10.0.0.1", "::ffff:10.0.0.2", "10.0.0.2/32"];
    expect(read(lines)).toEqual(["10.0.0.2", "10.0.0.1"]);
    expect(read([])).toEqual([]);
  });

  it("names all bad lines by their place, the empty ones counted", () => {
    const reading = readWhitelist(["", "10.0.0.1/8", "10.0.0.1", "\n", "x"]);
    expect(reading).toEqual({
      ok: false,
      faults: [
        { line: 2, message: "host bits set; write 10.0.0.0/8 or 10.0.0.1." },
        { line: 4, message: expect.any(String) },
        { line: 5, message: expect.any(String) },
      ],
    });
  });

  it.each([
    ["10.0.0.0/8", false],
    ["10.0.0.0-11.0.0.0", true],
    ["10.0.0.0/7", true],
    ["2001::/16", false],
    ["2000::/15", true],
    ["::/0", true],
  ])("%s is very wide: %s", (text, isWide) => {
    expect(readWhitelist([text])).toMatchObject({ ok: true, veryWide: isWide ? [text] : [] });
  });

  it("holds exactly the addresses of its entries, of their family alone", () => {
    const policy = compile(["10.0.0.0/24", "10.0.0.7", "10.0.0.250-10.0.1.3", "2001:db8::/64"]);
    const on = ["10.0.0.0", "10.0.0.7", "10.0.0.255", "10.0.1.3", "2001:db8::ffff"];
    const off = ["9.255.255.255", "10.0.1.4", "2001:db8:0:1::", "64:ff9b::a00:7"];
    for (const text of on) expect([text, isOn(policy, text)]).toEqual([text, true]);
    for (const text of off) expect([text, isOn(policy, text)]).toEqual([text, false]);
    // An IPv4 address equals its mapped form.
    expect(isOn(policy, "::ffff:10.0.0.7")).toBe(true);
    expect(isOn(compile(["::/0"]), "10.0.0.7")).toBe(false);
    expect(isOn(compile([]), "10.0.0.7")).toBe(false);
  });

  it("is compiled only from what was read", () => {
    const whitelist = ["10.0.0.1/8"];
    expect(() => compileAudioPolicy({ ...AUDIO_POLICY_DEFAULT, whitelist })).toThrow("canonical");
  });
});

describe("every whitelist", () => {
  const byte = fc.integer({ min: 0, max: 3 });
  const address = fc.tuple(byte, byte).map(([a, b]) => `10.0.${a}.${b}`);
  const entry = fc.oneof(
    address,
    fc.tuple(byte, fc.constantFrom(24, 30, 32)).map(([a, bits]) => `10.0.${a}.0/${bits}`),
    fc.tuple(address, address).map(([a, b]) => (a < b ? `${a}-${b}` : `${b}-${a}`)),
  );

  it("says of each address what its entries say one by one, and is its own canonical form", () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 12 }), address, (lines, text) => {
        const entries = read(lines);
        expect(read(entries)).toEqual(entries);
        const isCovered = lines.some((line) => covers(line, addressOf(text)));
        expect(isOn(compile(lines), text)).toBe(isCovered);
      }),
      { numRuns: 300 },
    );
  });
});

function covers(line: string, address: Address): boolean {
  const reading = parseRule(line);
  return reading.ok && rangeCovers(reading.range, address);
}

function isOn(policy: ReturnType<typeof compile>, text: string): boolean {
  return isWhitelisted(policy, addressOf(text));
}

function addressOf(text: string): Address {
  const address = parseAddress(text);
  if (address === null) throw new Error(`no address: ${text}`);
  return address;
}
