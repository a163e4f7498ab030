import type { Static } from 'typebox'
import { readAnswer } from '../../engines/filing/read-answer.ts'
import type { Answer } from '../../kernel/filed-answers.ts'
import { granted, type Result, refused } from '../../kernel/result.ts'
import type { Plan, ReturnForm } from '../../plan/index.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type NotFound, notFound } from '../../platform/http/route.ts'
import { findFiling } from '../../records/returns/find-filings.ts'
import { type AnswerCell, gatherAnswers, readAnswers } from '../../records/returns/read-answers.ts'
import { type CellChange, writeAnswers } from '../../records/returns/write-answers.ts'
import type { AnswersBody, AnswersSaved } from './contract.ts'
import { tellState } from './flow.ts'
import { handsOf, mayWrite, stateOf } from './hands.ts'
import { judge, writableField } from './judge.ts'
import { besideOf } from './show-filing.ts'

type Saved = Static<typeof AnswersSaved>

/**
 * 保存填报 — writes the cells that can be read; each that cannot comes back with its reason and the rest is kept.
 *
 * A cell somebody else changed meanwhile is not overwritten: both values come back.
 */
export async function saveAnswers(
  tx: Tx,
  plan: Plan,
  visitor: Visitor,
  filingId: number,
  { cells, origin = 'hand' }: Static<typeof AnswersBody>,
  today: string,
): Promise<Result<Saved> | NotFound> {
  const found = await findFiling(tx, filingId, 'locked')
  if (!found) return notFound
  const { filing, form } = found
  const hands = handsOf(visitor, form, filing)
  if (!hands.includes('filler'))
    return refused({
      code: 'filing.not-yours',
      text: `您不能填写这份《${form.zh}》—只有填报单位的人员可以填写—需要修改请退回填报单位。`,
    })
  if (!mayWrite(filing, hands))
    return refused({
      code: 'filing.locked',
      text: `《${form.zh}》现在不能改—它“${tellState(stateOf(filing))}”—请先撤回，或请审核单位退回。`,
    })
  const { changes, wrong } = readCells(form, cells)
  const standing = await readAnswers(tx, filing)
  const unmerged = await writeAnswers(tx, filing, standing, changes, { name: visitor.name, origin })
  const left = new Set(unmerged.map(({ line, field }) => `${line} ${field}`))
  const { beside, day } = await besideOf(tx, plan, found, today)
  const written = changes.filter(({ line, field }) => !left.has(`${line} ${field}`))
  const remarks = judge(plan, form, gatherAnswers(withChanges(standing, written)), beside, day)
  return granted({
    saved: written.map(({ line, field, value }) => ({ line, field, value })),
    unmerged: unmerged.map(({ line, field, value, now, writtenBy }) => ({
      line,
      field,
      yours: value as Answer | null,
      now,
      writtenBy,
    })),
    wrong,
    remarks: remarks.map((remark) => ({ ...remark, fields: [...remark.fields] })),
  })
}

/** What stands after the writing, without reading it again. */
function withChanges(standing: readonly AnswerCell[], changes: readonly CellChange[]) {
  const cells = new Map(
    standing.map(({ line, field, value }) => [`${line} ${field}`, { line, field, value }]),
  )
  for (const { line, field, value } of changes)
    if (value === null) cells.delete(`${line} ${field}`)
    else cells.set(`${line} ${field}`, { line, field, value })
  return [...cells.values()]
}

function readCells(form: ReturnForm, cells: Static<typeof AnswersBody>['cells']) {
  const wrong: Saved['wrong'] = []
  // Written twice in one go, the last word counts.
  const changes = new Map<string, CellChange>()
  for (const { line, field: id, written, saw } of cells) {
    const field = writableField(form, line, id)
    const read = field
      ? readAnswer(field, written)
      : { wrong: `本表没有可填的字段“${id}”—表式可能已更新—请刷新页面后再填。` }
    if ('wrong' in read) wrong.push({ line, field: id, says: read.wrong })
    else changes.set(`${line} ${id}`, { line, field: id, saw, value: 'empty' in read ? null : read.answer })
  }
  return { changes: [...changes.values()], wrong }
}
