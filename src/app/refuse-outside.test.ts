import assert from 'node:assert/strict'
import { afterEach, test } from 'node:test'
import { refuseOutside } from './refuse-outside.ts'

afterEach(() => {
  delete process.env.KUOYOU_HOST
  delete process.env.KUOYOU_PROXY
})

test('a demonstration listens on this machine alone, under its own names, behind a proxy of its own at most', () => {
  process.env.KUOYOU_HOST = 'localhost, 127.0.0.1'
  process.env.KUOYOU_PROXY = '127.0.0.1,::1'
  for (const host of ['127.0.0.1', 'localhost', '::1']) refuseOutside(host)
})

for (const [host, name, proxy, words] of [
  ['0.0.0.0', '', '', /不能监听 0\.0\.0\.0/],
  ['::', '', '', /不能监听 ::/],
  ['10.1.2.3', '', '', /不能监听 10\.1\.2\.3/],
  ['127.0.0.1', 'localhost kuoyou.example.gov.cn', '', /以 kuoyou\.example\.gov\.cn 为域名/],
  ['127.0.0.1', '', '127.0.0.1,10.0.0.0/8', /放在代理 10\.0\.0\.0\/8 后面/],
  ['127.0.0.1', '', 'uniquelocal', /放在代理 uniquelocal 后面/],
  ['127.0.0.1', '', 'true', /放在代理 true 后面/],
] as const)
  test(`a demonstration does not start with ${[host, name, proxy].join(' ')}`, () => {
    if (name) process.env.KUOYOU_HOST = name
    if (proxy) process.env.KUOYOU_PROXY = proxy
    assert.throws(() => refuseOutside(host), words)
  })
