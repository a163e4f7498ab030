import type { Remark } from '../../engines/filing/judge-filing.ts'
import type { FiledAnswers } from '../../kernel/filed-answers.ts'
import type { Plan } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { FilingInForm } from '../../records/returns/filing.ts'
import { gatherAnswers, readAnswers, readBefore } from '../../records/returns/read-answers.ts'
import { judge, withKnown } from './judge.ts'
import { readKnown } from './read-known.ts'
import { spokenDay } from './show-filing.ts'

/** 核验依据 — a filing's answers together with what the books know, and what its own checks say of them. */
export interface Ground {
  readonly filed: FiledAnswers
  readonly remarks: readonly Remark[]
}

/** 取核验依据 — as the filing stands now; comparisons with other filings come from `compareFiling`. */
export async function readGround(tx: Tx, plan: Plan, found: FilingInForm, today: string): Promise<Ground> {
  const { filing, form } = found
  const day = spokenDay(form, filing, today)
  const known = await readKnown(tx, plan, form, { countyId: filing.countyId, id: filing.subjectId }, day)
  const filed = gatherAnswers(await readAnswers(tx, filing))
  const remarks = judge(plan, form, filed, { before: await readBefore(tx, found), known, day })
  return { filed: withKnown(filed, known), remarks }
}
