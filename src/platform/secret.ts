// Holds a value that must never be printed: JSON, console and logs show "[secret]".
import { inspect } from "node:util";

/** `reveal` gives the value; every other way of looking at it gives `[secret]`. */
export type Secret = {
  readonly reveal: () => string;
  readonly toJSON: () => string;
  readonly toString: () => string;
};

export function createSecret(value: string): Secret {
  function hidden(): string {
    return "[secret]";
  }
  const secret = {
    reveal: () => value,
    toJSON: hidden,
    toString: hidden,
    [inspect.custom]: hidden,
  };
  return Object.freeze(secret);
}
