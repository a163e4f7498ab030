import { granted, type Result } from '../../kernel/result.ts'
import { actsAllowed, mayActFor, reaches } from '../../platform/access/policy.ts'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { notFound } from '../../platform/http/route.ts'
import { announce } from '../../platform/webhooks/announce.ts'
import { type BooksRoute, bookDay, booksRoute, type ServedSite } from '../../records/books.ts'
import { institutionHistory } from '../../records/registry/reads/institution-history.ts'
import { listCounties } from '../../records/registry/reads/list-units.ts'
import { searchRegistry } from '../../records/registry/reads/search-registry.ts'
import { institutionAccess } from './access.ts'
import { ActBody, ActDone, OpeningBody } from './act-contract.ts'
import {
  AsOf,
  CountyList,
  FoundList,
  InstitutionFile,
  InstitutionId,
  InstitutionPageAnswer,
  ListQuery,
  SearchQuery,
  UnitList,
  UnitsQuery,
} from './contract.ts'
import { institutionFile } from './institution-file.ts'
import { mayChange, recordChange, recordOpening } from './record-change.ts'
import { findUnitName, listChildren, listOwnCounties, listRows } from './store.ts'

const found = 20

const on = (site: ServedSite, query: { asOf?: string | undefined }) => ({ asOf: query.asOf ?? bookDay(site) })

/** 查阅接口 — counties, units, search, the list of institutions and each one's file. */
const readings: readonly BooksRoute[] = [
  booksRoute({
    method: 'GET',
    path: '/api/counties',
    summary: '本人管辖的县（市、区）',
    may: institutionAccess.read,
    answer: CountyList,
    handle: ({ context, scope }) => context.db.transaction(scope(), listOwnCounties),
  }),
  booksRoute({
    method: 'GET',
    path: '/api/search',
    summary: '按名称、拼音首字母或代码查找单位和机构',
    may: institutionAccess.read,
    query: SearchQuery,
    answer: FoundList,
    handle: ({ context, visitor, query, scope }) =>
      context.db.transaction(scope(on(context.site, query)), async (tx) => {
        const names = new Map((await listCounties(tx)).map(({ countyId, name }) => [countyId, name]))
        const own = visitor.institutions
        const all = await searchRegistry(tx, query.text, own === undefined ? found : Number.MAX_SAFE_INTEGER)
        return all
          .filter(({ subject, id }) => own === undefined || (subject === 'institution' && own.includes(id)))
          .map(({ subject: kind, id, name, code, countyId, within, kind: level }) => ({
            kind,
            id,
            countyId,
            level,
            name,
            code,
            where: [names.get(countyId), within].filter((part) => part && part !== name).join(' '),
          }))
      }),
  }),
  booksRoute({
    method: 'GET',
    path: '/api/units',
    summary: '行政区划树中一个单位的下级单位',
    may: institutionAccess['list-units'],
    query: UnitsQuery,
    answer: UnitList,
    handle: ({ context, query, scope }) =>
      context.db.transaction(scope(on(context.site, query)), (tx) => listChildren(tx, query.parent)),
  }),
  booksRoute({
    method: 'GET',
    path: '/api/institutions',
    summary: '机构列表：按县、单位、学段、类别、办学性质、名称筛选，分页',
    may: institutionAccess.read,
    query: ListQuery,
    answer: InstitutionPageAnswer,
    handle: async ({ context, visitor, query, scope }) => {
      if (query.county !== undefined && !mayActFor(visitor, [query.county])) return notFound
      const { cityId } = context.site
      return context.db.transaction(scope(on(context.site, query)), async (tx) => {
        const unit = query.unit === undefined ? null : await findUnitName(tx, query.unit)
        if (unit === undefined) return notFound
        const listed = await listRows(tx, { ...query, cityId })
        return {
          ...listed,
          unit,
          page: query.page ?? 1,
          pageSize: query.pageSize ?? 100,
          mayAct: actsAllowed(institutionAccess, visitor, {}).includes('record'),
        }
      })
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/institutions/{institutionId}',
    summary: '一校一档：登记事实及其凭据、校舍、历年各年级在校生、教师、沿革、所属关系',
    may: institutionAccess.read,
    params: InstitutionId,
    query: AsOf,
    answer: InstitutionFile,
    handle: async ({ context, visitor, params, query, scope }) => {
      if (!reaches(visitor, { institution: params.institutionId })) return notFound
      const file = await context.db.transaction(scope(on(context.site, query)), (tx) =>
        institutionFile(tx, params.institutionId),
      )
      if (!file) return notFound
      const touched = { counties: [file.countyId], institution: params.institutionId, stages: file.stages }
      return { ...file, mayAct: actsAllowed(institutionAccess, visitor, touched).includes('record') }
    },
  }),
]

/** 登记接口 — acts on institutions, each with its document; refused with the reason, and nothing half-applied. */
const changes: readonly BooksRoute[] = [
  booksRoute({
    method: 'POST',
    path: '/api/institutions',
    summary: '登记开办一所新机构',
    may: institutionAccess.record,
    body: OpeningBody,
    answer: ActDone,
    handle: async ({ context, visitor, body, scope }) => {
      if (!reaches(visitor, { counties: [body.countyId], stages: stagesOf(body) })) return notFound
      const opened = await context.db.transaction(scope(), async (tx) => {
        const recorded = await recordOpening(tx, visitor, body)
        return recorded.ok ? announced(tx, recorded, 'open', recorded.value.institutionId) : recorded
      })
      return done(opened, opened.ok ? opened.value.institutionId : 0)
    },
  }),
  booksRoute({
    method: 'POST',
    path: '/api/institutions/{institutionId}/acts',
    summary: '登记机构变更：更名、停办、合并、转制、迁址或划转',
    may: institutionAccess.record,
    params: InstitutionId,
    body: ActBody,
    answer: ActDone,
    handle: async ({ context, visitor, params: { institutionId }, body, scope }) => {
      const recorded = await context.db.transaction(scope(), async (tx) => {
        const standing = (await institutionHistory(tx, institutionId)).entries.at(-1)
        if (!standing || !(await mayChange(tx, visitor, standing, body))) return undefined
        const done = await recordChange(tx, visitor, standing, body)
        return done.ok ? announced(tx, done, body.act, institutionId) : done
      })
      return recorded ? done(recorded, institutionId) : notFound
    },
  }),
]

export const routes: readonly BooksRoute[] = [...readings, ...changes]

async function announced<
  R extends { ok: true; value: { readonly actId: number; readonly effectiveOn: string } },
>(tx: Tx, recorded: R, act: string, institutionId: number): Promise<R> {
  const { actId, effectiveOn } = recorded.value
  await announce(tx, 'institution.recorded', { institutionId, act, actId, effectiveOn })
  return recorded
}

function stagesOf({ stages, premises }: OpeningBody): string[] {
  return [...stages, ...premises.map(({ stage }) => stage)]
}

function done(
  recorded: Result<{ readonly actId: number; readonly effectiveOn: string }>,
  institutionId: number,
): Result<ActDone> {
  if (!recorded.ok) return recorded
  const { actId, effectiveOn } = recorded.value
  return granted({ institutionId, actId, effectiveOn })
}
