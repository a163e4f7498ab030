import { dueLights, type Plan, quotedWords } from '../../plan/index.ts'
import type { WrittenSheet } from '../../platform/sheets/written-sheet.ts'
import type { TaskBoard } from './contract.ts'
import type { FactBook } from './gather-facts.ts'
import { judgeItem, progressNames } from './rules.ts'
import { sectionsOf } from './sections.ts'

/** 责任矩阵工作簿 — the matrix, and the list of every item in every county with who, what, until when, and why it stands so. */
export function taskSheets(
  plan: Plan,
  board: TaskBoard,
  book: FactBook,
  { cityName, synthetic }: { readonly cityName: string; readonly synthetic: boolean },
): WrittenSheet[] {
  const captions = [
    `${cityName}任务清单与责任矩阵，台账截至 ${board.asOf}，规划数据版本 ${plan.version.slice(0, 12)}`,
    ...(synthetic ? ['合成数据，仅供演示，不代表任何真实单位'] : []),
  ]
  return [
    { name: '矩阵', captions, ...matrixTable(board) },
    { name: '任务清单', captions, ...itemTable(plan, book) },
  ]
}

type Table = Pick<WrittenSheet, 'columns' | 'rows'>
const text = (header: string, width: number) => ({ header, kind: 'text', width }) as const

function matrixTable({ places, sections }: TaskBoard): Table {
  return {
    columns: [
      text('编号', 8),
      text('任务', 30),
      { header: '任务项', kind: 'integer', width: 8 },
      ...places.map(({ name }) => text(name, 14)),
    ],
    rows: sections.map(({ sectionId, zh, items, cells }) => [
      sectionId,
      zh,
      items,
      ...cells.map(({ words }) => words),
    ]),
  }
}

const itemColumns = [
  text('县（市、区）', 14),
  text('编号', 8),
  text('任务', 24),
  text('原文', 50),
  text('牵头单位', 16),
  text('配合单位', 20),
  text('具体措施', 40),
  text('责任人', 12),
  text('完成时限', 12),
  text('文件时限', 12),
  text('状态', 8),
  text('理由', 60),
  text('所报进展', 10),
  text('佐证', 40),
] as const

function itemTable(plan: Plan, book: FactBook): Table {
  const day = { today: book.asOf, lightOf: dueLights(plan, book.asOf) }
  const items = sectionsOf(plan).flatMap(({ zh, items: of }) => of.map((item) => ({ zh, item })))
  return {
    columns: itemColumns,
    rows: book.places.flatMap(({ countyId, name }) =>
      items.map(({ zh, item }) => {
        const facts = book.of(countyId, item)
        const { owner, progress } = facts
        const { words, reasons } = judgeItem(facts, day)
        return [
          name,
          item.id,
          zh,
          quotedWords(item),
          owner?.lead,
          owner?.partners,
          owner?.measure,
          owner?.person,
          owner?.dueOn,
          item.due,
          words,
          reasons.map(({ says }) => says).join('；'),
          progress && progressNames[progress.status],
          [progress?.evidence, progress?.document].filter(Boolean).join('；'),
        ]
      }),
    ),
  }
}
