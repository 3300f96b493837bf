/**
 * Sessions of ONNX Runtime side by side, each on a thread of its own, so that windows are made while others are predicted.
 *
 * @module
 */
import { Worker } from "node:worker_threads";
import type { Reply, Rows, SessionData } from "./session_worker.ts";

/** Sessions that share what is to be predicted. */
export interface Sessions extends AsyncDisposable {
  /** Predicts rows; their array is given away. A reply of a broken thread is an error too. */
  predict(values: Float32Array<ArrayBuffer>): Promise<Reply>;
  /** How many threads were started. */
  readonly count: number;
}

/** One thread and who waits for it, in the order of asking. */
interface Thread {
  readonly worker: Worker;
  readonly waiting: ((reply: Reply) => void)[];
}

/**
 * Starts a session, and up to `threads` of them when all that run are busy.
 *
 * Every session has one thread of arithmetic: two of them predict more than one session with two threads does, and a prediction has
 * the same bits whatever their number.
 */
export function openSessions(data: SessionData, { threads }: { threads: number }): Sessions {
  const all: Thread[] = [];
  const start = (): Thread => {
    const worker = new Worker(new URL("./session_worker.ts", import.meta.url), { workerData: data });
    const thread: Thread = { worker, waiting: [] };
    worker.on("message", (reply: Reply) => thread.waiting.shift()?.(reply));
    worker.on("error", (error: Error) => {
      for (const tell of thread.waiting.splice(0)) tell({ error: error.message });
    });
    all.push(thread);
    return thread;
  };
  start();
  return {
    predict(values) {
      const [least] = all.toSorted((left, right) => left.waiting.length - right.waiting.length);
      const thread = least.waiting.length > 0 && all.length < threads ? start() : least;
      return new Promise((resolve) => {
        thread.waiting.push(resolve);
        thread.worker.postMessage({ values } satisfies Rows, [values.buffer]);
      });
    },
    get count() {
      return all.length;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(all.map(({ worker }) => worker.terminate()));
    },
  };
}
