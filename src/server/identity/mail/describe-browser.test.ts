// Checks that browsers are told apart that carry each other's names.
import { expect, it } from "vitest";
import { describeBrowser } from "./describe-browser.ts";

const WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)";
const MAC =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)";
const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 20_0 like Mac OS X) AppleWebKit/605.1.15";
const ANDROID = "Mozilla/5.0 (Linux; Android 15; K) AppleWebKit/537.36 (KHTML, like Gecko)";

it.each([
  [`${WINDOWS} Chrome/150.0.0.0 Safari/537.36`, "Chrome on Windows"],
  [`${WINDOWS} Chrome/150.0.0.0 Safari/537.36 Edg/150.0.0.0`, "Edge on Windows"],
  [`${WINDOWS} Chrome/150.0.0.0 Safari/537.36 OPR/120.0.0.0`, "Opera on Windows"],
  [`${MAC} Version/20.0 Safari/605.1.15`, "Safari on macOS"],
  [`${IPHONE} (KHTML, like Gecko) Version/20.0 Mobile/15E148 Safari/604.1`, "Safari on iPhone"],
  [`${IPHONE} (KHTML, like Gecko) CriOS/150.0 Mobile/15E148 Safari/604.1`, "Chrome on iPhone"],
  [
    `${ANDROID} SamsungBrowser/30.0 Chrome/150.0 Mobile Safari/537.36`,
    "Samsung Internet on Android",
  ],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox on Linux"],
  ["curl/8.9.0", "curl"],
  ["Something on Windows", "Windows"],
  ["python-requests/2.32", null],
  ["", null],
])("calls %j %j", (userAgent, name) => {
  expect(describeBrowser(userAgent)).toBe(name);
});
