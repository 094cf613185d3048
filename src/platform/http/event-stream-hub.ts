// Sends server-sent events to thousands of clients without making anything else wait.
import type { ServerResponse } from "node:http";

export const HUB_LIMITS = {
  streamsMax: 3_000,
  /** Of one person, so that nobody takes the places of all others. */
  readerStreamsMax: 50,
  /** What a client has not taken yet; one that lets more gather is cut off. */
  unsentBytesMax: 65_536,
  /** Clients that are sent to in one turn of the event loop. */
  sliceStreams: 100,
  /** Messages that wait for their turns; what is sent to beyond them is cut off. */
  jobsMax: 6_000,
} as const;

export type HubLimits = { readonly [name in keyof typeof HUB_LIMITS]: number };

export type HubCounts = {
  readonly streamsOpen: number;
  /** Since the start: those that did not take what they were sent. */
  readonly streamsCut: number;
  /** Since the start: those that found no place. */
  readonly streamsRefused: number;
};

export type JoinInput = {
  readonly response: ServerResponse;
  /** Who reads; null for programs, which are not counted one by one. */
  readonly reader: string | null;
  /** Rejects once the client may no longer see what is sent; it has just been asked for once. */
  readonly authorize: () => Promise<unknown>;
};

/** Those who are sent the same. */
export type StreamTopic = { readonly streams: ReadonlySet<unknown> };

export type EventStreamHub = {
  /** `onEmpty` is called each time the last of its clients has left. */
  readonly createTopic: (onEmpty?: () => void) => StreamTopic;
  /**
   * Begins the answer. False, with nothing sent, when there is no place. A client that has left
   * already is sent nothing, and nothing is kept of it: the topic may be empty after this.
   */
  readonly join: (topic: StreamTopic, input: JoinInput) => boolean;
  /**
   * Composed once for all of the topic, in the turn of the first of them: whole messages, or null
   * for none. Longer than half of `unsentBytesMax` it would cut off those who keep up.
   */
  readonly send: (topic: StreamTopic, compose: () => string | null) => void;
  readonly endAll: () => void;
  readonly counts: () => HubCounts;
};

type Stream = JoinInput & {
  readonly topic: Topic;
  authorizedAtMs: number;
  sentAtMs: number;
  /** What comes while it is asked whether it may; null: it is not being asked. */
  waiting: Buffer[] | null;
  waitingBytes: number;
};

type Topic = { readonly streams: Set<Stream>; readonly onEmpty: () => void };

type Job = {
  readonly streams: readonly Stream[];
  next: number;
  readonly compose: () => string | null;
  bytes: Buffer | null;
};

const AUTHORIZED_MS = 1_000;
const HEARTBEAT_MS = 15_000;
const HEARTBEAT = ": still here\n\n";
/** Browsers come back by themselves this much later. */
const HELLO = ": events follow\nretry: 2000\n\n";

/**
 * INVARIANT: what a client does not take is bounded by `unsentBytesMax`, the messages that wait by
 * `jobsMax`, and a turn of the event loop by `sliceStreams`, however many are listening.
 */
