import Type, { type Static } from 'typebox'
import { type Provenance, provenanceSchema } from '../../kernel/provenance.ts'

const Day = Type.String({ format: 'date', description: '截至日' })
const UnitId = Type.Integer({ minimum: 1, description: '单位编号：全市或一个县（国家代码）' })
const Year = Type.Integer({ minimum: 1990, maximum: 2100, description: '学年（起始年）' })
const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()])

export const TargetId = Type.Object({ targetId: Type.String({ pattern: '^T\\d{1,2}$' }) })
export const BoardQuery = Type.Object({ asOf: Type.Optional(Day) })
export const FigureQuery = Type.Object({
  asOf: Type.Optional(Day),
  unit: UnitId,
  year: Year,
  reading: Type.Optional(Type.String({ pattern: '^[a-z0-9.-]{1,60}$', description: '读法' })),
})
export type FigureQuery = Static<typeof FigureQuery>

export const Sign = Type.Enum(['reached', 'on-path', 'behind', 'missed', 'idle', 'open', 'missing'] as const)
export type Sign = Static<typeof Sign>

const Cell = Type.Object({
  unitId: Type.Integer(),
  sign: Sign,
  words: Type.String(),
  sentence: Type.String(),
  year: Nullable(Year),
  /** The other readings say something else. */
  differs: Type.Boolean(),
})
export type Cell = Static<typeof Cell>

const PlaceShape = Type.Object({ unitId: Type.Integer(), name: Type.String() })

const BoardTarget = Type.Object({
  targetId: Type.String(),
  zh: Type.String(),
  quote: Type.String(),
  direction: Type.String(),
  cells: Type.Array(Cell),
})
export type BoardTarget = Static<typeof BoardTarget>

/** 所欠 — rows that are not in the books: of which target, whose, and who owes them. */
const Owed = Type.Object({
  targetId: Type.String(),
  of: Type.String(),
  owedBy: Type.String(),
  since: Nullable(Type.String()),
  where: Type.Array(Type.String()),
})
export type Owed = Static<typeof Owed>

const Late = Type.Object({
  unitId: Type.Integer(),
  name: Type.String(),
  year: Year,
  due: Type.Integer(),
  filed: Type.Integer(),
})

export const TargetBoard = Type.Object({
  asOf: Day,
  endYear: Year,
  places: Type.Array(PlaceShape),
  targets: Type.Array(BoardTarget),
  owed: Type.Array(Owed),
  /** Later years than the current one, of which the returns are still incomplete. */
  filing: Type.Array(Late),
})
export type TargetBoard = Static<typeof TargetBoard>

const Line = Type.Object({
  key: Type.String(),
  zh: Type.String(),
  layer: Type.String(),
  value: Type.Number(),
  from: Day,
  status: Type.String(),
  source: Type.String(),
  quote: Type.Optional(Type.String()),
  note: Type.Optional(Type.String()),
  binding: Type.Boolean(),
  differs: Type.Boolean(),
})
export type TargetLine = Static<typeof Line>

const ReadingShape = Type.Object({
  of: Type.String(),
  id: Type.String(),
  zh: Type.String(),
  differs: Type.String(),
  /** Whether the books hold what it takes to count by it. */
  counted: Type.Boolean(),
})
export type TargetReading = Static<typeof ReadingShape>

const Point = Type.Object({
  year: Year,
  numerator: Nullable(Type.Number()),
  denominator: Type.Optional(Nullable(Type.Number())),
  value: Nullable(Type.Number()),
  words: Type.String(),
  refused: Type.Optional(Type.String()),
})
export type Point = Static<typeof Point>

const TargetPlace = Type.Object({
  unitId: Type.Integer(),
  name: Type.String(),
  sign: Sign,
  words: Type.String(),
  sentence: Type.String(),
  currentYear: Nullable(Year),
  /** Figures of every year, one series for each reading that can be counted. */
  series: Type.Array(Type.Object({ reading: Nullable(Type.String()), points: Type.Array(Point) })),
  path: Type.Array(Type.Object({ year: Year, value: Nullable(Type.Number()) })),
})
export type TargetPlace = Static<typeof TargetPlace>

export const TargetDetail = Type.Object({
  asOf: Day,
  targetId: Type.String(),
  zh: Type.String(),
  quote: Type.String(),
  paper: Type.String(),
  indicator: Type.Object({
    id: Type.String(),
    zh: Type.String(),
    definition: Type.String(),
    numerator: Type.String(),
    denominator: Type.Optional(Type.String()),
    unit: Type.String(),
    direction: Type.String(),
    evidence: Type.Optional(Type.String()),
    sources: Type.Array(Type.Object({ book: Type.String(), rows: Type.String(), owedBy: Type.String() })),
  }),
  pathKind: Type.String(),
  baselineYear: Year,
  endYear: Year,
  assumption: Nullable(Type.String()),
  notYet: Nullable(Type.String()),
  lines: Type.Array(Line),
  lineRefused: Nullable(Type.String()),
  readings: Type.Array(ReadingShape),
  places: Type.Array(TargetPlace),
  owed: Type.Array(Owed),
})
export type TargetDetail = Static<typeof TargetDetail>

export const FigureProvenance = Type.Unsafe<Provenance>(provenanceSchema)
