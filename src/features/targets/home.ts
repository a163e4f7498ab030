import type { HomePart } from '../../kernel/home-part.ts'
import type { BooksHome, HomeAsking } from '../../records/books.ts'
import { targetAccess } from './access.ts'
import { answerBoard } from './answer-targets.ts'
import type { Sign } from './contract.ts'

/** 目标工作台 — how many targets the places in sight are behind or have missed. */
export const targetHome: BooksHome = {
  may: targetAccess.read,
  cards: ['targets.behind'],
  slow: true,
  gather: gatherTargets,
}

const short: readonly Sign[] = ['missed', 'behind']

async function gatherTargets(asking: HomeAsking): Promise<HomePart> {
  const answer = await answerBoard(asking)
  if (!answer.ok) return { cards: [{ ...card, count: null, change: answer.refusal.text, light: 'none' }] }
  const { targets, places } = answer.value
  const names = new Map(places.map(({ unitId, name }) => [unitId, name]))
  const cells = targets.flatMap(({ zh, cells: of }) => of.map((cell) => ({ zh, ...cell })))
  const behind = short.flatMap((sign) => cells.filter((cell) => cell.sign === sign))
  const missed = behind.filter(({ sign }) => sign === 'missed').length
  const missing = cells.filter(({ sign }) => sign === 'missing').length
  return {
    cards: [
      {
        ...card,
        count: behind.length,
        change: `${missed > 0 ? `其中到期未达 ${missed} 项；` : ''}另有 ${missing} 项缺数据，不能判断`,
        light: missed > 0 ? 'red' : behind.length > 0 ? 'yellow' : 'none',
        lines: behind.slice(0, 5).map(({ zh, unitId, words }) => `${names.get(unitId)}：${zh} ${words}`),
      },
    ],
  }
}

const card = {
  id: 'targets.behind',
  zh: '落后的目标',
  unit: '项',
  act: { zh: '看目标任务', to: '/targets' },
} as const
