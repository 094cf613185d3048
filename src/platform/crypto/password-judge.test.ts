// Checks which passwords are common, what is said about others, and that nothing else waits.
import { afterAll, describe, expect, it } from "vitest";
import { createPasswordJudge } from "./password-judge.ts";

const judge = createPasswordJudge();
afterAll(() => judge.close());

const HOSTILE = ["4@8({[<369!1|0$5+7%2", "a1", "xK9#mQ2$vL7&", "1.1.1991"];

function cutTo(text: string, length: number): string {
  return text.repeat(length).slice(0, length);
}

describe("the password judge", () => {
  it.each([
    ["password", true],
    ["PassWord", true],
    ["password1", true],
    ["Password123!", true],
    ["Sunshine2024!", true],
    ["qwertyuiop", true],
    ["dragon#1", true],
    ["aaaaaaaaaaaa", true],
    ["asdfghjk", true],
    ["        ", true],
    ["Meadow-lark 71 sings", false],
    ["73914586", false],
    ["kqzvxwpj", false],
    ["passwort-im-garten", false],
    ["", false],
  ])("finds %j common: %j", async (password, isCommon) => {
    expect(await judge.isCommon(password)).toBe(isCommon);
  });

  it("says how hard a password is to guess, and why, in sentences", async () => {
    const common = await judge.assess("password", []);
    expect(common).toMatchObject({ score: 0, isCommon: true });
    expect(common.warning).toBe("This is one of the passwords that are tried first.");
    const good = await judge.assess("Meadow-lark 71 sings", []);
    expect(good).toEqual({ score: 4, isCommon: false, warning: null, suggestions: [] });
    const row = await judge.assess("zxcvbnm,./", []);
    expect(row.score).toBeLessThan(3);
    for (const sentence of [row.warning ?? "", ...row.suggestions]) {
      expect(sentence).toMatch(/^[A-Z].*\.$/);
    }
  });

  it("counts the user's own words as guessed", async () => {
    const without = await judge.assess("gracehopperton", []);
    const withWords = await judge.assess("gracehopperton", ["grace@example.com", "gracehopperton"]);
    expect(withWords.score).toBeLessThan(without.score);
  });

  it("keeps the event loop free, whatever is asked", async () => {
    await judge.isCommon("warm");
    const asking = { goesOn: true };
    let turns = 0;
    const turn = (): void => {
      turns += 1;
      if (asking.goesOn) setImmediate(turn);
    };
    turn();
    await Promise.all(HOSTILE.map((text) => judge.assess(cutTo(text, 1000), [])));
    asking.goesOn = false;
    // Here they would be as many as the questions.
    expect(turns).toBeGreaterThan(10 * HOSTILE.length);
  });

  it("refuses more questions than it can answer soon", async () => {
    const asked = Array.from({ length: 60 }, () => judge.assess("x".repeat(64), []));
    const outcomes = await Promise.allSettled(asked);
    const refused = outcomes.filter(({ status }) => status === "rejected");
    expect(refused.length).toBeGreaterThan(30);
    const message = "The strength of the password cannot be assessed at the moment.";
    expect(refused[0]).toMatchObject({ reason: { code: "busy", status: 503, message } });
  });

  it("says whether a password is common while everything else has to wait", async () => {
    const hostile = "xK9#mQ2$vL7&".repeat(84).slice(0, 1000);
    const asking = { goesOn: true };
    const loop = async () => {
      while (asking.goesOn) {
        await judge.assess(hostile, []).catch(() => new Promise(setImmediate));
      }
    };
    const loops = Array.from({ length: 24 }, loop);
    const common = await Promise.allSettled(
      Array.from({ length: 40 }, (_, at) =>
        judge.isCommon(at % 2 === 0 ? "password" : "meadow-71"),
      ),
    );
    asking.goesOn = false;
    await Promise.all(loops);
    const answers = common.map((one) => (one.status === "fulfilled" ? one.value : one.reason));
    expect(answers).toEqual(answers.map((_, at) => at % 2 === 0));
  });

  it("looks at no more of a long password than takes a moment", async () => {
    const quickestMs = new Map<number, number>();
    // By turns, and the quickest of several: other work of the machine falls on both alike.
    for (let round = 0; round < 5; round += 1) {
      for (const length of [32, 1000]) {
        const startedMs = performance.now();
        for (const text of HOSTILE) await judge.assess(cutTo(text, length), []);
        const tookMs = performance.now() - startedMs;
        quickestMs.set(length, Math.min(tookMs, quickestMs.get(length) ?? Infinity));
      }
    }
    // It is one; of 128 characters it would be four, of 256 sixteen.
    expect(quickestMs.get(1000)! / quickestMs.get(32)!).toBeLessThan(3);
  });

  it("starts again after it was closed", async () => {
    await judge.close();
    expect(await judge.isCommon("password")).toBe(true);
  });
});
