import { createHash } from 'node:crypto'
import { granted, type Result, refused } from '../../kernel/result.ts'
import { schoolYearOf } from '../../kernel/school-year.ts'
import type { Scope } from '../../platform/db/scope.ts'
import type { Report } from '../../platform/jobs/jobs.ts'
import { runInWorker } from '../../platform/jobs/run-in-worker.ts'
import type { Books } from '../../records/books.ts'
import { holdBooksStill } from '../../records/registry/begin-writing.ts'
import type { PublishedValue } from '../../records/series/published-value.ts'
import type { ForecastGround, ForecastTask, ForecastValue } from './forecast-ground.ts'
import { classSizesByYear, forecastParameters } from './forecast-parameters.ts'
import { readGround } from './read-ground.ts'
import type { Assumptions } from './scenario-contract.ts'

/** 算法版本 — rises whenever the same books and plan would give other figures. */
export const engineVersion = 'forecast-1 seats-1'

/** 测算请求 — what is stored with a publication and suffices, with the books, to compute it again. */
export interface ForecastRequest {
  readonly asOf: string
  readonly counties: readonly number[]
  readonly seed: number
  /** A saved scenario; absent for the base ones. */
  readonly assumed?: {
    readonly scenarioId: number
    readonly revision: number
    readonly author: string
    readonly assumptions: Assumptions
  }
}

/** 测算结果 — the values, when the books were read, and what identifies the inputs. */
export interface ForecastRun {
  readonly values: readonly PublishedValue[]
  readonly knownAt: string
  readonly inputs: Readonly<Record<string, unknown>>
}

/**
 * 测算 — reads the books of the counties as of a day and computes every value, the heavy part in a thread of its own.
 *
 * `knownAt` reads the books as they were known at an earlier moment (recomputation); without it the books are
 * held still and the moment is taken. Refused when a parameter forbids it or no pupils are on file.
 */
export async function runForecast(
  books: Books,
  request: ForecastRequest,
  at: { readonly report: Report; readonly signal?: AbortSignal; readonly knownAt?: string },
): Promise<Result<ForecastRun>> {
  const parameters = forecastParameters(books.plan, request.asOf)
  if (!parameters.ok) return parameters
  const { until, draws, entryAges, variants, completeFrom } = parameters.value
  at.report(0, 4, '读取台账')
  const now = schoolYearOf(request.asOf)
  const scope: Scope = {
    counties: request.counties,
    asOf: request.asOf,
    ...(at.knownAt && { knownAt: at.knownAt }),
  }
  const { ground, knownAt } = await books.db.transaction(scope, async (tx) => {
    const moment = at.knownAt ?? (await holdBooksStill(tx, request.counties))
    return { ground: await readGround(tx, now, until), knownAt: moment }
  })
  const assumed = request.assumed
  const choice = assumed?.assumptions.classSize ?? 'standard'
  const sizes = classSizesByYear(books.plan, { from: ground.firstYear, now, until }, request.asOf, choice)
  if (!sizes.ok) return sizes
  const task: ForecastTask = {
    ground,
    until,
    draws,
    entryAges,
    completeFrom,
    seed: request.seed,
    sizes: sizes.value,
    variants: assumed
      ? variants
          .filter(({ id }) => id === assumed.assumptions.births)
          .map(({ factor }) => ({ id: scenarioKey(assumed.scenarioId), factor }))
      : variants,
    ...(assumed && {
      assumed: {
        id: scenarioKey(assumed.scenarioId),
        author: assumed.author,
        assumptions: assumed.assumptions,
      },
    }),
  }
  const values = await computeAll(task, at)
  if (values.length === 0) return nothingOnFile(request.asOf)
  return granted({ values: values.map((value) => located(value, ground)), knownAt, inputs: digest(task) })
}

/** 情景代号 — how a saved scenario is named in addresses and series. */
export function scenarioKey(scenarioId: number): string {
  return `s${scenarioId}`
}

/** A scenario is computed beside the middle one on the same ground, so that their difference is its assumptions' alone. */
async function computeAll(
  task: ForecastTask,
  { report, signal }: { readonly report: Report; readonly signal?: AbortSignal },
): Promise<ForecastValue[]> {
  const module = new URL('./compute-forecast.ts', import.meta.url)
  const run = (each: ForecastTask) => runInWorker<ForecastTask, ForecastValue[]>(module, each, report, signal)
  if (!task.assumed) return run(task)
  const own = await run(task)
  const { assumed: _, ...plain } = task
  const beside = await run({ ...plain, variants: [{ id: 'mid', factor: 1 }] })
  return [...own, ...beside.filter(({ measure }) => measure === 'demand')]
}

function nothingOnFile(asOf: string) {
  return refused({
    code: 'seats.no-enrolment',
    text: `截至 ${asOf} 的在校生数—台账里没有，无法推算—请先导入至少三年的在校生，再测算。`,
  })
}

function located({ unit, ...value }: ForecastValue, ground: ForecastGround): PublishedValue {
  const { unitId, countyId } = ground.units[unit]!
  return { ...value, unitId, countyId }
}

/** Arrays enter as their hashes: the whole is hashed again when it is published. */
function digest({ ground, ...task }: ForecastTask): Record<string, unknown> {
  const bytes = (array: Float64Array | Uint8Array | undefined) =>
    array &&
    createHash('sha256')
      .update(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
      .digest('hex')
  return {
    ...task,
    units: ground.units,
    firstYear: ground.firstYear,
    years: ground.years,
    enrolment: bytes(ground.enrolment),
    present: bytes(ground.present),
    births: ground.births && { ...ground.births, cells: bytes(ground.births.cells) },
    premises: createHash('sha256').update(JSON.stringify(ground.premises)).digest('hex'),
    notes: ground.notes,
  }
}
