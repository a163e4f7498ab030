import type { HomePart } from '../../kernel/home-part.ts'
import type { BooksHome, HomeAsking } from '../../records/books.ts'
import { seatsAccess } from './access.ts'
import { askedOf, ownPart, readSeats } from './read-seats.ts'
import { warningsAnswer } from './warnings-answer.ts'

/** 学位工作台 — where seats will be short, the nearest and largest first. */
export const seatsHome: BooksHome = {
  may: seatsAccess.read,
  cards: ['seats.short'],
  gather: gatherSeats,
}

async function gatherSeats({ context, visitor, scope }: HomeAsking): Promise<HomePart> {
  const asked = askedOf({}, visitor, context)
  return context.db.transaction(scope, async (tx) => {
    const read = await readSeats(tx, context, asked, visitor)
    // A visitor without a county of their own in sight has no board.
    if (!('ok' in read)) return {}
    if (!read.ok) return { cards: [{ ...card, count: null, change: read.refusal.text, light: 'none' }] }
    if (!ownPart(read.value))
      return {
        cards: [{ ...card, count: null, change: '还没有测算；请到“学位供需”页测算', light: 'none' }],
      }
    const short = (await warningsAnswer(tx, read.value, visitor)).filter(({ sign }) => sign === 'shortage')
    const [first] = short
    return {
      cards: [
        {
          ...card,
          count: short.length,
          change: first ? `最早出现在 ${first.first} 年` : '预测期内没有缺口预警',
          light: short.some(({ persistent }) => persistent) ? 'red' : first ? 'yellow' : 'none',
          lines: short.slice(0, 5).map(({ text }) => text),
        },
      ],
    }
  })
}

const card = {
  id: 'seats.short',
  zh: '学位缺口预警',
  unit: '处',
  act: { zh: '看学位供需', to: '/seats' },
} as const
