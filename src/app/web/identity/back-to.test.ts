import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backTo, doorFor } from './back-to.ts'

const origin = 'https://kuoyou.example'
const afterDoor = (page: string) => backTo(new URL(doorFor(page), origin).search, origin)

test('whoever followed a link to a page is on that page after signing in', () => {
  assert.equal(afterDoor('/findings/812?county=410422&light=red'), '/findings/812?county=410422&light=red')
  assert.equal(doorFor('/'), '/sign-in')
  assert.equal(afterDoor('/'), '/')
})

test('the door leads nowhere outside the platform', () => {
  for (const to of [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    'http://',
  ])
    assert.equal(backTo(`?to=${encodeURIComponent(to)}`, origin), '/', to)
})
