import Type from 'typebox'
import { admit } from '../../platform/access/policy.ts'
import { attachmentRoutes } from '../../platform/files/attachment-routes.ts'
import { notFound } from '../../platform/http/route.ts'
import { type Books, type BooksRoute, bookDay, booksRoute } from '../../records/books.ts'
import { listLedTo } from '../../records/visits/led-to.ts'
import { findVisit } from '../../records/visits/list-visits.ts'
import { staffingAccess, visitAccess } from './access.ts'
import { dayAsked } from './day-asked.ts'
import { staffingBoard } from './staffing.ts'
import { StaffingBoard, StaffingQuery } from './staffing-contract.ts'
import {
  VisitBoard,
  VisitBody,
  Visited,
  VisitPath,
  VisitQuery,
  VisitRecords,
  VisitRecordsQuery,
  VisitShown,
  VisitsQuery,
} from './visit-contract.ts'
import { enterVisit, visitBoard, visitRecords } from './visits.ts'

/** 入校督导接口 — how often each school was visited, one visit with its photographs, recording one. */
export const visitRoutes: readonly BooksRoute[] = [
  booksRoute({
    method: 'GET',
    path: '/api/visits',
    summary: '入校频次榜：本学期每所学校的经常性督导次数，次数少的在前',
    may: visitAccess.read,
    query: VisitsQuery,
    answer: VisitBoard,
    handle: ({ context: { db, plan, site }, visitor, query, scope }) => {
      const day = dayAsked(site, query)
      return db.transaction(scope({ asOf: day }), (tx) => visitBoard(tx, plan, visitor, query, day))
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/inspectors',
    summary: '督学配备榜：各县每名督学对应的学校数、超限的责任区和没有责任督学的学校',
    may: staffingAccess.read,
    query: StaffingQuery,
    answer: StaffingBoard,
    handle: ({ context: { db, plan, site }, query, scope }) => {
      const day = dayAsked(site, query)
      return db.transaction(scope({ asOf: day }), (tx) => staffingBoard(tx, plan, day))
    },
  }),
  booksRoute({
    method: 'POST',
    path: '/api/visits',
    summary: '记一次入校督导；同一份草稿重发仍是同一次',
    may: visitAccess.record,
    body: VisitBody,
    answer: Visited,
    handle: ({ context: { db, site }, visitor, body, scope }) => {
      const today = bookDay(site)
      return db.transaction(scope({ asOf: today }), (tx) => enterVisit(tx, visitor, body, today))
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/visits/{visitId}',
    summary: '一次入校督导',
    may: visitAccess.read,
    params: VisitPath,
    query: VisitQuery,
    answer: VisitShown,
    handle: async ({ context: { db, site }, visitor, params: { visitId }, query, scope }) => {
      const day = dayAsked(site, query)
      const mayRecord = day === bookDay(site) && admit(visitAccess.record, visitor) !== undefined
      return db.transaction(scope({ asOf: day }), async (tx) => {
        const visit = await findVisit(tx, visitId)
        return visit ? { ...visit, findings: await listLedTo(tx, visit), mayRecord } : notFound
      })
    },
  }),
  booksRoute({
    method: 'GET',
    path: '/api/visits/records',
    summary: '入校记录：最近的在前，可只看一县或一校',
    may: visitAccess.read,
    query: VisitRecordsQuery,
    answer: VisitRecords,
    handle: ({ context: { db, site }, query, scope }) =>
      db.transaction(scope({ asOf: dayAsked(site, query) }), (tx) => visitRecords(tx, query)),
  }),
  ...attachmentRoutes<Books>({
    path: '/api/visits/{visitId}',
    zh: '入校督导照片和材料',
    id: Type.Integer({ minimum: 1 }),
    read: visitAccess.read,
    keep: visitAccess.record,
    accepts: ['jpeg', 'png', 'webp', 'pdf'],
    find: async (tx, _, id) => {
      const visit = await findVisit(tx, Number(id))
      return visit && { kind: 'visit', id, countyId: visit.countyId, institutionId: visit.institutionId }
    },
  }),
]
