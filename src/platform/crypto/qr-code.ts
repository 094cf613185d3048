// Draws a text as a QR code (ISO/IEC 18004) for an SVG path.
import { create } from "qrcode";

/** Light modules around the code; the standard asks for four. */
const QUIET_MODULES = 4;

export type QrCode = {
  /** Modules of a side, with the light ones around. */
  readonly size: number;
  /** The dark modules as rows of rectangles, for a view box of `0 0 size size`. */
  readonly path: string;
};

/** Throws for a text of more than 2,331 bytes. */
export function drawQrCode(text: string): QrCode {
  const { modules } = create(text, { errorCorrectionLevel: "M" });
  const runs: string[] = [];
  for (let row = 0; row < modules.size; row += 1) {
    let column = 0;
    while (column < modules.size) {
      const start = column;
      while (column < modules.size && modules.get(row, column) !== 0) column += 1;
      const width = column - start;
      if (width === 0) column += 1;
      else runs.push(`M${start + QUIET_MODULES} ${row + QUIET_MODULES}h${width}v1h-${width}z`);
    }
  }
  return { size: modules.size + 2 * QUIET_MODULES, path: runs.join("") };
}
