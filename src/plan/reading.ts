import Type from 'typebox'

/** 编号 — lower-case words joined by `-`, groups joined by `.`: `class-size.primary`. */
export const IdShape = Type.String({ pattern: '^[a-z0-9]+([.-][a-z0-9]+)*$' })

/** 日期 — an ISO day. Kept as text: a day in Pingdingshan must not move with a time zone. */
export const DayShape = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' })

/** 学段 — the kernel's stages, as a file may name them. */
export const StageShape = Type.Union(
  (['preschool', 'primary', 'junior', 'senior', 'vocational', 'special'] as const).map((stage) =>
    Type.Literal(stage),
  ),
)

/** 读法 — one of the ways a text may be read, and what comes out differently. Reports show all of them. */
export const ReadingShape = Type.Object(
  { id: IdShape, zh: Type.String({ minLength: 1 }), differs: Type.String({ minLength: 1 }) },
  { additionalProperties: false },
)

export type Reading = Type.Static<typeof ReadingShape>
