import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import Type from 'typebox'
import { allRoutes } from '../../src/app/server.ts'
import { institutionAccess } from '../../src/features/institutions/access.ts'
import { booksRoute } from '../../src/records/books.ts'
import { doors } from './authorisation-doors.ts'
import { authorisationMatrix } from './authorisation-matrix.ts'
import { authorisationWorld, type TrialWorld } from './authorisation-world.ts'

let inWorld: TrialWorld
before(async () => {
  inWorld = await authorisationWorld()
})
after(() => inWorld.close())

test('nobody is let through or shown what is not theirs; with every check removed the database still holds', async () => {
  for (const checksRemoved of [false, true]) {
    const seen = await authorisationMatrix({ inWorld, checksRemoved, every: checksRemoved ? 13 : 41 })
    assert.deepEqual(seen.leaks, [])
    assert.deepEqual(seen.faults, [])
    assert.ok(seen.cases > 350 && seen.answered > 80, `${seen.answered} of ${seen.cases} were answered`)
  }
})

const answering = (path: `/api/${string}`) => allRoutes.filter((route) => route.path === path)
const institutionsOf = (counties: (visitor: { counties: readonly number[] }) => readonly number[]) =>
  booksRoute({
    method: 'GET',
    path: '/api/planted-institutions',
    summary: '植入的错误',
    may: institutionAccess.read,
    answer: Type.Array(Type.String()),
    handle: ({ context, visitor }) =>
      context.db.transaction({ counties: counties(visitor), wholeCounties: '植入的错误' }, async (tx) => {
        const { rows } = await sql<{ name: string }>`select name from book.institution`.execute(tx)
        return rows.map(({ name }) => name)
      }),
  })

test('a route written without a thought for institutions and stages is seen, by those who are limited to some', async () => {
  const { leaks } = await authorisationMatrix({
    inWorld,
    routes: [institutionsOf(({ counties }) => counties)],
  })
  for (const limited of [
    'own-clerk',
    'unit-inspector',
    'own-preschool',
    'city-preschool',
    'crossed',
    'delegate',
  ])
    assert.ok(
      leaks.some((leak) => leak.startsWith(limited)),
      limited,
    )
  assert.ok(leaks.every((leak) => !leak.startsWith('own-bureau')))
})

test('a policy opened too wide is seen: to other offices, to everyone, to those who hold nothing', async () => {
  const [list] = answering('/api/institutions/{institutionId}')
  const everybody = { ...list!, may: { ...list!.may, roles: 'signed-in' as const } }
  const { leaks } = await authorisationMatrix({ inWorld, routes: [everybody] })
  for (const name of ['parent', 'ended', 'expired', 'coming', 'delegate-of-ended', 'system'])
    assert.ok(
      leaks.some((leak) => leak.startsWith(name)),
      name,
    )
  const [board] = answering('/api/seats/recompute')
  const { everyStage: _, ...may } = board!.may
  const stages = await authorisationMatrix({ inWorld, routes: [{ ...board!, may }] })
  assert.ok(stages.leaks.some((leak) => leak.startsWith('own-preschool')))
})

test('a wall of the database that was pulled down is seen', async () => {
  await inWorld.owner.query(
    'create policy hole on registry.institution for select to kuoyou_app using (true)',
  )
  const routes = answering('/api/institutions')
  const { leaks } = await authorisationMatrix({ inWorld, checksRemoved: true, routes })
  await inWorld.owner.query('drop policy hole on registry.institution')
  for (const limited of ['own-bureau', 'own-clerk', 'own-preschool'])
    assert.ok(
      leaks.some((leak) => leak.startsWith(limited)),
      limited,
    )
})

test('what was asked for may be said back in a refusal, and in no other answer', async () => {
  const echo = (refused: boolean) =>
    booksRoute({
      method: 'GET',
      path: '/api/planted-echo',
      summary: '植入的错误',
      may: institutionAccess.read,
      query: Type.Object({ institutionId: Type.Integer() }),
      answer: Type.Object({ about: Type.String() }),
      handle: async ({ query }) => {
        const text = `没有 ${query.institutionId}`
        return refused
          ? { ok: false as const, refusal: { kind: 'refusal' as const, code: 'planted', text } }
          : { about: text }
      },
    })
  const leaksOf = async (refused: boolean) =>
    (await authorisationMatrix({ inWorld, routes: [echo(refused)] })).leaks
  assert.deepEqual(await leaksOf(true), [])
  assert.ok((await leaksOf(false)).length > 0)
})

test('who may pass is written down for every door, and for no other', () => {
  const known = new Set(allRoutes.map(({ may }) => `${may.thing}.${may.act}`))
  assert.deepEqual(Object.keys(doors).sort(), [...known].sort())
})
