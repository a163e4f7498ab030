import type { Remark } from '../../engines/filing/judge-filing.ts'
import type { FiledAnswers } from '../../kernel/filed-answers.ts'
import type { Plan } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { FilingInForm } from '../../records/returns/filing.ts'
import { gatherAnswers, readAnswers } from '../../records/returns/read-answers.ts'
import { judge, withKnown } from './judge.ts'
import { besideOf } from './show-filing.ts'

/** 核验依据 — a filing's answers together with what the books know, and what its own checks say of them. */
export interface Ground {
  readonly filed: FiledAnswers
  readonly remarks: readonly Remark[]
}

/** 取核验依据 — as the filing stands now; comparisons with other filings come from `compareFiling`. */
export async function readGround(tx: Tx, plan: Plan, found: FilingInForm, today: string): Promise<Ground> {
  const { filing, form } = found
  const { beside, day } = await besideOf(tx, plan, found, today)
  const filed = gatherAnswers(await readAnswers(tx, filing))
  return { filed: withKnown(form, filed, beside), remarks: judge(plan, form, filed, beside, day) }
}
