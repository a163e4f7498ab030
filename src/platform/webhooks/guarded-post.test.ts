import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo, LookupFunction } from 'node:net'
import { after, before, test } from 'node:test'
import { ForbiddenAddress, guardedPost, refuseAddress } from './guarded-post.ts'
import { isPublicAddress } from './public-address.ts'

/** Counts every connection: none may be made to what is inside. */
let inside: Server
let port: number
let connections = 0
let requests = 0
before(async () => {
  inside = createServer((request, response) => {
    requests += 1
    if (request.url === '/redirect') response.writeHead(302, { location: `http://127.0.0.1:${port}/secret` })
    response.end('x'.repeat(10_000_000))
  })
  inside.on('connection', () => {
    connections += 1
  })
  await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve))
  port = (inside.address() as AddressInfo).port
})
after(() => inside.close())

/** A name server that says whatever it is told. */
function saying(...addresses: string[]): LookupFunction & { asked: number } {
  const lookup = ((_name: string, options: { all?: boolean }, done: (...told: unknown[]) => void) => {
    lookup.asked += 1
    const all = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    if (options.all) done(null, all)
    else done(null, all[0]!.address, all[0]!.family)
  }) as LookupFunction & { asked: number }
  lookup.asked = 0
  return lookup
}

test('addresses inside, in every spelling, are refused before anything is asked', async () => {
  const spellings = [
    '127.0.0.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '127.1',
    '127.0.1',
    '0',
    '0.0.0.0',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::127.0.0.1]',
    '[0:0:0:0:0:ffff:7f00:0001]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '[fe80::1]',
    '[fd00::1]',
    '[fc00::1]',
    '100.100.100.200',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    'localhost',
    'LOCALHOST.',
    'db.localhost',
    'printer.local',
    'metadata.google.internal',
    '１２７.０.０.１',
    '①②⑦.0.0.1',
  ]
  for (const host of spellings)
    for (const path of ['/', '/secret?x=1']) {
      const url = `https://${host}:${port}${path}`
      await assert.rejects(guardedPost(url, {}, '{}'), ForbiddenAddress, url)
    }
  for (const url of [
    'http://example.org/',
    'ftp://example.org/',
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
    'https://user:pw@example.org/',
    '//x',
    '',
  ])
    assert.match(String(refuseAddress(url)), /。$/, url)
  assert.equal(connections, 0)
})

test('a name that leads inside is refused, also when only one of its addresses does', async () => {
  for (const addresses of [
    ['127.0.0.1'],
    ['10.0.0.1'],
    ['::1'],
    ['::ffff:192.168.0.1'],
    ['93.184.216.34', '127.0.0.1'],
  ]) {
    const resolve = saying(...addresses)
    await assert.rejects(
      guardedPost(`https://evil.example:${port}/`, {}, '{}', { resolve }),
      ForbiddenAddress,
    )
    assert.equal(resolve.asked, 1)
  }
  assert.equal(connections, 0)
})

test('a name that changes its mind between the look and the connection gains nothing', async () => {
  let asked = 0
  const resolve = ((_name: string, options: { all?: boolean }, done: (...told: unknown[]) => void) => {
    asked += 1
    // First an address that was never given out, then the inside.
    const address = asked === 1 ? '3ffe::1' : '127.0.0.1'
    const family = asked === 1 ? 6 : 4
    if (options.all) done(null, [{ address, family }])
    else done(null, address, family)
  }) as LookupFunction
  await assert.rejects(guardedPost(`https://rebind.example:${port}/`, {}, '{}', { resolve, patienceMs: 400 }))
  assert.equal(asked, 1)
  assert.equal(connections, 0)
})

test('a listed name inside is sent to; a redirect is not followed, an endless answer not read', async () => {
  const internalHosts = [`127.0.0.1:${port}`]
  assert.equal(await guardedPost(`http://127.0.0.1:${port}/hook`, {}, '{}', { internalHosts }), 200)
  assert.equal(await guardedPost(`http://127.0.0.1:${port}/redirect`, {}, '{}', { internalHosts }), 302)
  assert.equal(requests, 2)
  const named = { internalHosts: ['hooks.bureau'], resolve: saying('127.0.0.1') }
  assert.equal(await guardedPost(`http://hooks.bureau:${port}/`, {}, '{}', named), 200)
  await assert.rejects(guardedPost(`https://other.bureau:${port}/`, {}, '{}', named), ForbiddenAddress)
  assert.equal(requests, 3)
})

test('public addresses are public', () => {
  for (const address of ['93.184.216.34', '8.8.8.8', '2606:4700::1111']) assert.ok(isPublicAddress(address))
})
