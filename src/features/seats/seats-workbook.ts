import type { WrittenSheet } from '../../platform/sheets/written-sheet.ts'
import { type BoardAnswer, basisNames, stageNames } from './contract.ts'

/** 导出说明 — what stands around the figures, so that a printed sheet explains itself. */
export interface SheetNotes {
  readonly cityName: string
  readonly synthetic: boolean
  readonly scenarioName: string
}

/** 总表工作簿 — the board, the assumptions it rests on and the notes; the number of rows is stated. */
export function seatsSheets(board: BoardAnswer, notes: SheetNotes): WrittenSheet[] {
  const rows = board.rows.flatMap((row) => row.cells.map((cell) => ({ row, cell })))
  const head = `${notes.cityName} ${board.parent.name}${stageNames[board.stage]}学位供需（${notes.scenarioName}，${basisNames[board.basis]}）`
  const mark = notes.synthetic ? ['合成数据：仅供演示，不代表任何真实学校'] : []
  return [
    {
      name: '学位供需',
      captions: [head, ...mark, `台账截至 ${board.published?.asOf ?? board.asOf}，共 ${rows.length} 行`],
      columns: [
        { header: '单位代码', kind: 'text' },
        { header: '单位', kind: 'text', width: 18 },
        { header: '学年', kind: 'integer' },
        { header: '判断', kind: 'text' },
        { header: '余缺（需求减供给，个）', kind: 'integer' },
        { header: '需求（人）', kind: 'integer' },
        { header: '区间下限', kind: 'integer' },
        { header: '区间上限', kind: 'integer' },
        { header: '按教室推算学位（个）', kind: 'integer' },
        { header: '核定规模（个）', kind: 'integer' },
        { header: '未报教室数、以核定代替（所）', kind: 'integer' },
        { header: '未报核定、以教室代替（所）', kind: 'integer' },
        { header: '缺数据', kind: 'text', width: 40 },
      ],
      rows: rows.map(({ row, cell }) => [
        String(row.unit.unitId),
        row.unit.name,
        cell.year,
        signWords[cell.sign],
        rounded(cell.gap),
        rounded(cell.demand?.mean),
        rounded(cell.demand?.lo80),
        rounded(cell.demand?.hi80),
        cell.rooms,
        cell.approved,
        cell.substituted.rooms,
        cell.substituted.approved,
        cell.missing
          ? `${cell.missing.where}的${cell.missing.of}${cell.missing.owedBy ? `（${cell.missing.owedBy}）` : ''}`
          : '',
      ]),
    },
    notesSheet(board, head, mark),
  ]
}

const signWords = { shortage: '缺', surplus: '余', even: '≈', missing: '缺数据', absent: '不设' } as const

const rounded = (value: number | null | undefined) =>
  value === null || value === undefined ? null : Math.round(value)

function notesSheet(board: BoardAnswer, head: string, mark: readonly string[]): WrittenSheet {
  const published = board.published
  const lines: [string, string][] = [
    ['标题', head],
    ...mark.map((text): [string, string] => ['数据性质', text]),
    ['结论', board.answer],
    ...board.rows.map((row): [string, string] => [row.unit.name, row.words]),
    ...board.notices.map((notice): [string, string] => ['提示', notice.text]),
    ...board.quotes.map((quote): [string, string] => [
      `依据 ${quote.item ?? ''}`,
      `“${quote.quote}”（${quote.zh}）`,
    ]),
    ['判断规则', '缺：区间下限超过现有学位；余：区间上限低于现有学位；≈：区间跨过现有学位，暂不预警'],
    ['需求口径', '在校生口径：按就读地计，不是户籍地'],
    ['测算编号', String(published?.seriesId ?? '')],
    ['台账取数时间', published?.knownAt ?? ''],
    ['规划数据版本', published?.planVersion ?? ''],
    ['算法版本', published?.engineVersion ?? ''],
    ['输入摘要', published?.inputsHash ?? ''],
  ]
  return {
    name: '说明',
    columns: [
      { header: '项目', kind: 'text', width: 18 },
      { header: '内容', kind: 'text', width: 100 },
    ],
    rows: lines,
  }
}
