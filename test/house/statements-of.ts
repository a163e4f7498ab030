import { mock } from 'node:test'
import pg from 'pg'

/** 所发语句 — the texts of every statement sent to any database while `work` runs, in order: what it cost, told without a clock. */
export async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const texts: string[] = []
  const query = pg.Client.prototype.query
  const watched = mock.method(pg.Client.prototype, 'query', function (this: pg.Client, ...asked: unknown[]) {
    const [first] = asked
    texts.push(typeof first === 'string' ? first : String((first as { text?: string } | undefined)?.text))
    return Reflect.apply(query, this, asked)
  })
  try {
    await work()
  } finally {
    watched.mock.restore()
  }
  return texts
}
