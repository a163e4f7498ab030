import Type, { type Static } from 'typebox'

const Text = Type.String()
const Day = Type.String({ format: 'date', description: '截至日' })
const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()])
const Year = Type.Integer({ minimum: 0, maximum: 9999, description: '学年（起始年）' })
const UnitId = Type.Integer({ minimum: 1, description: '单位编号：全市或一个县（国家代码）' })

/** 汇总树 — the dated trees a figure can be rolled up along, in the words of the page. */
export const treeWords = {
  administrative: '行政区划',
  'township-centre': '乡镇中心校',
  'school-group': '教育集团',
  catchment: '学区',
  inspection: '督学责任区',
} as const
export type TreeName = keyof typeof treeWords

const TreeField = Type.Enum(Object.keys(treeWords) as TreeName[], { description: '沿哪一棵树汇总' })

export const IndicatorPath = Type.Object({
  indicatorId: Type.String({
    pattern: '^[a-z0-9]+([.-][a-z0-9]+)*$',
    maxLength: 80,
    description: '指标编号',
  }),
})
export const IndicatorsQuery = Type.Object({ asOf: Type.Optional(Day) })
export const UnitsQuery = Type.Object({ asOf: Type.Optional(Day), unit: UnitId, tree: TreeField })
export type UnitsQuery = Static<typeof UnitsQuery>
export const IndicatorFigureQuery = Type.Object({
  asOf: Type.Optional(Day),
  unit: UnitId,
  tree: Type.Optional(TreeField),
  under: Type.Optional(Type.Integer({ minimum: 1, description: '树上的单位：只看其下机构的数据行' })),
})
export type IndicatorFigureQuery = Static<typeof IndicatorFigureQuery>

const Lacking = Type.Object({ of: Text, where: Text, owedBy: Nullable(Text) })

const Cell = Type.Object({
  unitId: Type.Integer(),
  words: Text,
  value: Nullable(Type.Number()),
  year: Nullable(Year),
  known: Type.Boolean(),
  /** 最近一次的数: where the current one is missing. */
  last: Nullable(Type.Object({ words: Text, year: Year })),
})
export type IndicatorCell = Static<typeof Cell>

const Row = Type.Object({
  indicatorId: Text,
  zh: Text,
  definition: Text,
  unit: Text,
  direction: Text,
  /** 目标和任务项. */
  items: Type.Array(Text),
  /** Whether the rows under it tell institutions apart, so that it can be rolled up. */
  rolls: Type.Boolean(),
  cells: Type.Array(Cell),
})
export type IndicatorRow = Static<typeof Row>

/** 指标总表 — every indicator of the plan in its current year, the city and each county in sight. */
export const IndicatorBoard = Type.Object({
  asOf: Day,
  places: Type.Array(Type.Object({ unitId: Type.Integer(), name: Text })),
  indicators: Type.Array(Row),
})
export type IndicatorBoard = Static<typeof IndicatorBoard>

const RolledUnit = Type.Object({
  /** Null: those that stand in no unit of the tree. */
  unitId: Nullable(Type.Integer()),
  parentId: Nullable(Type.Integer()),
  name: Text,
  numerator: Nullable(Type.Number()),
  denominator: Nullable(Type.Number()),
  value: Nullable(Type.Number()),
  words: Text,
  institutions: Type.Integer({ minimum: 0 }),
  missing: Type.Array(Lacking),
  missingCount: Type.Integer({ minimum: 0 }),
})
export type RolledUnit = Static<typeof RolledUnit>

/** 分级汇总 — an indicator of a place for every unit of one tree, as the tree stands on the day. */
export const IndicatorUnits = Type.Object({
  asOf: Day,
  day: Text,
  year: Year,
  indicatorId: Text,
  zh: Text,
  unit: Text,
  rate: Type.Boolean(),
  tree: TreeField,
  treeZh: Text,
  place: Text,
  total: Text,
  units: Type.Array(RolledUnit),
})
export type IndicatorUnits = Static<typeof IndicatorUnits>
