import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser } from './browser-for-journeys.ts'
import { quick, trustInjection } from './injection.ts'

test('what strangers type runs nowhere: put into every text of every route, read again on every screen', async (context) => {
  const browser = await openBrowser()
  try {
    const seen = await trustInjection(browser, quick)
    const { inputs, requests, taken, screens, clicks, showing } = seen
    context.diagnostic(JSON.stringify({ inputs, requests, taken, screens, clicks, showing }))
    assert.deepEqual(seen.wrong, [])
    assert.ok(taken > 50 && showing > 2, 'something was kept, and shown as the text it is')
  } finally {
    await browser.close()
  }
})
