// A QR code as a drawing: dark on white in every colour scheme, because cameras expect that.

/** Whole pixels a module keep its edges sharp. */
const MODULE_PX = 4;

export type QrCodeProps = {
  /** Modules in a row; the four white ones on each side that ISO/IEC 18004 asks for included. */
  readonly size: number;
  /** An SVG path of the dark modules. */
  readonly path: string;
  readonly label: string;
};

export function QrCode({ size, path, label }: QrCodeProps) {
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      width={size * MODULE_PX}
      height={size * MODULE_PX}
      shapeRendering="crispEdges"
      style={{ display: "block", maxWidth: "100%", forcedColorAdjust: "none" }}
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
