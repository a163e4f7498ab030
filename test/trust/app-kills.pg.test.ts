import assert from 'node:assert/strict'
import { test } from 'node:test'
import { killApp } from './app-kills.ts'

test('the platform killed again and again under load: what was acknowledged stands once', async () => {
  const figures = await killApp(3)
  assert.ok(figures.sentAgain > 0, 'at least one request was cut off and sent again')
})
