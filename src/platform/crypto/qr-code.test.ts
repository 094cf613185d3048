// Checks that a reader of QR codes reads from the drawn path what was written.
import jsqr from "jsqr";
import { expect, it } from "vitest";
import { appUri, newAppSecret } from "./app-codes.ts";
import { drawQrCode } from "./qr-code.ts";
import type { QrCode } from "./qr-code.ts";

const PIXELS = 4;
/** The package's module is the function, whatever its types say. */
const readQrCode = jsqr as unknown as typeof jsqr.default;

/** Black where the path's rectangles are; throws for a path of another form. */
function paint({ size, path }: QrCode): Uint8ClampedArray {
  const side = size * PIXELS;
  const image = new Uint8ClampedArray(side * side * 4).fill(255);
  const rest = path.replaceAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g, (_, x, y, width, back) => {
    expect(width).toBe(back);
    for (let row = Number(y) * PIXELS; row < (Number(y) + 1) * PIXELS; row += 1) {
      const start = row * side + Number(x) * PIXELS;
      for (let at = start; at < start + Number(width) * PIXELS; at += 1) {
        image.fill(0, at * 4, at * 4 + 3);
      }
    }
    return "";
  });
  expect(rest).toBe("");
  return image;
}

const uri = appUri({ secret: newAppSecret(), issuer: "Müller & Co", account: "ada@example.com" });

it.each([uri, "a", `otpauth://totp/${"long".repeat(60)}`])("draws %s", (text) => {
  const code = drawQrCode(text);
  const side = code.size * PIXELS;
  const image = paint(code);
  const read = readQrCode(image, side, side);
  expect(read === null ? null : Buffer.from(read.binaryData).toString("utf8")).toBe(text);
  // The quiet zone: nothing dark within four modules of an edge.
  const isDark = (x: number, y: number) => image[(y * side + x) * 4] === 0;
  const edge = 4 * PIXELS;
  let darkAround = 0;
  for (let at = 0; at < side; at += 1) {
    for (let depth = 0; depth < edge; depth += 1) {
      const far = side - 1 - depth;
      const around = [isDark(at, depth), isDark(depth, at), isDark(at, far), isDark(far, at)];
      darkAround += around.filter(Boolean).length;
    }
  }
  expect(darkAround).toBe(0);
  expect(isDark(edge, edge)).toBe(true);
});
