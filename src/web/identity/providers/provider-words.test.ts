// Words for providers: what a test found, what switching and deleting do, what somebody changed.
import { describe, expect, it } from "vitest";
import { PROVIDER_TEST_STEPS } from "../../../api/provider-api.ts";
import type { ProviderTestAnswer } from "../../../api/provider-api.ts";
import { PROVIDER_KINDS } from "../../../core/identity/single-sign-on/provider.ts";
import { exampleProvider as example } from "../../../../test/identity/example-provider.ts";
import { KIND_WORDS, readKind } from "./kind-words.ts";
import { toDraft } from "./provider-draft.ts";
import {
  describeLoss,
  describeProviderChanges,
  describeRemoval,
  describeSingleSignOnChanges,
  describeSwitch,
  describeTest,
  STEP_WORDS,
} from "./provider-words.ts";

type Result = ProviderTestAnswer["steps"][number]["result"];

function answerOf(...results: readonly Result[]): ProviderTestAnswer {
  const steps = results.map((result, index) => ({
    step: PROVIDER_TEST_STEPS[index]!,
    result,
    message: "found",
    advice: null,
  }));
  return { isGood: !results.includes("failed"), steps };
}

describe("providers in words", () => {
  it("have words for every kind and step", () => {
    expect(Object.keys(KIND_WORDS)).toEqual([...PROVIDER_KINDS]);
    expect(Object.keys(STEP_WORDS)).toEqual([...PROVIDER_TEST_STEPS]);
    expect(PROVIDER_KINDS.map(readKind)).toEqual([...PROVIDER_KINDS]);
    expect([readKind(null), readKind("<svg>")]).toEqual(["google", "google"]);
  });

  it.each([
    [answerOf("passed", "passed"), /^It works: /],
    [answerOf("passed", "warned", "warned", "left-out"), "It works, with 2 warnings."],
    [answerOf("passed", "failed", "left-out"), "It does not work yet: see Metadata."],
    [{ ...answerOf("passed"), isGood: false }, "It does not work yet."],
  ])("say in one sentence what a test found: %#", (answer, sentence) => {
    expect(describeTest(answer)).toMatch(sentence);
  });

  it("say whom switching off and deleting touches", () => {
    const on = example({ isEnabled: true, connections: 3 });
    expect(describeSwitch(on)).toMatch(/session.* ends now\. 3 users are connected/);
    expect(describeSwitch(example({ isEnabled: false }))).toMatch(/appears on the sign-in page,/);
    expect(describeSwitch(example({ account: "acme" }))).toMatch(/the sign-in page of acme,/);
    expect(describeRemoval(on)).toMatch(/^3 connections go with it/);
    expect(describeRemoval(example({ connections: 0 }))).toMatch(/^Nobody is connected/);
  });

  it("say how many would be shut out, before switching off, deleting and re-pointing", () => {
    const sentence = (onlyWayIn: number) => {
      const on = example({ kind: "oidc", isEnabled: true, connections: 3, onlyWayIn });
      const moved = { ...toDraft(on), issuer: "https://other.example.com" };
      const said = [describeSwitch(on), describeRemoval(on), describeLoss(moved, on) ?? ""];
      return said.map((words) => /\d users? \w+ no other way in: .*?first\./.exec(words)?.[0]);
    };
    const two = "2 users have no other way in: mail them a password link first.";
    const one = "1 user has no other way in: mail that user a password link first.";
    expect(sentence(2)).toEqual([two, two, two]);
    expect(sentence(1)).toEqual([one, one, one]);
    expect(sentence(0)).toEqual([undefined, undefined, undefined]);
    expect(describeSwitch(example({ onlyWayIn: 2 }))).not.toMatch(/no other way/);
  });

  it.each([
    ["oidc", { issuer: "https://other.example.com" }, /^2 users are connected\. All of them/],
    ["oidc", { name: "Other" }, null],
    ["microsoft", { audience: "common" }, null],
    ["microsoft", { audience: "organizations" }, /personal accounts/],
    ["microsoft", { audience: "own", tenant: "other.example" }, /people of other tenants/],
  ] as const)("say who has to connect anew: %s %j", (kind, change, sentence) => {
    const base = example({ kind, tenant: "contoso.example", connections: 2 });
    const draft = { ...toDraft(base), ...change };
    expect(describeLoss(draft, { ...base, connections: 0 })).toBeNull();
    if (sentence === null) expect(describeLoss(draft, base)).toBeNull();
    else expect(describeLoss(draft, base)).toMatch(sentence);
  });

  it("say what somebody changed, and that a secret is another one", () => {
    const before = example({});
    const after = example({ name: "Work", isEnabled: true, tenants: ["one", "two"] });
    expect(describeProviderChanges(before, after)).toEqual([
      { title: "Name", from: before.name, to: "Work" },
      { title: "Tenants let in", from: "all", to: "one, two" },
      { title: "Provider", from: "off", to: "on" },
    ]);
    expect(describeProviderChanges(before, example({ version: 2 }))).toEqual([
      { title: "Client secret", from: "the one before", to: "entered anew" },
    ]);
  });

  it("say how the rule changes", () => {
    const [off, on] = [false, true].map((enabled) => ({ askSecondFactor: { enabled } }));
    expect(describeSingleSignOnChanges(off!, off!)).toEqual([]);
    expect(describeSingleSignOnChanges(off!, on!)).toEqual([
      { title: "Second factor after single sign-on", from: "off", to: "on" },
    ]);
  });
});
