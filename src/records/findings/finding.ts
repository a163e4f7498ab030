import type {
  FindingAct,
  FindingCause,
  FindingHand,
  FindingPhase,
  FindingSeverity,
  FindingSource,
  SupervisionKind,
} from '../../kernel/finding.ts'

/** 问题对象 — the institution, village, township or county a finding speaks of. */
export interface FindingSubject {
  readonly countyId: number
  readonly kind: 'institution' | 'village' | 'township' | 'county'
  /** Number in the registry: of an institution, or of the unit. */
  readonly id: number
  /** What of a county is meant: one of its projects, an item or a measure of the plan. */
  readonly thing?: { readonly id: string; readonly name: string }
}

/** 立项内容 — what is entered when something is found. */
export interface FindingFound {
  readonly source: FindingSource
  /** Id of the duty, check, indicator or kind of violation; absent for what no rule names: then it is always a new one. */
  readonly rule?: string
  /** Id of the plan item it rests on, such as `M8.7`, with the item's own words. */
  readonly item: string
  readonly quote: string
  readonly subject: FindingSubject
  /** Who must mend it: the institution itself, or its county. */
  readonly ownerLevel: 'institution' | 'county'
  readonly supervision: SupervisionKind
  readonly severity: FindingSeverity
  /** The facts, as one sentence. */
  readonly says: string
}

/** 问题 — as it stands on the day the books are read. */
export interface Finding {
  readonly countyId: number
  readonly findingId: number
  /** 编号, such as 叶县问改〔2026〕12号. */
  readonly number: string
  readonly source: FindingSource
  readonly rule: string | null
  readonly item: string
  readonly quote: string
  readonly subjectKind: FindingSubject['kind']
  readonly subjectId: number
  readonly institutionId: number | null
  /** Which project, item or measure of the county; empty where it is the subject as a whole. */
  readonly thing: string
  readonly county: string
  /** About the city itself, not one of its counties. */
  readonly ofCity: boolean
  readonly subject: string
  readonly ownerLevel: 'institution' | 'county'
  readonly supervision: SupervisionKind
  readonly severity: FindingSeverity
  readonly openedOn: string
  /** What was found, and the day of it: after a relapse, the latest. */
  readonly found: string
  readonly foundOn: string
  readonly phase: FindingPhase
  /** Counts the steps: whoever acts says which one they saw. */
  readonly revision: number
  /** How often it came back after it had been closed. */
  readonly relapses: number
  readonly ownerUnit: string | null
  readonly ownerPerson: string | null
  readonly cause: FindingCause | null
  readonly assignedOn: string | null
  readonly dueOn: string | null
  readonly signedOn: string | null
  readonly answeredOn: string | null
  readonly closedOn: string | null
  /** The day a department whose money or posts it lacks last said what it will do, and by which day. */
  readonly conferredOn: string | null
  readonly promisedOn: string | null
  /** Closed because it was no case for rectification, with a reason. */
  readonly dismissed: boolean
  /** The rule that found it finds it no more; a person still has to look. */
  readonly conditionMet: boolean
  readonly escalated: boolean
  readonly extensions: number
  readonly interviews: number
}

/** 佐证指纹 — a piece of evidence as it lay there when a step was done. */
export interface EvidenceMark {
  readonly attachmentId: string
  readonly name: string
  readonly sha256: string
}

/** 整改责任 — which unit and which person must mend it, by its cause. */
export interface FindingOwner {
  readonly unit: string
  readonly person: string
  readonly cause: FindingCause
}

/** 办理一步 — what is done with a finding, by whom and with which words. */
export interface FindingStep {
  readonly act: FindingAct
  readonly hand: FindingHand
  /** Where it leads. */
  readonly phase: FindingPhase
  readonly says?: string
  /** With `assign` and `extend` only. */
  readonly dueOn?: string
  /** With `confer` only: the day by which what is said will be done. */
  readonly promisedOn?: string
  /** With `assign` only. */
  readonly owner?: FindingOwner
  readonly evidence?: readonly EvidenceMark[]
  readonly by: { readonly account: string; readonly name: string }
  /** The day it is done. */
  readonly on: string
}
