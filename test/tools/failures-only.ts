import { relative } from 'node:path'
import type { TestEvent } from 'node:test/reporters'

/** How much a failed file said before it failed is worth reading. */
const lastLines = 40
/** And how many of the slowest files are worth naming: they are where the time of a run goes. */
const slowestNamed = 12

/**
 * Node's closing lines, and of the tests only those that failed, at the end, each with the last
 * its file printed: a green run fits on one screen, and a red one ends with its reason.
 */
export default async function* failuresOnly(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const said = new Map<string, string>()
  const failures: string[] = []
  const took: { file: string; seconds: number }[] = []
  for await (const { type, data } of events) {
    if (type === 'test:fail' && data.details.type !== 'suite') {
      const cause = (data.details.error.cause ?? data.details.error) as Error
      const before = said.get(data.file ?? '') ?? ''
      failures.push(
        `${indent(lines(before).slice(-lastLines))}\n✖ ${data.file ?? ''} › ${data.name}\n${indent(lines(cause.stack ?? String(cause)).slice(0, lastLines))}\n`,
      )
      yield `✖ ${data.file ?? ''} › ${data.name}\n`
    }
    if (type === 'test:stderr' || type === 'test:stdout')
      said.set(data.file, (said.get(data.file) ?? '').slice(-20_000) + data.message)
    if (type === 'test:summary' && data.file)
      took.push({ file: relative('.', data.file), seconds: Math.round(data.duration_ms / 1000) })
    if (type === 'test:diagnostic' && !('file' in data && data.file)) yield `ℹ ${data.message}\n`
  }
  took.sort((one, other) => other.seconds - one.seconds)
  for (const { file, seconds } of took.slice(0, slowestNamed)) yield `ℹ ${seconds} s ${file}\n`
  yield* failures
}

function lines(text: string): string[] {
  return text.trimEnd().split('\n')
}

function indent(texts: readonly string[]): string {
  return texts.map((line) => `    ${line.slice(0, 400)}`).join('\n')
}
