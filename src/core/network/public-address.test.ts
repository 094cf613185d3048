// Checks which addresses this server may ask by itself.
import { expect, it } from "vitest";
import { isPublicAddress } from "./public-address.ts";

it.each([
  ["8.8.8.8", true],
  ["142.250.0.1", true],
  ["2a00:1450:4001::1", true],
  // On an IPv6-only network every IPv4 address looks like this (RFC 6147).
  ["64:ff9b::8.8.8.8", true],
  ["::ffff:8.8.8.8", true],
  ["127.0.0.1", false],
  ["10.1.2.3", false],
  ["100.64.0.1", false],
  ["169.254.169.254", false],
  ["0.0.0.0", false],
  ["255.255.255.255", false],
  ["224.0.0.1", false],
  ["198.18.0.1", false],
  ["::", false],
  ["::1", false],
  ["fe80::1", false],
  ["fe80::1%eth0", false],
  ["fd00::1", false],
  ["ff02::1", false],
  ["::ffff:127.0.0.1", false],
  ["::ffff:a9fe:a9fe", false],
  ["::127.0.0.1", false],
  ["64:ff9b::169.254.169.254", false],
  ["64:ff9b::10.0.0.1", false],
  ["64:ff9b:1::8.8.8.8", false],
  ["2002:7f00:1::", false],
  ["2002:808:808::", false],
  ["2001:0:808:808::1", false],
  ["2130706433", false],
  ["0177.0.0.1", false],
  ["login.example.com", false],
  ["", false],
])("%s: %s", (address, isPublic) => {
  expect(isPublicAddress(address)).toBe(isPublic);
});
