import { granted, type Result, refused } from '../../kernel/result.ts'
import { alonePersons } from './contract.ts'
import type { ExportRequest } from './export-contract.ts'

/** As many as one list may hold; a whole city is taken out county by county. */
export const mostPersons = 50_000
/** How long an agreed list may be taken out. */
export const grantHours = 72

/** 能否自行导出 — with masked numbers, and no more than a hundred people that day; anything else needs a second person. */
export function needsSecondPerson({ persons, plain }: { persons: number; plain: boolean }): boolean {
  return plain || persons > alonePersons
}

/** 能否自行再看 — of `persons`, whom this account would have opened and taken out alone today. */
export function maySeeAlone(persons: number): Result<true> {
  if (persons <= alonePersons) return granted(true)
  return refused({
    code: 'people.seen-alone-too-many',
    text: `加上这一次，您今天自行查看原文和导出的孩子有 ${persons} 人，超过 ${alonePersons} 人—再多就要由第二个人看过理由—请在学生名单页申请导出，由另一位管理人员审批后下载；或明天再看。`,
    facts: { persons },
  })
}

/** 能否申请 — not for nobody, not for more than one list may hold. */
export function mayAsk(persons: number): Result<number> {
  if (persons === 0)
    return refused({
      code: 'people.export-nobody',
      text: '按这些条件名单里一个人也没有，不用导出。请换一所学校或年级。',
    })
  if (persons > mostPersons)
    return refused({
      code: 'people.export-too-many',
      text: `名单有 ${persons} 人，一次最多导出 ${mostPersons} 人—名单越大，泄露的后果越重—请按学校或年级分开申请。`,
      facts: { persons },
    })
  return granted(persons)
}

/** 已经办过 — somebody else was quicker. */
export const alreadyDecided = refused({
  code: 'people.export-already-decided',
  text: '这份申请已经有人办过了。请刷新页面看结果。',
})

/** 能否审批 — by someone else than who asked, once. */
export function mayDecide(request: Pick<ExportRequest, 'own' | 'state'>): Result<true> {
  if (request.own)
    return refused({
      code: 'people.export-own-request',
      text: '不能审批自己的申请：超过 100 人的名单要由第二个人看过理由。请同一县域内的另一位管理人员审批。',
    })
  if (request.state !== 'asked') return alreadyDecided
  return granted(true)
}

/** 能否取走 — by who asked, while the agreement is fresh; `now` and the times are timestamps as PostgreSQL writes them. */
export function mayTake(
  request: Pick<ExportRequest, 'state' | 'askedAt' | 'decidedAt'>,
  now: Date,
): Result<true> {
  if (request.state !== 'granted')
    return refused({
      code: 'people.export-not-granted',
      text: '申请还没有获批，不能下载。请联系审批人，或看看是否已被退回。',
    })
  const since = new Date(request.decidedAt ?? request.askedAt)
  if (now.getTime() - since.getTime() > grantHours * 3_600_000)
    return refused({
      code: 'people.export-expired',
      text: `批准已超过 ${grantHours} 小时，名单可能变了，不能再下载。需要的话请重新申请。`,
    })
  return granted(true)
}
