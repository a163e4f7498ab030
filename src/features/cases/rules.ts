/** 一天的数 — an indicator on a day; null where it is not known. */
export interface DayFigure {
  readonly value: number | null
  readonly rate: boolean
  /** Tells one definition with its parameters from another. */
  readonly definition: string
}

/**
 * 成效说法 — the difference of the same indicator between two days, with whether it is for the better.
 *
 * It says what changed beside the case, not that the case changed it; one side unknown or counted by other parameters, there
 * is nothing to compare.
 */
export function tellEffect(
  before: DayFigure | null,
  after: DayFigure | null,
  direction: string | undefined,
): string {
  if (!before || !after || before.value === null || after.value === null) return '前后有一天缺数据，不能比较'
  if (before.definition !== after.definition) return '前后两天按规定所用的参数不同，口径不一，不能直接比较'
  const more = after.value - before.value
  if (Math.abs(more) < smallest) return '前后没有变化'
  const size = after.rate
    ? `${(Math.abs(more) * 100).toFixed(2)} 个百分点`
    : Math.abs(more).toLocaleString('zh-CN')
  const turn = more > 0 ? `上升 ${size}` : `下降 ${size}`
  if (direction !== 'up' && direction !== 'down') return turn
  return more > 0 === (direction === 'up') ? `${turn}，向好` : `${turn}，变差`
}

/** Differences of two quotients below this are the machine's, not the county's. */
const smallest = 1e-9
