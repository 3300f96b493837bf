/** Broken bytes give a clear error or a result, never another failure. */
import { readAnnotations } from "../../../src/formats/wfdb/annotations.ts";
import { readHeader } from "../../../src/formats/wfdb/header.ts";
import { SAMPLE_FORMATS } from "../../../src/formats/wfdb/sample_formats.ts";
import { readSegments } from "../../../src/formats/wfdb/segments.ts";
import { readSignals } from "../../../src/formats/wfdb/signals.ts";
import { mutationTest } from "../mutation.ts";
import { goldenBytes, goldenFiles, goldenHeader } from "./golden.ts";
import { annotationBytes } from "./write.ts";

const HEADERS = [
  ...Object.keys(SAMPLE_FORMATS).map((format) => `format${format}`),
  "frames",
  "late",
  "unstated",
];

mutationTest("readHeader() and readSignals()", {
  files: HEADERS.map((record) => goldenBytes(`${record}.hea`)),
  read(bytes, file) {
    const header = readHeader(new TextDecoder().decode(bytes), { file });
    // Whatever file it names is there: the samples of format 16.
    const [samples] = goldenFiles("format16").values();
    const signals = header.signals.map((signal) => ({ ...signal, file }));
    return readSignals({ ...header, signals }, { file, files: new Map([[file, samples]]) });
  },
});

for (const format of Object.keys(SAMPLE_FORMATS)) {
  const record = `format${format}`, header = goldenHeader(record);
  mutationTest(`readSignals() of format ${format}`, {
    files: [...goldenFiles(record).values()],
    read: (bytes, file) =>
      readSignals(
        { ...header, signals: header.signals.map((signal) => ({ ...signal, file })) },
        { file, files: new Map([[file, bytes]]) },
      ),
  });
}

mutationTest("readSegments()", {
  files: ["fixed", "variable"].map((record) => goldenBytes(`${record}.hea`)),
  read(bytes, file) {
    const names = ["part1", "part2", "some", "layout"];
    return readSegments(readHeader(new TextDecoder().decode(bytes), { file }), {
      file,
      headers: new Map(names.map((name) => [name, goldenHeader(name)])),
      read: (name, options) =>
        readSignals(goldenHeader(name), { file, files: goldenFiles(name), ...options }),
    });
  },
});

mutationTest("readAnnotations()", {
  files: [annotationBytes(Array.from({ length: 40 }, (_, index) => ({
    sample: 700 * index * index,
    code: 1 + index,
    subtype: index % 3,
    text: index % 5 ? "" : "(AFIB",
  })))],
  read: (bytes, file) => readAnnotations(bytes, { file, sampleRateHz: 360 }),
});
