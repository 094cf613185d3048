// Writes one message by RFC 5424: one line, whatever is in the values.

export type SyslogElement = {
  /** With `@` and an enterprise number where IANA does not know the name. */
  readonly id: string;
  readonly params: readonly (readonly [name: string, value: string])[];
};

export type SyslogMessage = {
  readonly atMs: number;
  /** RFC 5424, table 2: 0 emergency … 7 debug. */
  readonly severity: 1 | 2 | 3 | 4 | 5 | 6;
  /** The kind of message, by which a receiver filters. */
  readonly messageId: string;
  /** The least important last: those are left out of a message that would be too long. */
  readonly elements: readonly SyslogElement[];
  /** ASCII: other text would need a byte order mark, which receivers show. */
  readonly text: string;
};

export type SyslogOrigin = { readonly hostName: string; readonly processId: number };

/** RFC 5424, table 1: security messages that not everybody may read. */
const FACILITY = 10;
/** Section 6.1: what every receiver should take; a datagram is not cut on its way either. */
export const SYSLOG_BYTES_MAX = { udp: 2_048, stream: 8_192 } as const;

export function formatSyslogMessage(
  message: SyslogMessage,
  { hostName, processId }: SyslogOrigin,
  bytesMax: number,
): string {
  const { atMs, severity, messageId, text } = message;
  const header =
    `<${FACILITY * 8 + severity}>1 ${new Date(atMs).toISOString()} ${headerText(hostName, 255)} ` +
    `postern ${processId} ${headerText(messageId, 32)}`;
  const rest = ` ${text.replace(/[^\x20-\x7e]/g, "?")}`;
  const elements = message.elements
    .filter(({ params }) => params.length > 0)
    .map(({ id, params }) => {
      const written = params.map(([name, value]) => ` ${paramName(name)}="${escapeValue(value)}"`);
      return `[${id}${written.join("")}]`;
    });
  const room = bytesMax - Buffer.byteLength(header + rest) - 2;
  while (elements.length > 0 && Buffer.byteLength(elements.join("")) > room) elements.pop();
  return `${header} ${elements.length === 0 ? "-" : elements.join("")}${rest}`;
}

/** Printable ASCII without spaces; `-` stands for nothing. */
function headerText(text: string, lengthMax: number): string {
  const printable = text.replace(/[^\x21-\x7e]/g, "");
  return printable === "" ? "-" : printable.slice(0, lengthMax);
}

/** Section 6.3.2: 32 printable characters, none of them `=`, space, `]` or `"`. */
function paramName(name: string): string {
  return name.replace(/[^\x21-\x7e]|[="\]]/g, "_").slice(0, 32) || "_";
}

/**
 * Section 6.3.3. Control characters are allowed there, but a receiver that writes lines into a file
 * would take what follows for a line of its own (CWE-117).
 */
function escapeValue(value: string): string {
  return (
    value
      // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
      .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, " ")
      .replace(/["\\\]]/g, "\\$&")
  );
}
