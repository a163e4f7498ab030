import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { refuseOpenLine } from './refuse-open-line.ts'

afterEach(() => {
  delete process.env.KUOYOU_DATABASE_NETWORK
})

test('this machine, a socket and a verified line are let through', () => {
  for (const url of [
    'postgres://o:p@127.0.0.1:5432/kuoyou',
    'postgres://o:p@localhost/kuoyou',
    'postgres://o:p@[::1]/kuoyou',
    'postgres://o:p@/kuoyou?host=/var/run/postgresql',
    'postgres://o:p@db.example/kuoyou?sslmode=verify-full',
  ])
    refuseOpenLine(url)
})

test('another machine without encryption, or without a look at its certificate, is refused in a sentence', () => {
  for (const [query, words] of [
    ['', /没有加密/],
    ['?sslmode=disable', /没有加密/],
    ['?sslmode=no-verify', /不核对它的证书/],
    ['?sslmode=require&uselibpqcompat=true', /不核对它的证书/],
  ] as const)
    assert.throws(
      () => refuseOpenLine(`postgres://o:secret@db.example/kuoyou${query}`),
      (error: Error) => {
        assert.match(error.message, words)
        assert.match(error.message, /verify-full.*KUOYOU_DATABASE_NETWORK=trusted/)
        assert.doesNotMatch(error.message, /secret/)
        return true
      },
    )
})

test('a network said to be trusted is trusted', () => {
  process.env.KUOYOU_DATABASE_NETWORK = 'trusted'
  refuseOpenLine('postgres://o:p@db.example/kuoyou')
})
