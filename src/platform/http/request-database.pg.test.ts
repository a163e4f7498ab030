import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { databaseForTests, type TestDatabase } from '../../../test/house/database-for-tests.ts'
import type { Tx } from '../db/transaction-client.ts'
import { requestDatabase } from './request-database.ts'

let live: TestDatabase
before(async () => {
  live = await databaseForTests()
  await live.db.pool.query(
    'create table public.note (text text); grant select, insert on public.note to kuoyou_app',
  )
})
after(() => live.close())

const limits = { counties: [1, 2], actor: 'a' }
const write = (tx: Tx, text: string) => sql`insert into public.note values (${text})`.execute(tx)
const seen = async (tx: Tx) =>
  (await sql<{ counties: number[] }>`select access.counties() as counties`.execute(tx)).rows[0]!.counties
async function written(): Promise<string[]> {
  const { rows } = await live.db.pool.query<{ text: string }>('select text from public.note order by text')
  return rows.map(({ text }) => text)
}

test('nothing stands before the commit; a part that failed leaves nothing, the others stand', async () => {
  const request = requestDatabase(live.service, limits)
  await request.db.transaction({ counties: [1] }, (tx) => write(tx, 'first'))
  await assert.rejects(
    request.db.transaction({ counties: [1] }, async (tx) => {
      await write(tx, 'outer')
      await request.db.transaction({ counties: [1] }, (inner) => write(inner, 'inner'))
      throw new Error('after its inner part')
    }),
    /after its inner part/,
  )
  await request.db.transaction({ counties: [2] }, (tx) => write(tx, 'third'))
  assert.deepEqual(await written(), [])
  await request.commit()
  assert.deepEqual(await written(), ['first', 'third'])
})

test('no part reaches beyond the visitor; an inner part gives the outer its scope back', async () => {
  const request = requestDatabase(live.service, limits)
  await request.db.transaction({ counties: [1, 2, 3] }, async (tx) => {
    assert.deepEqual(await seen(tx), [1, 2])
    await request.db.transaction({ counties: [2, 3] }, async (inner) => {
      assert.deepEqual(await seen(inner), [2])
    })
    assert.deepEqual(await seen(tx), [1, 2])
  })
  await request.rollback()
})

test('upkeep ends with its part: neither the next nor an inner one has it, and it has it again after an inner one', async () => {
  const { db, rollback } = requestDatabase(live.service, limits)
  const upkeep = async (tx: Tx) =>
    (await sql<{ on: string }>`select current_setting('app.upkeep', true) as on`.execute(tx)).rows[0]!.on
  await db.transaction({ counties: [1], upkeep: true }, async (tx) => {
    assert.equal(await upkeep(tx), 'on')
    assert.equal(await db.transaction({ counties: [1] }, upkeep), '')
    assert.equal(await upkeep(tx), 'on')
  })
  assert.equal(await db.transaction({ counties: [1] }, upkeep), '')
  await rollback()
})

test('parts asked for side by side run one after the other', async () => {
  const request = requestDatabase(live.service, limits)
  const scopes = await Promise.all(
    [1, 2, 1, 2].map((county) =>
      request.db.transaction({ counties: [county] }, async (tx) => {
        await sql`select pg_sleep(0.01)`.execute(tx)
        return seen(tx)
      }),
    ),
  )
  assert.deepEqual(scopes, [[1], [2], [1], [2]])
  await request.rollback()
})

test('more requests at once than connections, each needing a word from the pool: all end', async () => {
  await Promise.all(
    Array.from({ length: 40 }, async () => {
      const request = requestDatabase(live.service, limits)
      await request.db.transaction({ counties: [1] }, async () => {
        await live.service.pool.query('select pg_sleep(0.01)')
      })
      await request.rollback()
    }),
  )
})

test('the platform’s own tables are written in the same transaction, as its own role, and rooms go on as theirs', async () => {
  const account = async () =>
    (await live.db.pool.query("select name from access.account where account = 'own'")).rows[0]?.name
  for (const end of ['rollback', 'commit'] as const) {
    const request = requestDatabase(live.service, limits)
    try {
      const { own } = request.db
      const rename = (to: string) =>
        own.query('update access.account set name = name || $1 where account = $2', [to, 'own'])
      await own.query("insert into access.account (account, name) values ('own', '本人')")
      await assert.rejects(own.query('select * from access.nothing'), /does not exist/)
      await request.db.transaction({ counties: [1] }, async (tx) => {
        await rename('甲')
        const { rows } = await sql<{ role: string }>`select current_user as role`.execute(tx)
        assert.equal(rows[0]?.role, 'kuoyou_app')
      })
      await assert.rejects(
        request.db.transaction({ counties: [1] }, async (tx) => {
          await rename('丙')
          await sql`select 1 from access.session`.execute(tx)
        }),
        /permission denied/,
      )
      await rename('乙')
      const client = await request.client()
      assert.equal((await client.query('select current_user as role')).rows[0].role, 'kuoyou_app')
      assert.equal(await account(), undefined)
    } finally {
      await request[end]()
    }
    assert.equal(await account(), end === 'commit' ? '本人甲乙' : undefined)
  }
})

test('a part that failed after a part inside it leaves the role as it was: the act ends as the room’s', async () => {
  const request = requestDatabase(live.service, limits)
  try {
    await request.db.own.query('select 1 from access.account')
    await assert.rejects(
      request.db.transaction({ counties: [1] }, async () => {
        await request.db.own.query('select 1 from access.account')
        throw new Error('after its inner part')
      }),
      /after its inner part/,
    )
    const client = await request.client()
    assert.equal((await client.query('select current_user as role')).rows[0].role, 'kuoyou_app')
  } finally {
    await request.rollback()
  }
})
