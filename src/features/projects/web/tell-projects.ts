import type { ProjectBoard } from '../contract.ts'

/** 写金额 — 分 as 万元 with one decimal, no decimals above a thousand; what nobody filed is 缺数据. */
export function wanYuan(fen: number | null): string {
  if (fen === null) return '缺数据'
  const wan = fen / 1_000_000
  return wan.toLocaleString('zh-CN', { maximumFractionDigits: Math.abs(wan) >= 1000 ? 0 : 1 })
}

/** 项目范围 — cut to the county chosen in the shell; seats by year are those of the projects left. */
export function boardOf(board: ProjectBoard, county: string): ProjectBoard {
  const own = ({ countyId }: { readonly countyId: number }) => String(countyId) === county
  if (!board.counties.some(own)) return board
  const projects = board.projects.filter(own)
  const years = board.years.flatMap(({ year }) => {
    const of = projects.filter(({ openYear }) => openYear === year)
    const seats = (some: typeof of) => some.reduce((total, each) => total + (each.seats ?? 0), 0)
    return of.length === 0
      ? []
      : [
          {
            year,
            projects: of.length,
            seats: seats(of),
            openedSeats: seats(of.filter(({ opened }) => opened)),
          },
        ]
  })
  return { ...board, counties: board.counties.filter(own), projects, years }
}

/** 项目回答 — how many, how many seats, what is late, in no plan, or short of money. */
export function tellProjects({ counties, projects }: ProjectBoard): string {
  if (projects.length === 0) return '还没有登记的项目。'
  const sum = (of: (county: ProjectBoard['counties'][number]) => number | null) =>
    counties.reduce((total, county) => total + (of(county) ?? 0), 0)
  const unfiled = sum((county) => county.unfiled)
  const silent = unfiled > 0 ? `；${unfiled} 个项目没有填报资金，不在其内` : ''
  return `共 ${projects.length} 个项目，建成后增加学位 ${sum(({ seats }) => seats).toLocaleString('zh-CN')} 个；进度有迟误的 ${sum(({ late }) => late)} 个，没有纳入任何区域发展规划的 ${sum(({ unplanned }) => unplanned)} 个。资金算到今年应到位 ${wanYuan(sum(({ dueFen }) => dueFen))} 万元，已到位 ${wanYuan(sum(({ paidFen }) => paidFen))} 万元，逐年看差 ${wanYuan(sum(({ shortFen }) => shortFen))} 万元${silent}。`
}
