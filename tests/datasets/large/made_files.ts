/** Files as large as the published ones, whose bytes are made when they are read: nothing lies on disk or in memory. */
import { type ByteSource, mustHold } from "../../../src/formats/bytes.ts";
import { writePickle, type Written } from "../../formats/pickle/write_pickle.ts";

/** Bytes that come as often as it says, one after another. */
export interface Repeated {
  readonly bytes: Uint8Array;
  readonly times: number;
}

/** A file of pieces. */
export function fileOf(pieces: readonly Repeated[], { file }: { file: string }): ByteSource {
  const starts: number[] = [];
  let size = 0;
  for (const { bytes, times } of pieces) {
    starts.push(size);
    size += bytes.length * times;
  }
  return {
    file,
    size,
    read(offset, length) {
      mustHold({ file, size }, { offset, length });
      const read = new Uint8Array(length);
      let piece = starts.findLastIndex((start) => start <= offset);
      for (let filled = 0; filled < length;) {
        const { bytes, times } = pieces[piece], within = offset + filled - starts[piece];
        if (within >= bytes.length * times) {
          piece++;
          continue;
        }
        const from = within % bytes.length, count = Math.min(bytes.length - from, length - filled);
        read.set(bytes.subarray(from, from + count), filled);
        filled += count;
      }
      return read;
    },
  };
}

const text = (written: string): Repeated => ({ bytes: new TextEncoder().encode(written), times: 1 });

/** What stands around the bytes of an array in a pickle of protocol 0. */
const BEFORE = "I00\nS'", AFTER = "'\ntb.";

/** An array whose values are those of a block, again and again. */
function arrayOf(
  block: Float64Array | Int32Array,
  { columns, times }: { columns?: number; times: number },
): Repeated[] {
  const rows = block.length * times / (columns ?? 1), type = block instanceof Float64Array ? "f8" : "i4";
  const shape = columns === undefined ? [rows] : [rows, columns];
  const written = writePickle({ type, shape, bytes: new Uint8Array(block.buffer) }, { protocol: 0 });
  const start = new TextDecoder("latin1").decode(written.subarray(0, 400)).indexOf(BEFORE) + BEFORE.length;
  const end = written.length - AFTER.length;
  return [
    { bytes: written.subarray(0, start), times: 1 },
    { bytes: written.subarray(start, end), times },
    { bytes: written.subarray(end, -1), times: 1 },
  ];
}

function dictOf(entries: Readonly<Record<string, readonly Repeated[]>>): Repeated[] {
  const key = (name: Written) => ({ bytes: writePickle(name, { protocol: 0 }).subarray(0, -1), times: 1 });
  return [
    text("(d"),
    ...Object.entries(entries).flatMap(([name, value]) => [key(name), ...value, text("s")]),
  ];
}

/** Samples that a block of the chest's signals has. */
const BLOCK = 7000;

/** A person's pickle as Python 2 wrote it: chest signals and labels of so many blocks of 10 s. */
export function wesadPickle({ blocks }: { blocks: number }): ByteSource {
  const signal = (columns: number) =>
    arrayOf(Float64Array.from({ length: BLOCK * columns }, (_, index) => Math.sin(0.37 * index) / 3), {
      columns,
      times: blocks,
    });
  const chest = dictOf({
    ACC: signal(3),
    ECG: signal(1),
    EMG: signal(1),
    EDA: signal(1),
    Temp: signal(1),
    Resp: signal(1),
  });
  const labels = arrayOf(new Int32Array(BLOCK).fill(1), { times: blocks });
  const tree = dictOf({ signal: dictOf({ chest }), label: labels, subject: [text("S'S2'\n")] });
  return fileOf([...tree, text(".")], { file: "S2.pkl" });
}

const NAMES = "daqtime,ecg,bvp,gsr,rsp,skt,emg_zygo,emg_coru,emg_trap,video\n";
const rowOf = (time: number) =>
  `${String(time).padStart(8, "0")},0.${
    String(time % 1000).padStart(3, "0")
  },33.123,25.1234,31.12,24.123,5.1234,7.1234,9.12345,3\n`;

/** A person's signals as CASE has them: a row a millisecond, times in eight digits. */
export function caseSignals({ rows }: { rows: number }): ByteSource {
  const file = "sub_1.csv", names = new TextEncoder().encode(NAMES), width = rowOf(0).length;
  const size = names.length + rows * width;
  return {
    file,
    size,
    read(offset, length) {
      mustHold({ file, size }, { offset, length });
      const first = Math.max(0, Math.floor((offset - names.length) / width));
      const last = Math.max(first, Math.ceil((offset + length - names.length) / width));
      const lines = Array.from({ length: last - first }, (_, index) => rowOf(first + index)).join("");
      const start = names.length + first * width, bytes = new TextEncoder().encode(lines);
      if (offset >= start) return bytes.subarray(offset - start, offset - start + length);
      const whole = new Uint8Array(names.length + bytes.length);
      whole.set(names);
      whole.set(bytes, names.length);
      return whole.subarray(offset, offset + length);
    },
  };
}
