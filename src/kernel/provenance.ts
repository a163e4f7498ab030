import type { Citation } from './citation.ts'
import type { Missing } from './missing.ts'

/** 参数来历 — a dated parameter that a figure used: its value, who says so and how sure that is. */
export interface ParameterTrace {
  readonly key: string
  readonly zh: string
  readonly value: string
  readonly unit: string
  /** 层级, e.g. 国家, 河南省, 平顶山市. */
  readonly layer: string
  /** V 原文核实, S 二手来源, R 凭记忆待核, C 本平台计算, own 本平台方法. */
  readonly status: string
  readonly source: string
  readonly quote?: string
}

/** 数据行 — one row a figure was computed from, already in words. */
export interface SourceRow {
  readonly label: string
  readonly value: string
  /** 台账, who filed it, and when it was entered. */
  readonly source: string
  /** The page on which the thing itself can be looked at. */
  readonly to?: string
}

/**
 * 来历 — everything that lies under a figure: what it says, how it was computed, from which parameters and rows, as of when.
 */
export interface Provenance {
  readonly title: string
  readonly value: string
  readonly formula: string
  readonly basis: readonly (Citation & { readonly zh: string })[]
  readonly parameters: readonly ParameterTrace[]
  readonly rows: readonly SourceRow[]
  /** Rows in all, when only the first are listed. */
  readonly rowCount: number
  readonly missing: readonly Missing[]
  readonly asOf: string
  readonly knownAt: string
  readonly planVersion: string
  readonly engineVersion?: string
  readonly inputsHash?: string
}

/** The same as a JSON schema, for the rooms' contracts; inner objects are described in words above. */
export const provenanceSchema = {
  type: 'object',
  description: '来历：公式、参数及其原文、数据行、口径日期',
  required: [
    'title',
    'value',
    'formula',
    'basis',
    'parameters',
    'rows',
    'rowCount',
    'missing',
    'asOf',
    'knownAt',
    'planVersion',
  ],
  additionalProperties: true,
} as const
