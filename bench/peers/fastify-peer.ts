// What one would put together from packages: Fastify, its rate limit, net.BlockList and maxmind.
import { createRequire } from "node:module";
import { BlockList } from "node:net";
import type { AddressInfo } from "node:net";
import fastifyRateLimit from "@fastify/rate-limit";
import Fastify from "fastify";
import { open } from "maxmind";
import type { CountryResponse } from "maxmind";
import { sampleEntries } from "../sample-entries.ts";

const VISITORS_MAX = 1_000_000;
const REFUSED_COUNTRIES = new Set(["KP"]);

function buildBlockList(entryCount: number): BlockList {
  const list = new BlockList();
  for (const entry of sampleEntries(entryCount)) {
    const [address = "", prefixLength] = entry.split("/");
    if (prefixLength === undefined) list.addAddress(address, "ipv4");
    else list.addSubnet(address, Number(prefixLength), "ipv4");
  }
  return list;
}

async function startFastifyPeer(entryCount: number): Promise<void> {
  const denied = buildBlockList(entryCount);
  const database = createRequire(import.meta.url).resolve(
    "@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb",
  );
  const countries = await open<CountryResponse & { country_code?: string }>(database);
  const app = Fastify({ trustProxy: "127.0.0.1" });
  await app.register(fastifyRateLimit, { max: 600, timeWindow: 60_000, cache: VISITORS_MAX });
  app.get("/gate/caddy", (request, reply) => {
    if (denied.check(request.ip, "ipv4")) return reply.code(403).send();
    const country = countries.get(request.ip)?.country_code ?? "";
    return reply.code(REFUSED_COUNTRIES.has(country) ? 403 : 204).send();
  });
  await app.listen({ port: 0, host: "127.0.0.1" });
  console.log(`listening ${(app.server.address() as AddressInfo).port}`);
  process.once("SIGTERM", () => {
    app.server.closeAllConnections();
    void app.close();
  });
}

await startFastifyPeer(Number(process.argv[2] ?? 1_000));
