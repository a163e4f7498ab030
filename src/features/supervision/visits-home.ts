import type { HomeCard } from '../../kernel/home-part.ts'
import { limitsOf } from '../../platform/access/limits-of.ts'
import { admit } from '../../platform/access/policy.ts'
import type { HomeAsking } from '../../records/books.ts'
import { findingAccess } from './access.ts'
import { visitsOfTerm } from './visits.ts'

/** 入校工作台 — for an inspector: which schools of the own area are still short of visits this term, and who was visited today. */
export async function visitCards({ context: { db, plan }, visitor, today }: HomeAsking): Promise<HomeCard[]> {
  const inspector = admit(findingAccess['judge-inspector'], visitor)
  if (!inspector) return []
  const { term, perTerm, isShort, schools } = await db.transaction(
    { ...limitsOf(inspector), asOf: today },
    (tx) => visitsOfTerm(tx, plan, today),
  )
  const short = schools.filter(isShort)
  const visitedToday = schools.filter(({ last }) => last === today).length
  return [
    {
      id: 'visits.short',
      zh: '入校次数不够的学校',
      count: perTerm === null ? null : short.length,
      unit: '所',
      change:
        perTerm === null
          ? `每校每学期应入校几次还没有录入，不能判断；今天入校 ${visitedToday} 所`
          : `${term}责任区 ${schools.length} 所，已达 ${perTerm} 次的 ${schools.length - short.length} 所；今天入校 ${visitedToday} 所`,
      light: short.length > 0 ? 'yellow' : 'none',
      lines: short.slice(0, 3).map(({ name, visits }) => `${name} ${visits} 次`),
      act: { zh: '记一次入校', to: '/visits/new' },
    },
  ]
}
