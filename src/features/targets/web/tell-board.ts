import type { Sign, TargetBoard } from '../contract.ts'

/** Names listed in a sentence; the rest are counted. */
const named = 4

const groups: readonly (readonly [readonly Sign[], string])[] = [
  [['reached', 'on-path'], '已达到或按进度'],
  [['behind', 'missed'], '落后'],
  [['open'], '有数但不评判'],
  [['idle'], '不作要求'],
  [['missing'], '缺数据、不能判断'],
]

/**
 * 用话说 — how many targets a place has reached or is on the way to, which hold back and where, what is missing.
 *
 * `leadId` is the place the sentence speaks of: the city, or the one county in view.
 */
export function tellBoard(board: TargetBoard, leadId: number): string {
  const lead = board.places.find(({ unitId }) => unitId === leadId)
  const signed = board.targets.map(({ targetId, cells }) => ({
    targetId,
    cells,
    sign: cells.find(({ unitId }) => unitId === leadId)?.sign ?? 'missing',
  }))
  const counts = groups.flatMap(([signs, words]) => {
    const own = signed.filter(({ sign }) => signs.includes(sign))
    return own.length === 0
      ? []
      : [`${own.length} 项${words}（${own.map(({ targetId }) => targetId).join('、')}）`]
  })
  const head = `到 ${board.endYear} 年的 ${board.targets.length} 项目标中，${lead?.name ?? ''}有 ${counts.join('，')}。`
  const behind = signed
    .filter(({ sign }) => sign === 'behind' || sign === 'missed')
    .flatMap(({ targetId, cells }) => heldBackBy(board, leadId, targetId, cells))
  return [head, ...behind, owing(board)].filter((sentence) => sentence !== '').join('')
}

function heldBackBy(
  board: TargetBoard,
  leadId: number,
  targetId: string,
  cells: TargetBoard['targets'][number]['cells'],
): string[] {
  const names = cells
    .filter(({ unitId, sign }) => unitId !== leadId && (sign === 'behind' || sign === 'missed'))
    .map(({ unitId }) => board.places.find((place) => place.unitId === unitId)?.name ?? '')
  return names.length === 0 ? [] : [`${targetId} 落后的是${listed(names, '个县（市、区）')}。`]
}

function owing(board: TargetBoard): string {
  const owners = [...new Set(board.owed.map(({ owedBy }) => owedBy))]
  return owners.length === 0 ? '' : `缺的数据要由${listed(owners, '方')}提供。`
}

function listed(names: readonly string[], unit: string): string {
  const first = names.slice(0, named).join('、')
  return names.length > named ? `${first}等 ${names.length} ${unit}` : first
}
