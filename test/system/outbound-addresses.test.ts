// No address inside one's own network is asked, however spelt, and nobody without a certificate.
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isPublicAddress } from "../../src/core/network/public-address.ts";
import { createOutboundFetch } from "../../src/platform/http/outbound-fetch.ts";
import { selfSignedCertificate } from "../open-id/misbehaving-certificate.ts";

let connections = 0;
const server = createServer((_request, response) => void response.end("{}"));
server.on("connection", () => (connections += 1));
let port = 0;
beforeAll(async () => {
  // Both families: what is let through by mistake is let in.
  await new Promise<void>((resolve) => server.listen(0, resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const { fetchFor } = createOutboundFetch({ isPublicAddress, limits: { totalMs: 3_000 } });

const HOSTS = [
  "127.0.0.1 127.1 0x7f.0.0.1 2130706433 017700000001 127.0.0.1. 0.0.0.0 10.0.0.1 172.16.0.1",
  "192.168.0.1 100.64.0.1 169.254.169.254 192.0.0.192 224.0.0.1 255.255.255.255",
  "[::1] [::] [::ffff:127.0.0.1] [::ffff:7f00:1] [::127.0.0.1] [64:ff9b::7f00:1]",
  "[2002:7f00:1::] [fc00::1] [fd00:ec2::254] [fe80::1] localhost LOCALHOST localhost.",
].flatMap((line) => line.split(" "));

describe("addresses that are not public", () => {
  it.each(HOSTS)("%s", async (host) => {
    const asking = fetchFor(["allowed.example"])(`https://${host}:${port}/latest/meta-data/`);
    // Where a name like `localhost.` is not known at all, that is as good.
    const reason: unknown = expect.stringMatching(/^(address-private|host-unknown)$/);
    await expect(asking).rejects.toMatchObject({ name: "OutboundError", reason });
    expect(connections).toBe(0);
  });

  it.each([
    ["127.0.0.1", "127.0.0.1"],
    ["localhost", "LocalHost"],
  ])("are asked where the host is allowed: %s by %s", async (host, privateHost) => {
    const before = connections;
    const response = await fetchFor([privateHost])(`http://${host}:${port}/`);
    expect(await response.text()).toBe("{}");
    expect(connections).toBe(before + 1);
  });
});

describe("certificates", () => {
  it("are verified, also those of private hosts, before anything is sent", async () => {
    let requests = 0;
    const tls = createTlsServer(selfSignedCertificate(), (_request, response) => {
      requests += 1;
      response.end("{}");
    });
    await new Promise<void>((resolve) => tls.listen(0, "127.0.0.1", resolve));
    try {
      const asking = fetchFor(["127.0.0.1"])(
        `https://127.0.0.1:${(tls.address() as AddressInfo).port}/`,
        { method: "POST", body: "client_secret=x" },
      );
      const message: unknown = expect.stringContaining("DEPTH_ZERO_SELF_SIGNED_CERT");
      await expect(asking).rejects.toMatchObject({ reason: "tls", message });
      expect(requests).toBe(0);
    } finally {
      tls.close();
    }
  });
});
