import { notFound } from '../../platform/http/route.ts'
import { type BooksRoute, bookDay, booksRoute } from '../../records/books.ts'
import { readConditions } from '../../records/people/conditions.ts'
import { giveConsent, withdrawConsent } from '../../records/people/consents.ts'
import { eraseSubject, subjectHash } from '../../records/people/erase-subject.ts'
import { forUpkeep } from '../../records/people/for-upkeep.ts'
import { readField } from '../../records/people/read-person.ts'
import { countSeenAlone } from '../../records/people/seen-alone.ts'
import { unmaskField } from '../../records/people/unmask-field.ts'
import { peopleAccess } from './access.ts'
import {
  ConditionsAnswer,
  ConditionsBody,
  ConsentBody,
  ConsentPath,
  ConsentShape,
  ErasureAnswer,
  ErasureBody,
  NewPupilAnswer,
  NewPupilBody,
  PersonPath,
  UnmaskAnswer,
  UnmaskBody,
} from './contract.ts'
import { enterPupil } from './enter-pupil.ts'
import { maySeeAlone } from './export-rules.ts'

const subject = (countyId: number, personId: number) => subjectHash(countyId, personId).toString('hex')

const unmask = booksRoute({
  method: 'POST',
  path: '/api/people/pupils/{personId}/unmask',
  summary: '查看原文：一次一项，须选事由，五分钟后页面重新遮蔽；留记录',
  may: peopleAccess.unmask,
  traced: true,
  secret: true,
  params: PersonPath,
  body: UnmaskBody,
  answer: UnmaskAnswer,
  handle: ({ context, visitor, params: { personId }, body, scope, note }) =>
    context.db.transaction(scope(), async (tx) => {
      const found = await readField(tx, context.vault, personId, 'name')
      if (!found) return notFound
      const { countyId } = found
      note({
        counties: [countyId],
        subjects: [subject(countyId, personId)],
        purpose: body.purpose,
        facts: { field: body.field },
      })
      const may = maySeeAlone(await countSeenAlone(tx, visitor.account, [{ countyId, personId }]))
      if (!may.ok) return may
      return (await unmaskField(tx, context.vault, visitor, { personId, ...body })) ?? notFound
    }),
})

const conditions = booksRoute({
  method: 'POST',
  path: '/api/people/pupils/{personId}/conditions',
  summary: '查看健康、残疾、特殊教育安置情况：只对指定查阅人开放，须选事由，留记录',
  may: peopleAccess.unmask,
  traced: true,
  secret: true,
  params: PersonPath,
  body: ConditionsBody,
  answer: ConditionsAnswer,
  handle: ({ context, visitor, params: { personId }, body: { purpose }, scope, note }) =>
    context.db.transaction(scope(), async (tx) => {
      const found = await readField(tx, context.vault, personId, 'name')
      if (!found) return notFound
      const { countyId } = found
      note({ counties: [countyId], subjects: [subject(countyId, personId)], purpose })
      return readConditions(tx, context.vault, visitor, { countyId, personId, purpose })
    }),
})

const enter = booksRoute({
  method: 'POST',
  path: '/api/people/pupils',
  summary: '登记学生：核对证件号和姓名，改正之处逐条说明',
  may: peopleAccess.record,
  traced: true,
  body: NewPupilBody,
  answer: NewPupilAnswer,
  handle: ({ context, visitor, body, scope }) =>
    context.db.transaction(
      { ...scope({ asOf: body.from }), wholeCounties: '查重：孩子可能在别校有学籍' },
      (tx) => enterPupil(tx, context, visitor, body),
    ),
})

const consent = booksRoute({
  method: 'POST',
  path: '/api/people/pupils/{personId}/consents',
  summary: '登记监护人同意（未满十四周岁）',
  may: peopleAccess.record,
  traced: true,
  params: PersonPath,
  body: ConsentBody,
  answer: ConsentShape,
  handle: ({ context, visitor, params: { personId }, body, scope, note }) =>
    context.db.transaction(scope(), async (tx) => {
      const found = await readField(tx, context.vault, personId, 'name')
      if (!found) return notFound
      const { countyId } = found
      note({ counties: [countyId], subjects: [subject(countyId, personId)] })
      return giveConsent(tx, context.vault, {
        ...body,
        countyId,
        childId: personId,
        receivedBy: visitor.name,
        day: bookDay(context.site),
      })
    }),
})

const withdrawal = booksRoute({
  method: 'POST',
  path: '/api/people/pupils/{personId}/consents/{consentId}/withdrawal',
  summary: '登记监护人撤回同意；原来的同意仍留记录',
  may: peopleAccess.record,
  traced: true,
  params: ConsentPath,
  answer: ConsentShape,
  handle: ({ context, visitor, params: { personId, consentId }, scope, note }) =>
    context.db.transaction(scope(), async (tx) => {
      const found = await readField(tx, context.vault, personId, 'name')
      if (!found) return notFound
      note({ counties: [found.countyId], subjects: [subject(found.countyId, personId)] })
      return withdrawConsent(tx, found.countyId, personId, consentId, visitor.name)
    }),
})

const erasure = booksRoute({
  method: 'POST',
  path: '/api/people/pupils/{personId}/erasure',
  summary: '按监护人或本人要求删除个人信息；不可恢复，恢复旧备份后也会再删',
  may: peopleAccess.erase,
  traced: true,
  params: PersonPath,
  body: ErasureBody,
  answer: ErasureAnswer,
  handle: async ({ context, visitor, params: { personId }, body: { reason }, scope, note }) => {
    const found = await context.db.transaction(scope(), (tx) =>
      readField(tx, context.vault, personId, 'name'),
    )
    if (!found) return notFound
    note({ counties: [found.countyId], subjects: [subject(found.countyId, personId)], facts: { reason } })
    const whole = { ...scope(), wholeCounties: '删除要连别的学段、别的学校的记录一起删' }
    await forUpkeep(context.db).transaction(whole, (tx) =>
      eraseSubject(tx, { countyId: found.countyId, personId }, reason, visitor.name),
    )
    // Nothing holds before the commit: the regular chore puts on the list outside the database what then stands in it.
    return { erased: true as const }
  },
})

/** 办理接口 — unmasking, sealed conditions, entering, consents, erasure. */
export const pupilActs: readonly BooksRoute[] = [unmask, conditions, enter, consent, withdrawal, erasure]
