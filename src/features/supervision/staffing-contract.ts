import Type, { type Static } from 'typebox'

const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()])
const Count = Type.Integer({ minimum: 0 })

export const StaffingQuery = Type.Object({ asOf: Type.Optional(Type.String({ format: 'date' })) })

/** 督学配备榜 — null where the county keeps no roll of inspectors, or nobody entered the limit. */
export const StaffingBoard = Type.Object({
  schoolsPerInspector: Nullable(Type.Number({ description: '每名督学至多对应的学校数' })),
  schoolsPerArea: Nullable(Type.Number({ description: '一个责任区至多的学校数' })),
  counties: Type.Array(
    Type.Object({
      countyId: Type.Integer({ minimum: 1 }),
      county: Type.String(),
      schools: Count,
      fullTime: Nullable(Count),
      partTime: Nullable(Count),
      schoolsPerInspector: Nullable(Type.Number()),
      enough: Nullable(Type.Boolean()),
      needed: Nullable(Count),
      largeAreas: Type.Array(Type.String(), { description: '责任区超过上限的督学' }),
      withoutInspector: Nullable(Count),
      firstWithout: Type.Array(Type.String()),
    }),
  ),
})
export type StaffingBoard = Static<typeof StaffingBoard>
