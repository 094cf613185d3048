// The line reader of each log format.

import { readAsteriskLine } from "./asterisk-line.ts";
import { readFreeswitchLine } from "./freeswitch-line.ts";
import type { LineReader, LogFormat } from "./log-line.ts";
import { createNginxReader } from "./nginx-line.ts";
import type { NginxOptions } from "./nginx-line.ts";

export function createLineReader(format: LogFormat, nginx?: NginxOptions): LineReader {
  switch (format) {
    case "asterisk":
      return readAsteriskLine;
    case "freeswitch":
      return readFreeswitchLine;
    case "nginx":
      return createNginxReader(nginx);
    default:
      return format satisfies never;
  }
}
