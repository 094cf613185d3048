// Checks that what is done for one user is done one after the other.
import { expect, it } from "vitest";
import { createUserTurns } from "./user-turns.ts";

const pause = () => new Promise(setImmediate);

it("takes turns of one key in order, others beside them", async () => {
  const { inTurn } = createUserTurns(10);
  const order: string[] = [];
  const work = (name: string) => async () => {
    order.push(`${name} begins`);
    await pause();
    await pause();
    order.push(`${name} ends`);
    return name;
  };
  const turns = [inTurn("ada", work("1")), inTurn("ada", work("2")), inTurn("eve", work("3"))];
  expect(await Promise.all(turns)).toEqual(["1", "2", "3"]);
  expect(order.indexOf("2 begins")).toBeGreaterThan(order.indexOf("1 ends"));
  expect(order.indexOf("3 begins")).toBeLessThan(order.indexOf("1 ends"));
});

it("gives the turn on when work fails, and refuses what exceeds the queue", async () => {
  const { inTurn } = createUserTurns(1);
  const failing = inTurn("ada", async () => {
    await pause();
    throw new Error("broken");
  });
  const waiting = inTurn("ada", async () => "done");
  await expect(inTurn("ada", async () => "no")).rejects.toMatchObject({ code: "busy" });
  await expect(failing).rejects.toThrow("broken");
  expect(await waiting).toBe("done");
  expect(await inTurn("ada", async () => "free")).toBe("free");
});
