export { type BoundStatement, bindPlanSql } from './bind-plan-sql.ts'
export { checkParameters, parametersNamed } from './check-parameters.ts'
export { checkPlan, type ItemCount, type PaperReport } from './check-plan.ts'
export type { CoverageDuty, CoverageSubject, Force } from './coverage-duty.ts'
export type { DataCheck } from './data-check.ts'
export { dueLights } from './due-lights.ts'
export type { Duty, Item, Target } from './duty.ts'
export type { Term } from './glossary.ts'
export type { GoldenCase } from './golden-case.ts'
export type { Indicator } from './indicator.ts'
export type { IndicatorRule } from './indicator-rule.ts'
export { carriageOf, type ItemCarriage } from './item-carriers.ts'
export type { KnownDatum } from './known-datum.ts'
export { loadPlan, type PlanReading, readPlan } from './load-plan.ts'
export type { Manifest } from './manifest.ts'
export { overdueParameters } from './overdue-parameters.ts'
export type { Paper } from './paper.ts'
export { type PaperTemplate, placesOf, type TemplateBlock, type TemplateRows } from './paper-template.ts'
export { numberParameter, type ParameterDays, type ParameterValue, parameter } from './parameter.ts'
export { type ParameterReaders, parameterReaders } from './parameter-readers.ts'
export type { LayeredStandard, Plan } from './plan.ts'
export type { Reading } from './reading.ts'
export {
  type Field,
  type FormSubject,
  fieldsOf,
  type ReturnForm,
  type Rhythm,
} from './return-form.ts'
export type { Cite, Standard } from './standard.ts'
export { term } from './term.ts'
export { sourceWords, traceParameter, valueWords } from './trace-parameter.ts'
export type { ViolationList } from './violation-list.ts'
export { type OwnParameter, withOwnValues } from './with-own-values.ts'
