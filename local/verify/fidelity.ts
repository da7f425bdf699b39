import { readFileSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';
import type { Result } from './verify';

const RecordingSchema = v.object({
  /** `AWS` or `local cloud`. */
  cloud: v.string(),
  /** ISO 8601, UTC. */
  time: v.string(),
  answers: v.record(v.string(), v.string()),
});

/** What a cloud answered. */
export type Recording = v.InferOutput<typeof RecordingSchema>;

/** The results and answers of a verification, in a form that can be compared. Times of day and ids are left out. */
export function recordingOf(
  cloud: string,
  results: readonly Result[],
  answers: Readonly<Record<string, string>>,
): Recording {
  const outcomes = results.map(({ name, passed }) => [name, passed ? 'passed' : 'failed']);
  return { cloud, time: new Date().toISOString(), answers: { ...Object.fromEntries(outcomes), ...answers } };
}

/** Writes a recording into a file. */
export function writeRecording(file: string, recording: Recording): void {
  writeFileSync(file, `${JSON.stringify(recording, null, 2)}\n`);
}

/** @throws Error naming the file if there is no recording in it. */
export function readRecording(file: string): Recording {
  try {
    return v.parse(RecordingSchema, JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(`${file} is not a recording: write it with --record (${(error as Error).message})`);
  }
}

/** A table in Markdown of what two clouds answered. The rows in which they differ come first, in bold. */
export function comparison(one: Recording, other: Recording): string {
  const asked = [...new Set([...Object.keys(one.answers), ...Object.keys(other.answers)])];
  const rows = asked.map((question) => {
    const answers = [one, other].map((recording) => recording.answers[question] ?? 'not asked');
    return { question, answers, differs: answers[0] !== answers[1] };
  });
  const sorted = [...rows.filter(({ differs }) => differs), ...rows.filter(({ differs }) => !differs)];
  return [
    `| | ${one.cloud} | ${other.cloud} |`,
    '| --- | --- | --- |',
    ...sorted.map(({ question, answers, differs }) => {
      return `| ${differs ? `**${question}**` : question} | ${answers.join(' | ')} |`;
    }),
  ].join('\n');
}
