// Starts a real SMTP server on a free port, which keeps what it takes and fails as it is told.
import type { AddressInfo } from "node:net";
import { simpleParser } from "mailparser";
import type { ParsedMail } from "mailparser";
import { SMTPServer } from "smtp-server";
import type { SMTPServerOptions } from "smtp-server";

export type TakenMail = {
  readonly from: string;
  /** The envelope's: who really gets it. */
  readonly to: readonly string[];
  readonly raw: string;
  readonly parsed: ParsedMail;
};

export type MailServer = {
  readonly port: number;
  readonly url: string;
  readonly taken: TakenMail[];
  /** Every text that arrived, also those that were refused or never answered. */
  readonly offered: string[];
  /** Mails whose text has arrived and that are not answered yet. */
  readonly held: () => number;
  /** How the next mails are answered. */
  readonly behave: (how: MailBehaviour) => void;
  readonly close: () => Promise<void>;
};

export type MailBehaviour = {
  /** An SMTP reply to the recipient or to the text. */
  readonly refuse?: {
    readonly at: "sender" | "recipient" | "text";
    readonly code: number;
    readonly words: string;
  };
  /** The text is taken and never answered. */
  readonly isSilent?: boolean;
};

export async function startMailServer(
  options: SMTPServerOptions & { readonly port?: number } = {},
): Promise<MailServer> {
  const taken: TakenMail[] = [];
  const offered: string[] = [];
  let behaviour: MailBehaviour = {};
  let held = 0;

  function refusalAt(at: "sender" | "recipient" | "text"): Error | null {
    const { refuse } = behaviour;
    if (refuse?.at !== at) return null;
    return Object.assign(new Error(refuse.words), { responseCode: refuse.code });
  }

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    closeTimeout: 100,
    onMailFrom: (_address, _session, done) => done(refusalAt("sender")),
    onRcptTo: (_address, _session, done) => done(refusalAt("recipient")),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const raw = Buffer.concat(chunks).toString("utf8");
        offered.push(raw);
        const refusal = refusalAt("text");
        if (refusal !== null) return done(refusal);
        if (behaviour.isSilent === true) {
          held += 1;
          return;
        }
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? "" : mailFrom.address;
        void simpleParser(raw).then((parsed) => {
          taken.push({ from, to: rcptTo.map(({ address }) => address), raw, parsed });
          done();
        });
      });
    },
    ...options,
  });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => {
    server.listen(options.port ?? 0, "127.0.0.1", () => resolve());
  });
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    taken,
    offered,
    held: () => held,
    behave: (how) => {
      behaviour = how;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The token in a mail's plain text as it travels, in quoted-printable. */
export function tokenInRaw(raw: string): string {
  return tokenIn(
    raw
      .split("text/html", 1)[0]!
      .replace(/=\r?\n/g, "")
      .replace(/=3D/g, "="),
  );
}

/** The token of the one link in a mail; throws when there is not exactly one. */
export function tokenIn(text: string): string {
  const tokens = [...text.matchAll(/#token=([A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])/g)];
  const [first] = tokens;
  if (tokens.length !== 1 || first?.[1] === undefined) throw new Error(`no link in: ${text}`);
  return first[1];
}
