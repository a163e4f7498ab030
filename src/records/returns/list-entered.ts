import { sql } from 'kysely'
import type { FiledAnswers } from '../../kernel/filed-answers.ts'
import type { ReturnForm } from '../../plan/index.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import type { Explanation } from './explain-doubt.ts'
import type { Filing } from './filing.ts'
import { entered } from './read-answers.ts'

/** 入账填报 — an approved filing as the books say it, with what its filer explained and what the period before said. */
export interface EnteredFiling
  extends Pick<Filing, 'countyId' | 'filingId' | 'period' | 'subjectKind' | 'subjectId'> {
  readonly filed: FiledAnswers
  readonly before?: FiledAnswers
  readonly explained: readonly Pick<Explanation, 'check' | 'line' | 'found'>[]
}

/** 取入账填报 — of one form in these counties: of each subject the latest period's; of a book by event every entry that holds on the day. */
export async function listEntered(
  tx: Tx,
  { id, rhythm }: Pick<ReturnForm, 'id' | 'rhythm'>,
  counties: readonly number[],
): Promise<EnteredFiling[]> {
  const { rows } = await sql<Row>`
    select * from (
      select county_id as "countyId", filing_id as "filingId", period,
             subject_kind as "subjectKind", subject_id as "subjectId", line, answers,
             dense_rank() over (partition by county_id, subject_kind, subject_id order by period desc) as back
        from book.filed where county_id = any (${counties}::integer[]) and form_id = ${id}) as ranked
     where ${rhythm.kind === 'event'} or back <= 2
     order by "countyId", "filingId", line`.execute(tx)
  const filings = [...Map.groupBy(rows, filingOf).values()]
  const explanations = await explainedOf(tx, counties, [...new Set(rows.map(({ filingId }) => filingId))])
  const subject = ({ countyId, subjectKind, subjectId }: Row) => `${countyId} ${subjectKind} ${subjectId}`
  const before = new Map(
    rhythm.kind === 'event'
      ? []
      : filings.filter(([row]) => row!.back > 1).map((of) => [subject(of[0]!), entered(of)] as const),
  )
  return filings
    .filter(([row]) => rhythm.kind === 'event' || row!.back === 1)
    .map((of) => {
      const { line: _, answers: __, back: ___, ...filing } = of[0]!
      const earlier = before.get(subject(of[0]!))
      return {
        ...filing,
        filed: entered(of),
        ...(earlier && { before: earlier }),
        explained: explanations.get(filingOf(filing)) ?? [],
      }
    })
}

type Numbered = Pick<EnteredFiling, 'countyId' | 'filingId'>
const filingOf = ({ countyId, filingId }: Numbered) => `${countyId} ${filingId}`

interface Row extends Pick<EnteredFiling, 'countyId' | 'filingId' | 'period' | 'subjectKind' | 'subjectId'> {
  readonly line: number
  readonly answers: FiledAnswers['once']
  readonly back: number
}

async function explainedOf(tx: Tx, counties: readonly number[], filings: readonly number[]) {
  const { rows } = await sql<EnteredFiling['explained'][number] & Numbered>`
    select county_id as "countyId", filing_id as "filingId", check_id as "check", line, found from returns.explanation
     where county_id = any (${counties}::integer[]) and filing_id = any (${filings}::bigint[])`.execute(tx)
  return Map.groupBy(rows, filingOf)
}
