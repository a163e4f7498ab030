import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Api } from '../../ui/use-api.tsx'
import { lookingBack } from './looking-back.ts'

const sent: string[] = []
const api = {
  get: async (path: string, params: object) => [path, params],
  send: async (_: string, path: string) => sent.push(path),
  upload: async (path: string) => sent.push(path),
  href: (path: string) => path,
} as unknown as Api
const back = lookingBack(api, '2025-03-01', false)

test('from a page of the past nothing is entered into the books', async () => {
  for (const path of [
    '/api/filings',
    '/api/filings/3/steps',
    '/api/institutions/5/acts',
    '/api/parameters/x/proposals',
  ])
    await assert.rejects(back.send('POST', path), { kind: 'refusal', text: /2025-03-01.*回到今天/ })
  await assert.rejects(back.upload('/api/exchange/imports', {} as File))
  assert.deepEqual(sent, [])
})

test('reading, computing as of that day and signing out go on', async () => {
  assert.deepEqual(await back.get('/api/targets', { asOf: '2025-03-01' }), [
    '/api/targets',
    { asOf: '2025-03-01' },
  ])
  for (const path of ['/api/seats/recompute', '/api/exchange/exports/institutions', '/api/session'])
    await back.send('POST', path)
  assert.equal(sent.length, 3)
})

test('as known then, every reading asks for what was known that day', async () => {
  const then = lookingBack(api, '2025-03-01', true)
  assert.deepEqual(await then.get('/api/filings'), ['/api/filings', { knownOn: '2025-03-01' }])
})
