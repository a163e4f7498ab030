import assert from 'node:assert/strict'
import { test } from 'node:test'
import { looksPersonal } from './personal-looking.ts'

const personal = [
  '410402201501011234',
  '41040220150101123X',
  '身份证41040220150101123x',
  '４１０４０２２０１５０１０１１２３４',
  '410402 20150101 1234',
  '410402150101123',
  '13800138000',
  '电话：138 0013 8000',
  '+8613800138000',
  '86-138-0013-8000',
  13800138000,
  { a: [{ b: '13800138000' }] },
  { '13800138000': 1 },
]
const harmless = [
  '2026-08-31 23:59:59',
  '5f0c1380013800041234567890abcdef13800138000fffff',
  '0190a1b2-1380-7138-8000-138001380001',
  '3141000123',
  '12410400MB0X12345A',
  '共 1380013 行',
  410422001,
  null,
  undefined,
  true,
  {
    rows: 150_000,
    county: 410422,
    sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  },
]

for (const value of personal)
  test(`personal: ${JSON.stringify(value)}`, () => assert.ok(looksPersonal(value)))
for (const value of harmless)
  test(`harmless: ${JSON.stringify(value)}`, () => assert.ok(!looksPersonal(value)))
