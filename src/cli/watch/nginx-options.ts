// Reads the options of `postern watch` that are about nginx.
import { InvalidArgumentError } from "commander";
import { parseList } from "../parse-list.ts";

export function parseStatuses(text: string): ReadonlySet<number> {
  const items = parseList(text);
  if (items.every((item) => /^4\d\d$/.test(item))) return new Set(items.map(Number));
  throw new InvalidArgumentError("write statuses from 400 to 499, such as 401,403");
}

export function parsePath(text: string): string {
  if (/^\/[\x21-\x7e]{0,1000}$/.test(text) && !text.includes("?")) return text;
  throw new InvalidArgumentError("write a path such as /login, without a query");
}
