import type { Result } from '../../kernel/result.ts'
import type { NotFound } from '../../platform/http/route.ts'
import type { Books } from '../../records/books.ts'
import { boardAnswer } from './board-answer.ts'
import type { BoardAnswer } from './contract.ts'
import { readSeats, type SeatsAsked } from './read-seats.ts'

/** 读总表 — the board as the command line reads it, for everyone who may open the database. */
export async function readBoard(
  books: Books,
  counties: readonly number[],
  asked: SeatsAsked,
): Promise<Result<BoardAnswer> | NotFound> {
  return books.db.transaction({ counties, asOf: asked.asOf }, async (tx) => {
    const reader = { account: '', name: '', role: '', counties }
    const read = await readSeats(tx, books, asked, reader)
    if (!('ok' in read) || !read.ok) return read
    return { ok: true, value: await boardAnswer(tx, books, read.value, reader) }
  })
}
