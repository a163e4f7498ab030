import Type from 'typebox'
import { stages } from '../kernel/stage.ts'

/** 编号 — lower-case words joined by `-`, groups joined by `.`: `class-size.primary`. */
export const IdShape = Type.String({ pattern: '^[a-z0-9]+([.-][a-z0-9]+)*$' })

/** 任务项编号 — a target, a measure's or an organisation section's item: `T5`, `M1.2`, `O0`. */
export const ItemIdShape = Type.String({ pattern: '^([TO]\\d+|[MO]\\d+\\.\\d+)$' })

/** 日期 — an ISO day. Kept as text: a day in Pingdingshan must not move with a time zone. */
export const DayShape = Type.String({ pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' })

/** 学段 — the kernel's stages, as a file may name them. */
export const StageShape = Type.Enum(stages)

/**
 * 读法 — one of the ways the words `of` may be read, and what comes out differently.
 *
 * Readings of the same words are alternatives; reports show all of them.
 */
export const ReadingShape = Type.Object(
  {
    of: Type.String({ minLength: 1 }),
    id: IdShape,
    zh: Type.String({ minLength: 1 }),
    differs: Type.String({ minLength: 1 }),
  },
  { additionalProperties: false },
)

export type Reading = Type.Static<typeof ReadingShape>
