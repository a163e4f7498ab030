import type { HomePart } from '../../kernel/home-part.ts'
import type { BooksHome, HomeAsking } from '../../records/books.ts'
import { taskAccess } from './access.ts'
import { gatherFacts } from './gather-facts.ts'
import { taskBoard } from './task-board.ts'

/** 任务工作台 — how many items lag in the counties in sight, and where the most. */
export const taskHome: BooksHome = {
  may: taskAccess.read,
  cards: ['tasks.lagging'],
  slow: true,
  gather: gatherTasks,
}

async function gatherTasks({ context, scope, today }: HomeAsking): Promise<HomePart> {
  const { owners, sections } = taskBoard(context.plan, await gatherFacts(context, { ...scope, asOf: today }))
  const red = owners.reduce((sum, { counts }) => sum + counts.red, 0)
  const without = owners.reduce((sum, county) => sum + county.without, 0)
  return {
    cards: [
      {
        id: 'tasks.lagging',
        zh: '滞后的任务',
        count: red,
        unit: '项',
        change: `还有 ${without} 项没有落实责任`,
        light: red > 0 ? 'red' : without > 0 ? 'yellow' : 'none',
        lines:
          owners.length > 1
            ? owners
                .toSorted((one, other) => other.counts.red - one.counts.red)
                .flatMap(({ name, counts }) => (counts.red > 0 ? [`${name} ${counts.red} 项`] : []))
                .slice(0, 5)
            : sections
                .flatMap(({ sectionId, zh, cells }) =>
                  cells.some(({ light }) => light === 'red') ? [`${sectionId} ${zh}`] : [],
                )
                .slice(0, 5),
        act: { zh: '看责任矩阵', to: '/tasks' },
      },
    ],
  }
}
