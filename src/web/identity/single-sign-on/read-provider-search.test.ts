// Checks what is read out of addresses that anybody may have written.
import { describe, expect, it } from "vitest";
import {
  accountOfProvider,
  readAccountSearch,
  readConnectionsSearch,
  readFaultSearch,
} from "./read-provider-search.ts";

describe("readFaultSearch", () => {
  it.each([
    [
      { fault: "provider-off", provider: "google" },
      { fault: "provider-off", provider: "google" },
    ],
    [{ fault: "token-refused", provider: "acme.google" }, undefined],
    [{ fault: "You have won", provider: "google" }, { provider: "google" }],
    [{ fault: "flow-ended", provider: "<b>Google</b>" }, { fault: "flow-ended" }],
    [{ fault: "flow-ended", provider: "a.b.c" }, { fault: "flow-ended" }],
    [{ fault: ["flow-ended"], provider: 7 }, {}],
  ])("%o", (search, read) => {
    expect(readFaultSearch(search)).toEqual(read ?? search);
  });
});

it("reads which provider has just been connected", () => {
  expect(readConnectionsSearch({ connected: "acme.google" })).toEqual({ connected: "acme.google" });
  expect(readConnectionsSearch({ connected: "https://evil.example" })).toEqual({});
  expect(readConnectionsSearch({ fault: "connection-taken", provider: "google" })).toEqual({
    fault: "connection-taken",
    provider: "google",
  });
});

it.each([
  ["acme", { account: "acme" }],
  ["acme-2", { account: "acme-2" }],
  ["Acme", {}],
  ["", {}],
  ["a".repeat(33), {}],
  [3, {}],
])("reads the account %s", (account, read) => {
  expect(readAccountSearch({ account })).toEqual(read);
});

it.each([
  ["acme.google", "acme"],
  ["google", undefined],
  [undefined, undefined],
])("%s is a provider of %s", (provider, account) => {
  expect(accountOfProvider(provider)).toBe(account);
});
