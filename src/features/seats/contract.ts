import Type, { type Static } from 'typebox'
import { provenanceSchema } from '../../kernel/provenance.ts'
import { type Stage, stages } from '../../kernel/stage.ts'

/** 学段名 — as the screens and the command line say them. */
export const stageNames: Readonly<Record<Stage, string>> = {
  preschool: '幼儿园',
  primary: '小学',
  junior: '初中',
  senior: '普通高中',
  vocational: '中等职业',
  special: '特殊教育',
}

/** 基本情景 — computed for everyone; saved scenarios are named `s` and their number. */
export const baseScenarios = ['low', 'mid', 'high'] as const

export const basisNames = {
  rooms: '按教室×标准班额',
  approved: '按核定规模',
  smaller: '两者取小',
} as const

const StageWord = Type.Enum(stages)
const Basis = Type.Enum(['rooms', 'approved', 'smaller'] as const)
export const Day = Type.String({ format: 'date', description: '截至日' })
const UnitId = Type.Integer({ minimum: 1, description: '单位编号（国家代码）' })
const Year = Type.Integer({ minimum: 1990, maximum: 2100 })
const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()])

const MissingShape = Type.Object({
  kind: Type.Literal('missing'),
  of: Type.String(),
  where: Type.String(),
  since: Type.Optional(Type.String()),
  owedBy: Type.Optional(Type.String()),
})

const UnitRef = Type.Object({
  unitId: UnitId,
  name: Type.String(),
  kind: Type.String(),
  countyId: Type.Integer(),
})
export type UnitRef = Static<typeof UnitRef>

const Demand = Type.Object({ mean: Type.Number(), lo80: Type.Number(), hi80: Type.Number() })

/** Which view of the seats is asked for: all have defaults that say what officials mean by “the gap”. */
export const SeatsQuery = Type.Object({
  stage: Type.Optional(StageWord),
  unit: Type.Optional(UnitId),
  scenario: Type.Optional(Type.String({ pattern: '^(low|mid|high|s[1-9]\\d{0,9})$' })),
  basis: Type.Optional(Basis),
  asOf: Type.Optional(Day),
})
export type SeatsQuery = Static<typeof SeatsQuery>

export const MapQuery = Type.Intersect([SeatsQuery, Type.Object({ year: Type.Optional(Year) })])

const Cell = Type.Object({
  year: Year,
  sign: Type.Enum(['shortage', 'surplus', 'even', 'missing', 'absent'] as const),
  /** 需求减供给; positive: seats are short. */
  gap: Nullable(Type.Number()),
  low: Nullable(Type.Number()),
  high: Nullable(Type.Number()),
  persistent: Type.Boolean(),
  demand: Nullable(Demand),
  rooms: Nullable(Type.Number()),
  approved: Nullable(Type.Number()),
  ruling: Nullable(Type.Number()),
  /** Institutions that did not file the figure and are counted by their other one. */
  substituted: Type.Object({ rooms: Type.Integer(), approved: Type.Integer() }),
  missing: Nullable(MissingShape),
})
export type BoardCellAnswer = Static<typeof Cell>

const Row = Type.Object({
  unit: UnitRef,
  /** Years until the first warning; null when there is none. */
  lead: Nullable(Type.Integer()),
  words: Type.String(),
  cells: Type.Array(Cell),
})
export type BoardRowAnswer = Static<typeof Row>

const Published = Type.Object({
  seriesId: Type.Integer(),
  asOf: Type.String(),
  knownAt: Type.String(),
  saidAt: Type.String(),
  saidBy: Type.String(),
  planVersion: Type.String(),
  engineVersion: Type.String(),
  inputsHash: Type.String(),
  /** True when the county computed for itself, without the other counties. */
  countyOnly: Type.Boolean(),
})

const Quote = Type.Object({
  paper: Type.String(),
  item: Type.Optional(Type.String()),
  quote: Type.String(),
  zh: Type.String(),
})

export const BoardAnswer = Type.Object({
  parent: UnitRef,
  trail: Type.Array(UnitRef),
  stage: StageWord,
  /** Those the reader may turn to. */
  stages: Type.Array(StageWord),
  scenario: Type.String(),
  basis: Basis,
  asOf: Type.String(),
  /** The sentence to read aloud. */
  answer: Type.String(),
  years: Type.Array(Year),
  rows: Type.Array(Row),
  /** Names of the parts that do not run the stage and so have no row. */
  without: Type.Array(Type.String()),
  /** Null: nothing was computed for this day yet. */
  published: Nullable(Published),
  /** What a reader must know before using the board: books changed since, totals behind, no norm entered. */
  notices: Type.Array(
    Type.Object({
      kind: Type.Enum([
        'none',
        'books-changed',
        'totals-behind',
        'county-only',
        'no-norm',
        'births-missing',
        'plan-changed',
      ] as const),
      text: Type.String(),
    }),
  ),
  quotes: Type.Array(Quote),
  mayRecompute: Type.Boolean(),
})
export type BoardAnswer = Static<typeof BoardAnswer>