export function createEventStreamHub(given: {
  readonly nowMs: () => number;
  readonly limits?: HubLimits;
}): EventStreamHub {
  const { nowMs, limits = HUB_LIMITS } = given;
  const streams = new Set<Stream>();
  const streamsOfReader = new Map<string, number>();
  const jobs: Job[] = [];
  let isTurnDue = false;
  let heartbeat: NodeJS.Timeout | undefined;
  let streamsCut = 0;
  let streamsRefused = 0;

  function countReader(reader: string | null, change: 1 | -1): void {
    if (reader === null) return;
    const count = (streamsOfReader.get(reader) ?? 0) + change;
    if (count > 0) streamsOfReader.set(reader, count);
    else streamsOfReader.delete(reader);
  }

  function join(into: StreamTopic, input: JoinInput): boolean {
    const { response, reader } = input;
    const { socket } = response.req;
    if (response.destroyed || socket.destroyed) return true;
    const ofReader = reader === null ? 0 : (streamsOfReader.get(reader) ?? 0);
    if (streams.size >= limits.streamsMax || ofReader >= limits.readerStreamsMax) {
      streamsRefused += 1;
      return false;
    }
    const now = nowMs();
    const topic = into as Topic;
    const times = { authorizedAtMs: now, sentAtMs: now };
    const stream: Stream = { ...input, topic, ...times, waiting: null, waitingBytes: 0 };
    streams.add(stream);
    topic.streams.add(stream);
    countReader(reader, 1);
    const onClose = (): void => {
      response.off("close", onClose);
      socket.off("close", onClose);
      leave(stream);
    };
    response.once("close", onClose);
    // An answer that waits for its turn on the connection has no end of its own.
    socket.once("close", onClose);
    if (streams.size === 1) heartbeat = setInterval(beat, HEARTBEAT_MS).unref();
    response.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      // nginx would otherwise hold events back until its buffer is full.
      "x-accel-buffering": "no",
    });
    response.write(HELLO);
    return true;
  }

  function leave(stream: Stream): void {
    const { topic, reader } = stream;
    if (!streams.delete(stream)) return;
    topic.streams.delete(stream);
    countReader(reader, -1);
    if (streams.size === 0) clearInterval(heartbeat);
    if (topic.streams.size === 0) topic.onEmpty();
  }

  function send(topic: StreamTopic, compose: () => string | null): void {
    addJob([...(topic as Topic).streams], compose);
  }

  /** To those that are quiet: proxies keep them open, and who may not see any more is found out. */
  function beat(): void {
    const now = nowMs();
    const quiet = [...streams].filter(({ sentAtMs }) => !isYoung(now - sentAtMs, HEARTBEAT_MS / 2));
    addJob(quiet, () => HEARTBEAT);
  }

  function addJob(to: readonly Stream[], compose: () => string | null): void {
    if (to.length === 0) return;
    if (jobs.length >= limits.jobsMax) {
      for (const stream of to) cut(stream);
      return;
    }
    jobs.push({ streams: to, next: 0, compose, bytes: null });
    askForTurn();
  }

  function askForTurn(): void {
    if (isTurnDue || jobs.length === 0) return;
    isTurnDue = true;
    setImmediate(() => {
      isTurnDue = false;
      takeTurn();
      askForTurn();
    });
  }

  function takeTurn(): void {
    for (let left = limits.sliceStreams; left > 0; left -= 1) {
      const job = jobs[0];
      if (job === undefined) return;
      if (job.bytes === null) {
        const text = job.compose();
        job.bytes = text === null ? null : Buffer.from(text);
      }
      if (job.bytes !== null) deliver(job.streams[job.next]!, job.bytes);
      job.next += 1;
      if (job.bytes === null || job.next === job.streams.length) jobs.shift();
    }
  }

  function deliver(stream: Stream, bytes: Buffer): void {
    if (stream.waiting !== null) {
      stream.waiting.push(bytes);
      stream.waitingBytes += bytes.length;
      if (stream.waitingBytes > limits.unsentBytesMax) cut(stream);
    } else if (isYoung(nowMs() - stream.authorizedAtMs, AUTHORIZED_MS)) {
      write(stream, bytes);
    } else {
      stream.waiting = [bytes];
      stream.waitingBytes = bytes.length;
      void askThenWrite(stream);
    }
  }

  async function askThenWrite(stream: Stream): Promise<void> {
    try {
      await stream.authorize();
    } catch {
      stream.response.end();
      return;
    }
    const waiting = stream.waiting ?? [];
    stream.waiting = null;
    stream.authorizedAtMs = nowMs();
    for (const bytes of waiting) write(stream, bytes);
  }

  function write(stream: Stream, bytes: Buffer): void {
    const { response } = stream;
    if (response.destroyed || response.writableEnded) return;
    if (response.writableLength + bytes.length > limits.unsentBytesMax) {
      cut(stream);
      return;
    }
    stream.sentAtMs = nowMs();
    response.write(bytes);
  }

  function cut({ response }: Stream): void {
    if (response.destroyed || response.writableEnded) return;
    streamsCut += 1;
    response.destroy();
  }

  function endAll(): void {
    jobs.length = 0;
    for (const { response } of streams) response.end();
  }

  return {
    createTopic: (onEmpty = () => undefined): Topic => ({ streams: new Set(), onEmpty }),
    join,
    send,
    endAll,
    counts: () => ({ streamsOpen: streams.size, streamsCut, streamsRefused }),
  };
}

/** A clock that was set back makes ages negative: rather ask once more than never again. */
function isYoung(ageMs: number, limitMs: number): boolean {
  return ageMs >= 0 && ageMs < limitMs;
}
