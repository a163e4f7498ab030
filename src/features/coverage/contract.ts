import Type, { type Static } from 'typebox'
import { type Provenance, provenanceSchema } from '../../kernel/provenance.ts'

const Day = Type.String({ format: 'date', description: '截至日' })
const UnitId = Type.Integer({ minimum: 1, description: '单位编号：全市或一个县（国家代码）' })
const ReadingId = Type.String({ pattern: '^[a-z0-9.-]{1,60}$', description: '读法' })
const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()])

export const DutyId = Type.Object({ dutyId: Type.String({ pattern: '^[a-z0-9.-]{1,60}$' }) })
export const BoardQuery = Type.Object({ asOf: Type.Optional(Day) })
export const GapsQuery = Type.Object({
  asOf: Type.Optional(Day),
  unit: UnitId,
  reading: Type.Optional(ReadingId),
})
export type GapsQuery = Static<typeof GapsQuery>

/** 灯号 — what a place's count means under the force of its duty. */
export const Light = Type.Enum([
  'covered',
  'open-gaps',
  'not-due',
  'to-explain',
  'advancing',
  'inviting',
  'unknown',
  'idle',
] as const)
export type Light = Static<typeof Light>

export const Force = Type.Enum(['must', 'in-principle', 'advance', 'encouraged'] as const)
export type Force = Static<typeof Force>

const Cell = Type.Object({
  unitId: Type.Integer(),
  light: Light,
  total: Type.Integer(),
  covered: Type.Integer(),
  uncovered: Type.Integer(),
  /** Of how many the books do not say. */
  unknown: Type.Integer(),
  words: Type.String(),
  sentence: Type.String(),
})
export type Cell = Static<typeof Cell>

/** 一行 — a duty by one reading; where words can be read two ways each reading has its own row. */
const BoardDuty = Type.Object({
  dutyId: Type.String(),
  item: Type.String(),
  zh: Type.String(),
  force: Force,
  reading: Nullable(
    Type.Object({ id: Type.String(), of: Type.String(), zh: Type.String(), differs: Type.String() }),
  ),
  refused: Nullable(Type.String()),
  cells: Type.Array(Cell),
})
export type BoardDuty = Static<typeof BoardDuty>

export const CoverageBoard = Type.Object({
  asOf: Day,
  /** The city first when the whole city is in view. */
  places: Type.Array(Type.Object({ unitId: Type.Integer(), name: Type.String() })),
  duties: Type.Array(BoardDuty),
})
export type CoverageBoard = Static<typeof CoverageBoard>

const Named = Type.Object({ county: Type.String(), subjectId: Type.String(), subject: Type.String() })

export const DutyGaps = Type.Object({
  asOf: Day,
  dutyId: Type.String(),
  item: Type.String(),
  zh: Type.String(),
  quote: Type.String(),
  every: Type.String(),
  has: Type.String(),
  force: Force,
  subjectKind: Type.String(),
  owedBy: Type.String(),
  remedy: Type.String(),
  due: Nullable(Day),
  /** Where it is entered: forms to go to. */
  forms: Type.Array(Type.Object({ id: Type.String(), zh: Type.String() })),
  place: Type.String(),
  cell: Cell,
  /** What is counted within each subject, such as pupils: their name, how many there are, how many are reached. */
  counted: Nullable(
    Type.Object({ of: Type.String(), whole: Nullable(Type.Integer()), part: Nullable(Type.Integer()) }),
  ),
  readings: Type.Array(
    Type.Object({ id: Type.String(), of: Type.String(), zh: Type.String(), differs: Type.String() }),
  ),
  /** The first gaps; `gapCount` says how many there are in all. */
  gaps: Type.Array(Type.Intersect([Named, Type.Object({ why: Type.String(), known: Type.Boolean() })])),
  gapCount: Type.Integer(),
  remarks: Type.Array(Type.Intersect([Named, Type.Object({ note: Type.String() })])),
  refused: Nullable(Type.String()),
})
export type DutyGaps = Static<typeof DutyGaps>

export const CoverageProvenance = Type.Unsafe<Provenance>(provenanceSchema)

/** 约束力度用词 — as the paper says it. */
export const forceWords: Readonly<Record<Force, string>> = {
  must: '应',
  'in-principle': '原则上',
  advance: '推进',
  encouraged: '鼓励',
}

/** 灯号用词 — the light in a word, so that no colour speaks alone. */
export const lightWords: Readonly<Record<Light, string>> = {
  covered: '做到',
  'open-gaps': '缺口',
  'not-due': '未到期',
  'to-explain': '须说明',
  advancing: '推进中',
  inviting: '占比',
  unknown: '缺数据',
  idle: '不要求',
}
