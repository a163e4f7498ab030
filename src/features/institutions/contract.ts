import Type, { type Static } from 'typebox'
import { stages } from '../../kernel/stage.ts'

const Day = Type.String({ format: 'date', description: '日期' })
const Id = Type.Integer({ minimum: 1 })
const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()])

export const kindNames = {
  kindergarten: '幼儿园',
  'primary-school': '小学',
  'teaching-point': '教学点',
  'junior-school': '初级中学',
  'nine-year-school': '九年一贯制学校',
  'complete-secondary': '完全中学',
  'twelve-year-school': '十二年一贯制学校',
  'senior-high': '高级中学',
  'vocational-school': '中等职业学校',
  'special-school': '特殊教育学校',
  'specialized-school': '专门学校',
} as const
export type KindWord = keyof typeof kindNames

export const sectorNames = { public: '公办', private: '民办' } as const
export const profitNames = { 'non-profit': '非营利性', 'for-profit': '营利性' } as const

export const urbanRuralNames: Readonly<Record<string, string>> = {
  '111': '主城区',
  '112': '城乡结合区',
  '121': '镇中心区',
  '122': '镇乡结合区',
  '123': '特殊区域',
  '210': '乡中心区',
  '220': '村庄',
}

export const actNames: Readonly<Record<string, string>> = {
  load: '建库',
  open: '开办',
  close: '停办',
  merge: '合并',
  split: '分设',
  convert: '转制',
  rename: '更名',
  regroup: '调整隶属',
  move: '迁址或划转',
  correct: '更正',
  import: '导入',
}

export const treeNames: Readonly<Record<string, string>> = {
  'township-centre': '乡镇中心校',
  'school-group': '教育集团',
  catchment: '学区',
  inspection: '督导责任区',
}

const Stage = Type.Enum(stages)
const Kind = Type.Enum(Object.keys(kindNames) as KindWord[])
const Sector = Type.Enum(['public', 'private'] as const)

export const AsOf = Type.Object({ asOf: Type.Optional(Day) })
export const InstitutionId = Type.Object({ institutionId: Id })

export const SearchQuery = Type.Object({
  text: Type.String({ minLength: 1, maxLength: 60 }),
  asOf: Type.Optional(Day),
})
export const FoundList = Type.Array(
  Type.Object({
    kind: Type.Enum(['unit', 'institution'] as const),
    countyId: Type.Integer(),
    /** What kind of unit or institution: county, township, …; primary-school, … */
    level: Type.String(),
    id: Type.Integer(),
    name: Type.String(),
    code: Type.String(),
    where: Type.String(),
  }),
)
export type FoundList = Static<typeof FoundList>

export const CountyList = Type.Array(
  Type.Object({ countyId: Type.Integer(), name: Type.String(), code: Type.String() }),
)

export const UnitsQuery = Type.Object({ parent: Id, asOf: Type.Optional(Day) })
export const UnitList = Type.Array(
  Type.Object({
    unitId: Type.Integer(),
    countyId: Type.Integer(),
    kind: Type.String(),
    code: Type.String(),
    name: Type.String(),
    /** Whether something stands under it in the tree. */
    parent: Type.Boolean(),
  }),
)
export type UnitList = Static<typeof UnitList>

/** Which institutions are wanted. All of a page come at once; the page itself shows only the rows in sight. */
export const ListQuery = Type.Object({
  county: Type.Optional(Id),
  /** Any administrative unit: all that stands in it or under it. */
  unit: Type.Optional(Id),
  stage: Type.Optional(Stage),
  kind: Type.Optional(Kind),
  sector: Type.Optional(Sector),
  text: Type.Optional(Type.String({ maxLength: 60 })),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
  pageSize: Type.Optional(Type.Integer({ minimum: 1, maximum: 5000 })),
  asOf: Type.Optional(Day),
})
export type ListQuery = Static<typeof ListQuery>

const Row = Type.Object({
  institutionId: Type.Integer(),
  code: Type.String(),
  name: Type.String(),
  kind: Kind,
  sector: Sector,
  publicInterest: Type.Boolean(),
  county: Type.String(),
  township: Nullable(Type.String()),
  /** Null when the returns of the year do not hold it. */
  pupils: Nullable(Type.Integer()),
  classes: Nullable(Type.Integer()),
  teachers: Nullable(Type.Integer()),
})
export type InstitutionRow = Static<typeof Row>

export const InstitutionPageAnswer = Type.Object({
  total: Type.Integer(),
  page: Type.Integer(),
  pageSize: Type.Integer(),
  /** The school year of the figures. */
  year: Nullable(Type.Integer()),
  /** The unit the list is cut to, in words. */
  unit: Nullable(Type.String()),
  rows: Type.Array(Row),
  /** May this visitor record the opening of an institution? */
  mayAct: Type.Boolean(),
})
export type InstitutionPageAnswer = Static<typeof InstitutionPageAnswer>

/** 一项事实 — a thing said of an institution, who answers for it and since when. */
const Fact = Type.Object({
  zh: Type.String(),
  value: Type.String(),
  since: Nullable(Type.String()),
  docNumber: Nullable(Type.String()),
  recordedBy: Nullable(Type.String()),
})
export type Fact = Static<typeof Fact>

const GradeYear = Type.Object({
  schoolYear: Type.Integer(),
  grade: Type.String(),
  pupils: Type.Integer(),
  boys: Nullable(Type.Integer()),
  girls: Nullable(Type.Integer()),
  classes: Nullable(Type.Integer()),
  largestClass: Nullable(Type.Integer()),
})
export type GradeYear = Static<typeof GradeYear>

const HistoryEntry = Type.Object({
  day: Type.String(),
  act: Type.String(),
  docNumber: Type.String(),
  recordedBy: Type.String(),
  note: Nullable(Type.String()),
  /** Still to come on the day the file is read. */
  ahead: Type.Boolean(),
  /** What became different, in words. */
  changes: Type.Array(Type.String()),
})
export type HistoryEntry = Static<typeof HistoryEntry>

export const InstitutionFile = Type.Object({
  asOf: Type.String(),
  institutionId: Type.Integer(),
  countyId: Type.Integer(),
  county: Type.String(),
  name: Type.String(),
  code: Type.String(),
  /** Why it is not open on the day, when it is not. */
  notOpen: Nullable(Type.String()),
  facts: Type.Array(Fact),
  stages: Type.Array(Stage),
  premises: Type.Array(
    Type.Object({
      campus: Type.String(),
      stage: Stage,
      rooms: Nullable(Type.Integer()),
      approvedCapacity: Nullable(Type.Integer()),
      boardingBeds: Nullable(Type.Integer()),
      since: Type.String(),
    }),
  ),
  enrolment: Type.Array(GradeYear),
  teachers: Type.Array(
    Type.Object({
      schoolYear: Type.Integer(),
      stage: Stage,
      subject: Type.String(),
      teachers: Type.Integer(),
    }),
  ),
  memberships: Type.Array(
    Type.Object({ tree: Type.String(), unit: Type.String(), role: Type.String(), since: Type.String() }),
  ),
  history: Type.Array(HistoryEntry),
  /** May this visitor record acts here? */
  mayAct: Type.Boolean(),
})
export type InstitutionFile = Static<typeof InstitutionFile>
