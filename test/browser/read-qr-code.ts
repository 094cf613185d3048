// Reads a QR code off a picture of the page, as a phone's camera does.

import jsQR from "jsqr";
import type { Page } from "playwright-core";
import { PNG } from "pngjs";

export async function readQrCode(page: Page): Promise<string> {
  const picture = PNG.sync.read(await page.screenshot({ animations: "disabled" }));
  const { data, width, height } = picture;
  // Light on dark is read by few cameras.
  const found = readPixels(Uint8ClampedArray.from(data), width, height, {
    inversionAttempts: "dontInvert",
  });
  if (found === null) throw new Error("no QR code can be read on the page");
  return found.data;
}

/** A CommonJS module: Node gives its exports as the default one, bundlers what they name so. */
const readPixels = typeof jsQR === "function" ? jsQR : jsQR.default;
