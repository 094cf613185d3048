// Checks the words for devices, by real User-Agent texts.
import { expect, it } from "vitest";
import { describeDevice } from "./describe-device.ts";

const WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64)";
const CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0";

it.each([
  [`${WINDOWS} rv:151.0) Gecko/20100101 Firefox/151.0`, "Firefox on Windows"],
  [`${WINDOWS} ${CHROME} Safari/537.36`, "Chrome on Windows"],
  [`${WINDOWS} ${CHROME} Safari/537.36 Edg/149.0.0.0`, "Edge on Windows"],
  [`${WINDOWS} ${CHROME} Safari/537.36 OPR/131.0.0.0`, "Opera on Windows"],
  [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${CHROME} Safari/537.36`, "Chrome on ChromeOS"],
  [`Mozilla/5.0 (X11; Linux x86_64) ${CHROME} Safari/537.36`, "Chrome on Linux"],
  [
    "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:151.0) Gecko/20100101 Firefox/151.0",
    "Firefox on Linux",
  ],
  [`Mozilla/5.0 (Linux; Android 16; K) ${CHROME} Mobile Safari/537.36`, "Chrome on Android"],
  [
    `Mozilla/5.0 (Linux; Android 16; SM-S928B) ${CHROME} SamsungBrowser/29.0 Mobile Safari/537.36`,
    "Samsung Internet on Android",
  ],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) " +
      "Version/26.0 Safari/605.1.15",
    "Safari on macOS",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like " +
      "Gecko) Version/26.0 Mobile/15E148 Safari/604.1",
    "Safari on iPhone",
  ],
  [
    "Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) " +
      "CriOS/149.0 Mobile/15E148 Safari/604.1",
    "Chrome on iPad",
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0; Trident/7.0; rv:11.0) like Gecko",
    "Internet Explorer on Windows",
  ],
  ["curl/8.17.0", "curl"],
  ["python-requests/2.32.5", "Python"],
  ["node", "Node.js"],
  ["Mozilla/5.0 (Windows NT 10.0)", "Unknown browser on Windows"],
  ["<script>alert(1)</script>", "Unknown device"],
  ["", "Unknown device"],
])("%s", (userAgent, words) => {
  expect(describeDevice(userAgent)).toBe(words);
});
