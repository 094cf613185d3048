// What the store of policies promises on every engine: versions, one winner, whole sections.
import { changeBy } from "../../src/server/journal/index.ts";
import { expect, it } from "vitest";
import {
  ACCOUNT_POLICY_DEFAULT,
  BOUNDS,
  PLATFORM_POLICY_DEFAULT,
} from "../../src/core/network/network-policy.ts";
import type { PolicySection } from "../../src/core/network/network-policy.ts";
import { disableRule, editPolicies, editPolicy } from "../../src/server/network/edit-policy.ts";
import { readAccountPolicy, readPlatformPolicy } from "../../src/server/network/policy-store.ts";
import { readSection } from "../../src/server/network/policy-store.ts";
import { describeEachEngine } from "./engines.ts";
import { addAccount, useNode } from "./start-network.ts";
import type { Node } from "./start-network.ts";

const BAN = PLATFORM_POLICY_DEFAULT.ban;
const PLATFORM = { owner: "platform", context: changeBy("anna") } as const;

function edit({ network }: Node, section: PolicySection, change: object) {
  const order = { owner: "platform", section, version: null, context: changeBy("anna"), ...change };
  return editPolicy(network, order as Parameters<typeof editPolicy>[1]);
}

function banOf(durationSeconds: unknown) {
  return { value: { ...BAN, durationSeconds } };
}

describeEachEngine("policies", (harness) => {
  const emptyNode = useNode(harness);

  it("start as the defaults, at version 0", async () => {
    const { database } = await emptyNode();
    expect(await readPlatformPolicy(database.kysely)).toEqual(PLATFORM_POLICY_DEFAULT);
    expect(await readAccountPolicy(database.kysely, "nobody")).toEqual(ACCOUNT_POLICY_DEFAULT);
    expect(await readSection(database.kysely, "platform", "ban")).toEqual({
      value: BAN,
      version: 0,
      changedAtMs: null,
      changedBy: null,
    });
  });

  it("count their versions and hold at once, each section by itself", async () => {
    const node = await emptyNode();
    const saved = await edit(node, "ban", { ...banOf(90), version: 0 });
    expect(saved).toMatchObject({
      version: 1,
      changedBy: "anna",
      changedAtMs: node.clock.nowMs(),
    });
    expect(node.network.state.policy.ban.durationSeconds).toBe(90);
    expect((await edit(node, "ban", { ...banOf(120), version: 1 })).version).toBe(2);
    expect((await readSection(node.database.kysely, "platform", "country")).version).toBe(0);
    expect(node.events.map(({ kind, detail }) => [kind, detail["version"]])).toEqual([
      ["policy-changed", 1],
      ["policy-changed", 2],
    ]);
    expect(node.events[1]?.detail).toMatchObject({ before: { durationSeconds: 90 } });
  });

  it("tell the second of two people who edit the same version", async () => {
    const node = await emptyNode();
    await edit(node, "ban", { ...banOf(90), version: 0 });
    const refusal = { code: "policy-moved-on", status: 412 };
    await expect(edit(node, "ban", { ...banOf(120), version: 0 })).rejects.toMatchObject(refusal);
    expect((await readSection(node.database.kysely, "platform", "ban")).value).toEqual(
      banOf(90).value,
    );
    expect(node.events).toHaveLength(1);
  });

  it("let exactly one of many win who race from the same version", async () => {
    const node = await emptyNode();
    for (const version of [0, 1]) {
      const racing = Array.from({ length: 8 }, (_, index) =>
        edit(node, "ban", { ...banOf(100 + index), version }),
      );
      const outcomes = await Promise.allSettled(racing);
      expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      const stored = await readSection(node.database.kysely, "platform", "ban");
      expect(stored.version).toBe(version + 1);
      expect(node.network.state.policy.ban).toEqual(stored.value);
    }
  });

  it("are saved together or not at all, and tell which section has moved on", async () => {
    const node = await emptyNode();
    const limits = { ...PLATFORM_POLICY_DEFAULT["webchat-requests"], requestsMax: 7 };
    const both = (banVersion: number) =>
      editPolicies(
        node.network,
        [
          { ...PLATFORM, section: "webchat-requests", value: limits, version: 0 },
          { ...PLATFORM, section: "ban", ...banOf(90), version: banVersion },
        ],
        PLATFORM.context,
      );
    await expect(both(3)).rejects.toMatchObject({
      code: "policy-moved-on",
      status: 412,
      extra: { members: { section: "ban" } },
    });
    expect(await readPlatformPolicy(node.database.kysely)).toEqual(PLATFORM_POLICY_DEFAULT);
    expect(node.network.state.policy.webchatRequests.requestsMax).toBe(100);
    node.events.length = 0;
    expect((await both(0)).map(({ version }) => version)).toEqual([1, 1]);
    const { webchatRequests, ban } = node.network.state.policy;
    expect([webchatRequests.requestsMax, ban.durationSeconds]).toEqual([7, 90]);
    expect(node.events.map(({ reason }) => reason)).toEqual(["webchat-requests", "ban"]);
  });

  it("name the section and the place in it of each fault, and store none of them", async () => {
    const node = await emptyNode();
    const refused = editPolicies(
      node.network,
      [
        { ...PLATFORM, section: "hard-limit", value: { exemptAllowEntries: true }, version: null },
        { ...PLATFORM, section: "ban", ...banOf(0), version: null },
      ],
      PLATFORM.context,
    );
    await expect(refused).rejects.toMatchObject({
      code: "policy-refused",
      extra: { errors: [{ path: "/sections/1/value/durationSeconds" }] },
    });
    expect(node.network.state.policy.hardLimit.exemptAllowEntries).toBe(false);
  });

  it("belong to their owner", async () => {
    const node = await emptyNode();
    const owner = await addAccount(node, "acme");
    const country = { ...ACCOUNT_POLICY_DEFAULT.country, mode: "enforce", unknown: "deny" };
    await edit(node, "country", { owner, value: country });
    expect(node.network.state.accounts.get("acme")?.compiled.countryMode).toBe("enforce");
    expect(node.network.state.platform.compiled.countryMode).toBe("off");
    const unknown = edit(node, "ban", { owner, ...banOf(90) });
    await expect(unknown).rejects.toMatchObject({ code: "section-unknown", status: 404 });
  });

  it("refuse what lies outside the bounds, and store nothing of it", async () => {
    const node = await emptyNode();
    const { minimum, maximum } = BOUNDS.banDurationSeconds;
    expect([minimum, maximum]).toEqual([60, 31_536_000]);
    // attack row 61
    const odd = [59, 31_536_001, 0, -1, 1e9, 2 ** 53, 60.5, "60", null, true, [60]];
    for (const seconds of odd) {
      await expect(edit(node, "ban", banOf(seconds))).rejects.toMatchObject({
        code: "policy-refused",
        status: 400,
      });
    }
    expect((await readSection(node.database.kysely, "platform", "ban")).version).toBe(0);
    for (const seconds of [minimum, maximum]) await edit(node, "ban", banOf(seconds));
    expect(node.network.state.policy.ban.durationSeconds).toBe(maximum);
  });

  it("can be switched off without being read first", async () => {
    const node = await emptyNode();
    const order = {
      owner: "platform",
      section: "rate-limits",
      context: changeBy("shell"),
    } as const;
    const { value } = await disableRule(node.network, order);
    const limits = Object.values(value as Record<string, { mode: string }>);
    expect(limits.map(({ mode }) => mode)).toEqual(["off", "off", "off"]);
    expect(node.network.state.platform.compiled.rateLimits.every((limit) => limit === null)).toBe(
      true,
    );
  });
});
