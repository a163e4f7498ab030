import type { Static } from 'typebox'
import { doubtedValues } from '../../engines/filing/explain.ts'
import { granted, type Result, refused } from '../../kernel/result.ts'
import { fieldsOf } from '../../plan/index.ts'
import type { Visitor } from '../../platform/access/visitor.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { type NotFound, notFound } from '../../platform/http/route.ts'
import { type Books, bookDay } from '../../records/books.ts'
import { explainDoubt } from '../../records/returns/explain-doubt.ts'
import { findFiling } from '../../records/returns/find-filings.ts'
import { markCell, resolveMark } from '../../records/returns/mark-cell.ts'
import type { ExplanationBody, MarkBody, MarkShown, ResolutionBody } from './doubts-contract.ts'
import { tellState } from './flow.ts'
import { handsOf, mayWrite, stateOf } from './hands.ts'
import { type Ground, readGround } from './read-ground.ts'

/** 说明存疑 — the filler says why a doubted figure stands; of a doubt that does not stand nothing can be said. */
export async function explain(
  tx: Tx,
  books: Pick<Books, 'plan' | 'site'>,
  visitor: Visitor,
  filingId: number,
  { check, line, says }: Static<typeof ExplanationBody>,
  compared: Ground['remarks'],
): Promise<Result<{ explained: true }> | NotFound> {
  const found = await findFiling(tx, filingId, 'locked')
  if (!found) return notFound
  const { filing, form } = found
  const hands = handsOf(visitor, form, filing)
  if (!hands.includes('filler')) return notYours(`只有填报单位可以说明《${form.zh}》的存疑数据`)
  if (!mayWrite(filing, hands))
    return refused({
      code: 'filing.locked',
      text: `《${form.zh}》现在不能改—它“${tellState(stateOf(filing))}”—请先撤回，或请审核单位退回。`,
    })
  const ground = await readGround(tx, books.plan, found, bookDay(books.site))
  const remark = [...ground.remarks, ...compared].find(
    (each) => each.check === check && each.line === line && each.severity === 'doubt',
  )
  if (!remark)
    return refused({
      code: 'filing.nothing-doubted',
      text: '这一处现在没有存疑—数据可能刚改过，核验已通过—不用说明，请刷新。',
    })
  const values = doubtedValues(remark, ground.filed)
  await explainDoubt(tx, filing, { check, line, found: values, says: says.trim(), saidBy: visitor.name })
  return granted({ explained: true as const })
}

/** 标记待核 — whoever fills or looks at a filing asks about one of its cells. */
export async function mark(
  tx: Tx,
  visitor: Visitor,
  filingId: number,
  { line, field, why }: Static<typeof MarkBody>,
): Promise<Result<MarkShown> | NotFound> {
  const found = await findFiling(tx, filingId)
  if (!found) return notFound
  const { filing, form } = found
  if (handsOf(visitor, form, filing).length === 0) return notYours('只有填报单位和审核单位可以标记待核')
  if (!fieldsOf(form).some(({ id }) => id === field)) return notFound
  return granted(await markCell(tx, filing, { line, field, why: why.trim(), markedBy: visitor.name }))
}

/** 核结 — answers a mark with what was found; an answered one is not answered again. */
export async function resolve(
  tx: Tx,
  visitor: Visitor,
  { filingId, markId }: { readonly filingId: number; readonly markId: number },
  { says }: Static<typeof ResolutionBody>,
): Promise<Result<MarkShown> | NotFound> {
  const found = await findFiling(tx, filingId)
  if (!found) return notFound
  const { filing, form } = found
  if (handsOf(visitor, form, filing).length === 0) return notYours('只有填报单位和审核单位可以核结')
  const resolved = await resolveMark(tx, filing, markId, {
    resolution: says.trim(),
    resolvedBy: visitor.name,
  })
  return resolved
    ? granted(resolved)
    : refused({
        code: 'filing.mark-answered',
        text: '这处待核已经核结—别人先答复了—请刷新后查看答复。',
      })
}

function notYours(why: string) {
  return refused({ code: 'filing.not-yours', text: `这一步不归您办—${why}—请由相应单位的账号办理。` })
}
