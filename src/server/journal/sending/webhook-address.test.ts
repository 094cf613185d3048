// Which addresses a webhook may have, and what its pauses are.
import { describe, expect, it } from "vitest";
import { messagePauseMs, webhookPauseMs } from "./retry-webhook.ts";
import { readNewAddress } from "./webhook-address.ts";

const isPublicAddress = (address: string) => ["8.8.8.8", "2606:4700::1111"].includes(address);

describe("a webhook's address", () => {
  it.each([
    ["https://siem.example.com/in?key=1", []],
    ["https://8.8.8.8/in", []],
    ["https://[2606:4700::1111]/in", []],
    ["https://mylocalhost/in", []],
    ["http://127.0.0.1:9000/in", ["127.0.0.1"]],
    ["http://0x7f000001/in", ["127.0.0.1"]],
    ["http://[::1]:9000/in", ["[::1]"]],
    ["http://localhost/in", ["localhost"]],
  ])("may be %s", (text, privateHosts) => {
    expect(readNewAddress(text, isPublicAddress)).toEqual({
      ok: true,
      url: new URL(text).href,
      privateHosts,
    });
  });

  it.each([
    ["http://siem.example.com/in", "https address"],
    ["http://127.example.com/in", "https address"],
    ["http://localhost.example.com/in", "https address"],
    ["https://10.0.0.1/in", "https address on the Internet, which 10.0.0.1 is not, or http on"],
    ["https://167772161/in", "which 10.0.0.1 is not"],
    ["https://127.0.0.1/in", "which 127.0.0.1 is not"],
    ["https://169.254.169.254/in", "which 169.254.169.254 is not"],
    ["https://0/in", "which 0.0.0.0 is not"],
    ["https://[::1]/in", "which [::1] is not"],
    ["https://[fd00::1]/in", "which [fd00::1] is not"],
    ["https://[::ffff:10.0.0.1]/in", "on the Internet"],
    ["https://localhost/in", "which localhost is not"],
    ["https://LOCALHOST./in", "which localhost. is not"],
    ["https://siem.localhost/in", "which siem.localhost is not"],
    ["ftp://siem.example.com/in", "https address"],
    ["https:siem.example.com", "https address"],
    ["https://ada:secret@siem.example.com/", "without user and password"],
    ["https://siem.example.com/#in", "without #"],
  ])("may not be %s", (text, words) => {
    const read = readNewAddress(text, isPublicAddress);
    expect(read).toEqual({ ok: false, why: expect.stringContaining(words) });
  });
});

it("pauses grow, a message's to an hour, a webhook's to five minutes", () => {
  const attempts = Array.from({ length: 30 }, (_none, index) => index + 1);
  const pauses = attempts.map(messagePauseMs);
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
  expect([pauses[0], pauses.at(-1)]).toEqual([10_000, 3_600_000]);
  // As long as the message's own at first: until then the order stays.
  expect(attempts.slice(0, 5).map(webhookPauseMs)).toEqual(pauses.slice(0, 5));
  expect(webhookPauseMs(30)).toBe(300_000);
});
