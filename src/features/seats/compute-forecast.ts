import type { Report } from '../../platform/jobs/jobs.ts'
import { bandRecord } from './band-record.ts'
import { demandValues, noteValues, recordValues } from './demand-values.ts'
import type { ForecastTask, ForecastValue } from './forecast-ground.ts'
import { historyValues } from './history-values.ts'
import { projectTask } from './project-task.ts'
import { supplyValues } from './supply-values.ts'

/** 推算全部 — every value that one publication states; runs in a thread of its own. Empty when no pupils are on file. */
export function compute(task: ForecastTask, report: Report): ForecastValue[] {
  report(1, 4, '推算各单位、年级与情景')
  const projection = projectTask(task)
  if (!projection) return []
  report(2, 4, '核对历年区间')
  const record = [...recordValues(projection, task.ground), ...bandRecord(task)]
  report(3, 4, '汇总学位供给')
  return [
    ...historyValues(task.ground, projection.asOf),
    ...demandValues(projection),
    ...supplyValues(task.ground, task.until, task.sizes),
    ...record,
    ...noteValues(projection, task.ground),
  ]
}
