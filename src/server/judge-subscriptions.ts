// Judges the subscribed lists: whether each could be read lately, and what waits for an operator.
import type { HealthCheck } from "../api/health-api.ts";
import type { Network } from "./network/index.ts";

type Subscription = Awaited<ReturnType<Network["subscriptions"]["list"]>>[number];

/** @param subscriptions null: the store does not answer */
export function judgeSubscriptions(subscriptions: readonly Subscription[] | null): HealthCheck {
  const name = "subscriptions";
  if (subscriptions === null) {
    const summary = "How subscribed lists are is not known while the store does not answer.";
    return { name, state: "attention", summary, facts: {} };
  }
  const used = subscriptions.filter(({ mode }) => mode !== "off");
  const keptBack = used.filter((one) => one.keptBack !== null);
  const failed = used.filter((one) => one.keptBack === null && one.fault !== null);
  const facts = { lists: used.length, failed: failed.length, keptBack: keptBack.length };
  const troubles = [
    ...keptBack.map((one) => `${one.name} lost more than half of its ranges; take the new copy.`),
    ...failed.map((one) => `${one.name} could not be read (${one.fault}); the copy before holds.`),
  ];
  if (troubles.length > 0) {
    const summary = `${troubles.join(" ")} Look at Address lists, Subscribed.`;
    return { name, state: "attention", summary, facts };
  }
  const summary =
    used.length === 0 ? "No list is subscribed to." : "Every subscribed list could be read.";
  return { name, state: "ok", summary, facts };
}
