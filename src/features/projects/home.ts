import type { HomePart } from '../../kernel/home-part.ts'
import type { BooksHome, HomeAsking } from '../../records/books.ts'
import { projectAccess } from './access.ts'
import { readBoard } from './routes.ts'
import { sum } from './rules.ts'

/** 项目工作台 — projects late, in no plan, or short of money. */
export const projectHome: BooksHome = {
  may: projectAccess.read,
  cards: ['projects.troubled'],
  gather: gatherProjects,
}

const fenPerWanYuan = 1_000_000

async function gatherProjects({ context, scope, today }: HomeAsking): Promise<HomePart> {
  const { projects, counties } = await readBoard(context, scope, today)
  const troubled = projects.filter(({ light }) => light !== 'green')
  const unplanned = sum(counties.map((county) => county.unplanned))
  const short = counties.filter(({ shortFen }) => (shortFen ?? 0) > 0)
  const shortWanYuan = sum(short.map(({ shortFen }) => shortFen ?? 0)) / fenPerWanYuan
  const money =
    short.length === 0
      ? ''
      : `；到今年应到位的资金，${short.length} 个县（市、区）还差 ${Math.round(shortWanYuan).toLocaleString('zh-CN')} 万元`
  return {
    cards: [
      {
        id: 'projects.troubled',
        zh: '要管的项目',
        count: troubled.length,
        unit: '个',
        change:
          projects.length === 0
            ? '台账里还没有项目，应由各县登记'
            : `项目共 ${projects.length} 个，未入规划 ${unplanned} 个${money}`,
        light: troubled.some(({ light }) => light === 'red')
          ? 'red'
          : troubled.length > 0
            ? 'yellow'
            : 'none',
        lines: troubled.slice(0, 5).map(({ county, name, words }) => `${county} ${name}：${words}`),
        act: { zh: '看项目', to: '/projects' },
      },
    ],
  }
}
