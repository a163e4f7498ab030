import Type, { type Static } from 'typebox'
import { lights } from '../../kernel/due-light.ts'

const Text = Type.String()
const Day = Type.String({ format: 'date', description: '截至日' })
const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()])
const Count = Type.Integer({ minimum: 0 })
/** 分. */
const Fen = Nullable(Type.Integer({ description: '金额，单位分；没有填报为空' }))

export const ProjectQuery = Type.Object({ asOf: Type.Optional(Day) })

const ProjectShown = Type.Object({
  projectId: Type.Integer(),
  countyId: Type.Integer(),
  county: Text,
  name: Text,
  kind: Text,
  stage: Text,
  where: Text,
  doc: Nullable(Text),
  seats: Nullable(Count),
  openYear: Nullable(Type.Integer()),
  opened: Type.Boolean(),
  light: Type.Enum(lights),
  words: Text,
  late: Type.Array(Type.Object({ zh: Text, by: Day })),
  planned: Nullable(Type.Boolean()),
  planDoc: Nullable(Text),
  dueFen: Fen,
  paidFen: Fen,
  shortFen: Fen,
})
export type ProjectShown = Static<typeof ProjectShown>

/** 项目总表 — per county and in all, the seats by the year they open, and every project with what wants attention. */
export const ProjectBoard = Type.Object({
  asOf: Day,
  counties: Type.Array(
    Type.Object({
      countyId: Type.Integer(),
      name: Text,
      projects: Count,
      unplanned: Count,
      late: Count,
      seats: Count,
      dueFen: Fen,
      paidFen: Fen,
      shortFen: Fen,
      unfiled: Type.Integer({ minimum: 0, description: '没有填报资金的项目' }),
    }),
  ),
  years: Type.Array(
    Type.Object({
      year: Type.Integer(),
      seats: Count,
      projects: Count,
      openedSeats: Type.Integer({ minimum: 0, description: '已投入使用的' }),
    }),
  ),
  projects: Type.Array(ProjectShown),
})
export type ProjectBoard = Static<typeof ProjectBoard>
