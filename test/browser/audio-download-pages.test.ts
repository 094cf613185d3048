// The page of audio downloads in every state: readable for everybody, and on a phone.

import { describe } from "vitest";
import { AUDIO_DOWNLOAD_PAGES } from "./audio-download-pages.ts";
import { checkPages } from "./check-pages.ts";
import { useBrowserPortal } from "./use-browser-portal.ts";

const suite = useBrowserPortal();

describe("each page", () => {
  checkPages(suite, AUDIO_DOWNLOAD_PAGES, { actsLeaveNothing: true });
});
