// What both ways of sending syslog have in common, datagrams and streams.

export type SyslogCounts = {
  readonly isConnected: boolean;
  readonly sent: number;
  readonly waiting: number;
  readonly lost: number;
  /** Why the last attempt failed; null since one succeeded. */
  readonly fault: string | null;
};

export type SyslogWay = {
  /** Must not throw and must not wait. */
  readonly send: (line: string) => void;
  readonly counts: () => SyslogCounts;
  /** Waits two seconds at the most for what is still to be sent. */
  readonly close: () => Promise<void>;
};

export const SYSLOG_WAITING_MAX = 10_000;
