import Type, { type Static } from 'typebox'
import { Answer, closed, Day, FieldName, Id, Moment, Nullable, Words } from './cell-contract.ts'
import { Facts, FormShown, RuleShown } from './form-contract.ts'

/** 报表总表 — a form and period, of all counties in sight or one; as of a past day, if asked. */
export const SheetQuery = Type.Object({
  form: Words(80),
  period: Words(30),
  county: Type.Optional(Id),
  asOf: Type.Optional(Day),
})

/** 报表总表 — every subject of a form as one row; `values`, `origins` and `before` stand in the order of the form's questions. */
export const FormSheetShown = Type.Object({
  form: FormShown,
  period: Type.Object({ id: Words(30), zh: Words(60), dueOn: Type.String({ format: 'date' }) }),
  rules: Type.Array(RuleShown),
  parameters: Type.Record(Type.String(), Type.Union([Type.Number(), Type.String()])),
  you: Words(100),
  past: Nullable(Moment),
  rows: Type.Array(
    Type.Object({
      countyId: Id,
      subjectId: Id,
      name: Words(100),
      filingId: Nullable(Id),
      stands: Words(60),
      writable: Type.Boolean(),
      values: Type.Array(Nullable(Answer)),
      /** Whose word it is where nobody wrote it here: 上期, or the book that knows it. */
      origins: Type.Array(Type.String()),
      /** What was approved a period before; empty where nothing was. */
      before: Type.Array(Nullable(Answer)),
      /** 待核: what is asked about a cell and has no answer yet. */
      marks: Type.Array(
        Type.Object({ field: FieldName, why: Words(500), markedBy: Words(60), markedAt: Moment }),
      ),
      facts: Facts,
    }),
  ),
})
export type FormSheetShown = Static<typeof FormSheetShown>

const SheetCell = { subjectId: Id, field: FieldName }

/** 保存总表 — cells of many subjects, each as it stood before the writer's eyes. */
export const SheetBody = Type.Object(
  {
    form: Words(80),
    period: Words(30),
    cells: Type.Array(
      Type.Object({ ...SheetCell, written: Type.String({ maxLength: 4000 }), saw: Nullable(Answer) }, closed),
      { minItems: 1, maxItems: 20_000 },
    ),
  },
  closed,
)
export const SheetSaved = Type.Object({
  saved: Type.Array(Type.Object({ ...SheetCell, value: Nullable(Answer) })),
  unmerged: Type.Array(
    Type.Object({
      ...SheetCell,
      yours: Nullable(Answer),
      now: Nullable(Answer),
      writtenBy: Nullable(Type.String()),
    }),
  ),
  wrong: Type.Array(Type.Object({ ...SheetCell, says: Words(1000) })),
})
export type SheetSaved = Static<typeof SheetSaved>
