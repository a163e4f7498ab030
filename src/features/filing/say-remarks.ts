import type { Static } from 'typebox'
import { granted, type Result, refused } from '../../kernel/result.ts'
import { fieldsOf } from '../../plan/index.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type NotFound, notFound } from '../../platform/http/route.ts'
import type { Filing } from '../../records/returns/filing.ts'
import { findFiling } from '../../records/returns/find-filings.ts'
import {
  endAsSent,
  listRemarks,
  remarkCell,
  type SaidRemark,
  standingRemarks,
} from '../../records/returns/remark-cell.ts'
import type { CellRemark } from '../../records/returns/take-step.ts'
import { tellState } from './flow.ts'
import { mayReturn, stateOf } from './hands.ts'
import { readStanding } from './read-standing.ts'
import type { RemarksBody, RemarksSaved } from './remarks-contract.ts'

/**
 * 合并意见 — what stands at a cell after somebody wrote a word who saw another there, or none.
 *
 * What was written meanwhile by a colleague, or by oneself on another machine, is never lost: both stand, one after the other.
 */
export function mergeRemark(now: string, { written, saw }: { written: string; saw: string }): string {
  if (now === saw || now === '') return written
  if (written === '' || now.includes(written)) return now
  return `${now}；${written}`
}

/** 写拟退回意见 — keeps what is to be said of cells when the filing goes back; an empty word takes one away. */
export async function sayRemarks(
  tx: Tx,
  visitor: Visitor,
  filingId: number,
  { cells }: Static<typeof RemarksBody>,
): Promise<Result<Static<typeof RemarksSaved>> | NotFound> {
  const found = await findFiling(tx, filingId, 'locked')
  if (!found) return notFound
  const { filing, form } = found
  const { hands, path } = await readStanding(tx, visitor, found)
  if (!mayReturn(path, filing, hands))
    return refused({
      code: 'filing.not-in-hand',
      text: `《${form.zh}》现在不能写退回意见—它“${tellState(stateOf(filing))}”，不在您手里审核—请先受理；您写的意见仍留在本机。`,
    })
  const standing = new Map((await standingRemarks(tx, filing)).map((each) => [placeOf(each), each.says]))
  const fields = new Set(fieldsOf(form).map(({ id }) => id))
  const answer: Static<typeof RemarksSaved> = { saved: [], wrong: [] }
  for (const { line, field, written, saw } of cells) {
    if (!fields.has(field)) {
      answer.wrong.push({ line, field, says: '这一格的意见没有存下—表里没有这一项—请刷新后再写。' })
      continue
    }
    const now = standing.get(placeOf({ line, field })) ?? ''
    const says = mergeRemark(now, { written: written.trim(), saw: String(saw ?? '') })
    if (says !== now) await remarkCell(tx, filing, { line, field, says }, visitor)
    standing.set(placeOf({ line, field }), says)
    answer.saved.push({ line, field, value: says === '' ? null : says })
  }
  return granted(answer)
}

const placeOf = ({ line, field }: Pick<CellRemark, 'line' | 'field'>) => `${line}/${field}`

/** 送达退回意见 — what goes with a filing given back: the words kept for it and those said with the step itself. */
export async function sendRemarks(
  tx: Tx,
  visitor: Visitor,
  filing: Filing,
  withStep: readonly CellRemark[] = [],
): Promise<CellRemark[]> {
  const standing = new Map((await standingRemarks(tx, filing)).map((each) => [placeOf(each), each.says]))
  for (const { line, field, says: written } of withStep) {
    const says = mergeRemark(standing.get(placeOf({ line, field })) ?? '', { written, saw: '' })
    await remarkCell(tx, filing, { line, field, says }, visitor)
  }
  const sent = await standingRemarks(tx, filing)
  await endAsSent(tx, filing)
  return sent.map(({ line, field, says }) => ({ line, field, says }))
}

/** 意见沿革 — every word on one cell; whoever filled the filing reads those that were sent, whatever other office they hold. */
export async function remarksOf(
  tx: Tx,
  visitor: Visitor,
  filingId: number,
  { line, field }: Pick<SaidRemark, 'line' | 'field'>,
): Promise<SaidRemark[] | NotFound> {
  const found = await findFiling(tx, filingId)
  if (!found) return notFound
  const { hands } = await readStanding(tx, visitor, found)
  const looks = hands.some((hand) => hand !== 'filler')
  const said = await listRemarks(tx, found.filing, line, field)
  return looks ? said : said.filter(({ endedAs }) => endedAs === 'sent')
}
