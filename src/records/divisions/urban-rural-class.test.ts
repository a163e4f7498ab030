import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deriveUrbanRural } from './urban-rural-class.ts'

test('the class most neighbours of the same type have', () => {
  const neighbours = [
    { community: true, urbanRural: '111' },
    { community: false, urbanRural: '122' },
    { community: false, urbanRural: '220' },
    { community: false, urbanRural: '220' },
    { community: false },
  ] as const
  assert.equal(deriveUrbanRural(false, 'town', neighbours), '220')
  assert.equal(deriveUrbanRural(true, 'town', neighbours), '111')
})

test('without neighbours, what the type of township suggests', () => {
  assert.equal(deriveUrbanRural(true, 'street', []), '111')
  assert.equal(deriveUrbanRural(false, 'street', []), '112')
  assert.equal(deriveUrbanRural(false, 'town', []), '122')
  assert.equal(deriveUrbanRural(false, 'township', [{ community: true, urbanRural: '210' }]), '220')
})