export const SeriesQuery = Type.Intersect([SeatsQuery, Type.Object({ unit: UnitId })])

export const SeriesAnswer = Type.Object({
  unit: UnitRef,
  stage: StageWord,
  words: Type.String(),
  history: Type.Array(Type.Object({ year: Year, pupils: Nullable(Type.Number()) })),
  years: Type.Array(
    Type.Object({
      year: Year,
      demand: Nullable(Demand),
      rooms: Nullable(Type.Number()),
      approved: Nullable(Type.Number()),
      ruling: Nullable(Type.Number()),
    }),
  ),
  /** Own mean error by horizon beside the plain methods', as shares of the pupils; unit totals over all stages. */
  record: Type.Array(
    Type.Object({
      horizon: Type.Integer(),
      of: Type.String(),
      ours: Nullable(Type.Number()),
      naive: Nullable(Type.Number()),
      linear: Nullable(Type.Number()),
      progression: Nullable(Type.Number()),
      smoothing: Nullable(Type.Number()),
      gm11: Nullable(Type.Number()),
      coverage: Nullable(Type.Number()),
    }),
  ),
  flags: Type.Array(Type.String()),
  missing: Type.Array(MissingShape),
  quotes: Type.Array(Quote),
})
export type SeriesAnswer = Static<typeof SeriesAnswer>

export const WarningsAnswer = Type.Array(
  Type.Object({
    unit: UnitRef,
    stage: StageWord,
    sign: Type.Enum(['shortage', 'surplus'] as const),
    lead: Type.Integer(),
    first: Year,
    persistent: Type.Boolean(),
    gap: Type.Number(),
    text: Type.String(),
    /** What answers it. */
    act: Type.String(),
  }),
)
export type WarningsAnswer = Static<typeof WarningsAnswer>

export const MissingAnswer = Type.Array(
  Type.Object({ unit: UnitRef, stage: Type.String(), text: Type.String(), owedBy: Nullable(Type.String()) }),
)
export type MissingAnswer = Static<typeof MissingAnswer>

export const MapAnswer = Type.Object({
  type: Type.Literal('FeatureCollection'),
  year: Year,
  indicative: Type.Boolean(),
  features: Type.Array(
    Type.Object({
      type: Type.Literal('Feature'),
      properties: Type.Object({
        key: Type.String(),
        name: Type.String(),
        sign: Type.String(),
        gap: Nullable(Type.Number()),
      }),
      geometry: Type.Unknown(),
    }),
  ),
})
export type MapAnswer = Static<typeof MapAnswer>

export const InstitutionsAnswer = Type.Object({
  unit: UnitRef,
  schoolYear: Year,
  institutions: Type.Array(
    Type.Object({
      institutionId: Type.Integer(),
      name: Type.String(),
      kind: Type.String(),
      pupils: Nullable(Type.Number()),
      /** The school year the pupils were filed for. */
      pupilsYear: Nullable(Year),
      rooms: Nullable(Type.Number()),
      seatsByRooms: Nullable(Type.Number()),
      approved: Nullable(Type.Number()),
      /** Seats by the chosen basis less pupils now. */
      free: Nullable(Type.Number()),
    }),
  ),
})
export type InstitutionsAnswer = Static<typeof InstitutionsAnswer>

export const InstitutionForecastQuery = Type.Object({
  stage: Type.Optional(StageWord),
  until: Type.Optional(Year),
  asOf: Type.Optional(Day),
})

export const InstitutionForecastAnswer = Type.Object({
  institutionId: Type.Integer(),
  name: Type.String(),
  words: Type.String(),
  horizonYears: Type.Integer(),
  stages: Type.Array(
    Type.Object({
      stage: StageWord,
      rooms: Nullable(Type.Number()),
      approved: Nullable(Type.Number()),
      history: Type.Array(Type.Object({ year: Year, pupils: Nullable(Type.Number()) })),
      forecast: Type.Array(Type.Intersect([Type.Object({ year: Year }), Demand])),
    }),
  ),
})
export type InstitutionForecastAnswer = Static<typeof InstitutionForecastAnswer>

export const ProvenanceQuery = Type.Intersect([
  SeatsQuery,
  Type.Object({
    unit: UnitId,
    stage: StageWord,
    year: Year,
    measure: Type.Optional(Type.Enum(['gap', 'demand', 'supply'] as const)),
  }),
])
export const ProvenanceAnswer = Type.Unsafe<import('../../kernel/provenance.ts').Provenance>(provenanceSchema)

export const RecomputeBody = Type.Object({ asOf: Type.Optional(Day), county: Type.Optional(Type.Integer()) })
export const JobAnswer = Type.Object({ jobId: Type.String() })
