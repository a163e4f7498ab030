import type { OfficialDocument } from '../../platform/print/official-document.ts'

/** 公文环节 — where a paper stands between being drafted and being issued. */
export type PaperPhase = 'draft' | 'submitted' | 'approved' | 'issued'

/** 公文办理动作 — everything that can be done with a paper. */
export type PaperAct = 'draft' | 'renew' | 'submit' | 'approve' | 'return' | 'issue' | 'void'

/** 待补 — what a paper would say and the books do not know: of what and whose. */
export interface PaperGap {
  readonly of: string
  readonly where: string
}

/** 成稿 — what a paper says, and from the books of which day and moment. */
export interface PaperContent {
  readonly document: OfficialDocument
  readonly missing: readonly PaperGap[]
  readonly asOf: string
  readonly knownAt: string
  readonly planVersion: string
}

/** 公文概要 — as it stands in the list. */
export interface PaperHead {
  readonly countyId: number
  readonly paperId: number
  /** Id of the plan's template. */
  readonly template: string
  readonly aboutId: number
  readonly title: string
  readonly asOf: string
  readonly phase: PaperPhase
  readonly docNumber: string | null
  readonly issuedOn: string | null
  /** 1, and one more for each time it was issued anew. */
  readonly edition: number
  /** The issued paper it is a new edition of. */
  readonly replaces: number | null
  readonly voidedOn: string | null
  readonly voidReason: string | null
}

/** 公文 — one paper with everything it says. */
export interface Paper extends PaperHead, PaperContent {
  readonly hash: string
  readonly revision: number
  /** Accounts that drafted it or handed it in: none of them approves it. */
  readonly writtenBy: readonly string[]
  readonly fileId: string | null
}

/** 办理一步 — one step of a paper, as it was done. */
export interface PaperStep {
  readonly revision: number
  readonly act: PaperAct
  readonly says: string | null
  readonly doneBy: string
  readonly doneAt: string
}
