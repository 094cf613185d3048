// Prints the demo: one aligned line for each decision and ban, or one JSON object a line.
import type { EventAnswer } from "../../api/journal-api.ts";
import type { CliContext } from "../cli-context.ts";
import { printable } from "../output.ts";

export type DemoLine = { readonly type: string; readonly [name: string]: unknown };

export type DemoScreen = {
  /** A line that is not about one visitor. */
  readonly say: (text: string) => void;
  readonly showEvent: (event: EventAnswer) => void;
  readonly showPassed: (passed: readonly (readonly [string, number])[], seconds: number) => void;
  /** One JSON object; nothing without --json. */
  readonly showJson: (value: DemoLine) => void;
};

const COLOURS = { red: 31, green: 32, yellow: 33, magenta: 35, grey: 90 } as const;
type Colour = keyof typeof COLOURS;
const COUNTRIES_SHOWN = 8;

export function createDemoScreen(
  context: CliContext,
  options: { readonly json: boolean },
): DemoScreen {
  const isColoured = context.stdout.isTTY === true;
  const shown = new Set<string>();

  function paint(colour: Colour, text: string): string {
    return isColoured ? `\u001b[${COLOURS[colour]}m${text}\u001b[0m` : text;
  }

  function write(text: string): void {
    if (!options.json) context.stdout.write(`${text}\n`);
  }

  function showJson(value: DemoLine): void {
    if (options.json) context.stdout.write(`${JSON.stringify(value)}\n`);
  }

  /** One decision is told again while it counts on; once is enough here. */
  function isNew(event: EventAnswer): boolean {
    if (shown.has(event.id)) return false;
    shown.add(event.id);
    return true;
  }

  function lineOf(event: EventAnswer): string | null {
    if (event.kind === "decision") {
      const [colour, what] = answerOf(event);
      const painted = paint(colour, what.padEnd(12));
      return `${placeOf(event)} ${painted} ${cell(event.reason, 18)} ${event.id}`;
    }
    if (event.kind !== "ban") return null;
    const until = clock(new Date(Number(event.detail["endsAtMs"])));
    const why = `${cell(event.reason, 21)} until ${until}`;
    return `${placeOf(event)} ${paint("magenta", "banned".padEnd(12))} ${why}`;
  }

  return {
    say: (text) => write(printable(text)),
    showEvent: (event) => {
      const line = isNew(event) ? lineOf(event) : null;
      if (line === null) return;
      write(line);
      showJson({ type: event.kind, ...event });
    },
    showPassed: (passed, seconds) => {
      const requests = passed.reduce((sum, [, count]) => sum + count, 0);
      const most = passed
        .slice(0, COUNTRIES_SHOWN)
        .map(([country, count]) => `${country} ${count}`);
      const rest = passed.length - most.length;
      if (rest > 0) most.push(`${rest} more`);
      const text = `passed in ${seconds} s: ${requests} requests: ${most.join(", ")}`;
      write(`${clock(new Date())} ${paint("green", text)}`);
      showJson({ type: "passed", seconds, requests, byCountry: Object.fromEntries(passed) });
    },
    showJson,
  };
}

/** What a rule on monitor would refuse is recorded, and passes. */
function answerOf({ verdict, status }: EventAnswer): readonly [colour: Colour, what: string] {
  if (verdict === "monitor") return ["grey", "recorded"];
  return [status === 429 ? "yellow" : "red", `refused ${status}`];
}

function placeOf(event: EventAnswer): string {
  // A ban of an IPv6 network names the network.
  const { range } = event.detail;
  const address = typeof range === "string" ? range : event.address;
  const time = clock(new Date(event.lastAt));
  return `${time} ${cell(address, 39)} ${cell(event.country, 2)} ${cell(event.surface, 8)}`;
}

function cell(text: string | null, width: number): string {
  return printable(text ?? "").padEnd(width);
}

/** As the clock of this machine shows it. */
function clock(at: Date): string {
  const part = (value: number): string => String(value).padStart(2, "0");
  return `${part(at.getHours())}:${part(at.getMinutes())}:${part(at.getSeconds())}`;
}
