// Checks the cookies of flows: sealed for one provider, found by their state, few in a browser.
import { expect, it } from "vitest";
import { TEST_KEY_RING } from "../../../../test/identity/test-key-ring.ts";
import { createFlowCookies } from "./flow-cookie.ts";
import type { Flow } from "./flow-cookie.ts";

const cookies = createFlowCookies("https://portal.example.com", TEST_KEY_RING);

function flowOf(letter: string): Flow {
  return {
    state: letter.repeat(43),
    nonce: "n".repeat(43),
    verifier: "v".repeat(43),
    purpose: "connect",
    sessionId: "a".repeat(20),
    asked: "0".repeat(64),
    returnTo: `/${"r".repeat(999)}`,
    expiresAtMs: 1_800_000_600_000,
  };
}

function linesOf(work: (reply: { header(name: string, value: string): void }) => void): string[] {
  const set: string[] = [];
  work({ header: (_name, value) => void set.push(value) });
  return set;
}

function sent(flow: Flow, providerId = "google"): readonly string[] {
  const [line = ""] = linesOf((reply) => cookies.set(reply, [], { providerId, flow }));
  return ["Cookie", line.split(";", 1)[0] ?? ""];
}

it("are sealed, for this host and no script, and small enough for four of them", () => {
  const [line = ""] = linesOf((reply) =>
    cookies.set(reply, [], { providerId: "google", flow: flowOf("a") }),
  );
  const [pair, ...flags] = line.split("; ");
  expect(pair).toMatch(/^__Host-postern-flow-aaaaaaaa=v1\.[\w.-]+$/);
  expect(flags).toEqual(["Max-Age=600", "Path=/", "HttpOnly", "Secure", "SameSite=Lax"]);
  expect(line).not.toContain("rrrr");
  expect(line.length).toBeLessThan(2500);
});

it("are read with their own provider and state only, and once", () => {
  const flow = flowOf("a");
  const raw = sent(flow);
  expect(cookies.read(raw, "google", flow.state)).toEqual(flow);
  expect(cookies.read(raw, "acme.google", flow.state)).toBe(null);
  expect(cookies.read(raw, "google", `${"a".repeat(42)}b`)).toBe(null);
  expect(cookies.read(raw, "google", flowOf("b").state)).toBe(null);
  expect(cookies.read([...raw, ...raw], "google", flow.state)).toBe(null);
  expect(cookies.read([], "google", flow.state)).toBe(null);
  const [name = "", value = ""] = [raw[0], raw[1]?.slice(0, -2)];
  expect(cookies.read([name, value], "google", flow.state)).toBe(null);
});

it("the oldest go where there are four, and nothing is cleared that is not ours", () => {
  const names = ["1", "2", "3", "4", "5"].map((letter) => `__Host-postern-flow-${letter}`);
  const raw = ["Cookie", `theme=dark; ${names.map((name) => `${name}=x`).join("; ")}`];
  const odd = ["Cookie", "__Host-postern-flow-\u0001=x"];
  const set = linesOf((reply) =>
    cookies.set(reply, [...odd, ...raw], { providerId: "google", flow: flowOf("a") }),
  );
  const cleared = set.filter((line) => line.includes("Max-Age=0;"));
  expect(cleared.map((line) => line.split("=", 1)[0])).toEqual(names.slice(0, 2));
  expect(set).toHaveLength(3);
});
