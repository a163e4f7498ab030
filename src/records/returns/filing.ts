import type { ApprovalLevel } from '../../kernel/approval-level.ts'
import type { ReturnForm } from '../../plan/index.ts'
import type { Subject } from './subject.ts'

/** 填报单 — one form of one period about one subject, and where it stands. */
export interface Filing {
  readonly countyId: number
  readonly filingId: number
  readonly formId: string
  readonly version: number
  readonly period: string
  readonly subjectKind: Subject['kind']
  readonly subjectId: number
  readonly dueOn: string | null
  readonly phase: 'draft' | 'submitted' | 'accepted' | 'returned' | 'approved'
  readonly atLevel: ApprovalLevel | null
  /** Counts the steps taken: whoever acts says which one he saw. */
  readonly revision: number
  readonly firstSubmittedAt: string | null
  readonly approvedAt: string | null
}

/** 填报单及其表式 — a filing with the form as its version was published. */
export interface FilingInForm {
  readonly filing: Filing
  readonly form: ReturnForm
}

/** 所属机构 — the institution a filing belongs to; null where it speaks of a township or county. */
export function institutionOf({
  subjectKind,
  subjectId,
}: Pick<Filing, 'subjectKind' | 'subjectId'>): number | null {
  return subjectKind === 'institution' ? subjectId : null
}
