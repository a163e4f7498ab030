import { type Refusal, refused } from '../../../kernel/result.ts'
import type { refusals } from '../refusals.ts'

/** 确认 — the clerk's word: on which document, from which day, and what is knowingly accepted. */
export interface Decision {
  readonly docNumber: string
  /** Day of the document; ISO. */
  readonly decidedOn: string
  /** From when changes of institutions hold; the document's day when absent, at the latest the day the books stand at. */
  readonly effectiveOn?: string | undefined
  /** True: rows with errors stay out, the others go in. False: all or nothing. */
  readonly onlyGood: boolean
  /** True: figures the book already holds are to be replaced. */
  readonly acceptCorrections: boolean
  /** Why doubtful rows are right after all. */
  readonly reason?: string | undefined
}

/** 判定的数目 — all that is needed to say whether a decision can stand. */
export interface Counts {
  readonly rows: number
  readonly fresh: number
  readonly same: number
  readonly corrected: number
  readonly rejected: number
  readonly errors: number
  readonly doubts: number
  readonly warnings: number
}

/** 能否确认 — the refusal, if there is one; the same from page, API and command line. */
export function cannotConfirm(
  counts: Counts,
  decision: Decision,
  days: { readonly today: string; readonly bookDay: string },
): Refusal | undefined {
  const facts = { ...counts }
  const no = (code: keyof typeof refusals, text: string) => refused({ code, text, facts }).refusal
  if (decision.docNumber.trim() === '')
    return no('exchange.document-missing', '没有填文号—台账的每一笔都要有凭据—请填写批准或报送文件的文号。')
  if (decision.decidedOn > days.today || (decision.effectiveOn ?? '') > days.bookDay)
    return no(
      'exchange.day-ahead',
      `文件日期晚于今天（${days.today}），或生效日期晚于台账截至日（${days.bookDay}）—台账只记已经发生的事—请核对日期。`,
    )
  if (counts.rows === counts.rejected)
    return no('exchange.no-good-rows', '没有一行可以导入—每一行都有错误—请下载错误回填表，改好后重新上传。')
  if (counts.errors > 0 && !decision.onlyGood)
    return no(
      'exchange.has-errors',
      `${counts.rejected} 行有错误，整个文件都没有导入—默认要么全部导入，要么一行不进—请改好再传；确要先导入没有错的行，请选“仅导入通过行”。`,
    )
  if (counts.corrected > 0 && !decision.acceptCorrections)
    return no(
      'exchange.corrections-unconfirmed',
      `${counts.corrected} 行与台账已有的数不同—导入会更正原来的数—请逐条看过“更正”清单，确认无误后勾选“同意更正”。`,
    )
  if (counts.doubts > 0 && !decision.reason?.trim())
    return no(
      'exchange.doubts-unexplained',
      `有 ${counts.doubts} 处存疑没有说明—反常的数要有缘由才能入账—请核对后写明原因；写错的请改好再传。`,
    )
  return undefined
}
