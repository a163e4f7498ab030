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

test('from a page of the past every act names its day, so that the server refuses what it may not do', async () => {
  await back.send('POST', '/api/filings/3/steps')
  await back.send('POST', '/api/exchange/exports/pupils?county=410402')
  await back.send('POST', '/api/exchange/exports/pupils?asOf=2025-02-01')
  await back.upload('/api/exchange/imports', {} as File)
  assert.deepEqual(sent, [
    '/api/filings/3/steps?asOf=2025-03-01',
    '/api/exchange/exports/pupils?county=410402&asOf=2025-03-01',
    '/api/exchange/exports/pupils?asOf=2025-02-01',
    '/api/exchange/imports?asOf=2025-03-01',
  ])
})

test('reading goes on as before', async () => {
  assert.deepEqual(await back.get('/api/targets', { asOf: '2025-03-01' }), [
    '/api/targets',
    { asOf: '2025-03-01' },
  ])
})

test('as known then, every reading asks for what was known that day', async () => {
  const then = lookingBack(api, '2025-03-01', true)
  assert.deepEqual(await then.get('/api/filings'), ['/api/filings', { knownOn: '2025-03-01' }])
})
