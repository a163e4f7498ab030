import type { TestEvent } from 'node:test/reporters'

/** Node's closing lines, and of the tests only those that failed: a green run fits on one screen. */
export default async function* failuresOnly(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  let current = ''
  for await (const { type, data } of events) {
    if (type === 'test:fail' && data.details.type !== 'suite') {
      const cause = (data.details.error.cause ?? data.details.error) as Error
      yield `✖ ${data.file ?? current} › ${data.name}\n${indent(cause.stack ?? String(cause))}\n`
    }
    if (type === 'test:stderr' || type === 'test:stdout') {
      current = data.file
      yield data.message
    }
    if (type === 'test:diagnostic' && !('file' in data && data.file)) yield `ℹ ${data.message}\n`
  }
}

function indent(text: string): string {
  return text
    .split('\n')
    .slice(0, 40)
    .map((line) => `    ${line}`)
    .join('\n')
}
