// How far back a preview of each period looks.
import type { PreviewPeriod } from "../../api/preview-api.ts";

export const PREVIEW_PERIOD_MS: Readonly<Record<PreviewPeriod, number>> = {
  "24h": 86_400_000,
  "7d": 7 * 86_400_000,
};
