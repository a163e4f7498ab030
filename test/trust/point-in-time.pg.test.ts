import { test } from 'node:test'
import { trustPointInTime } from './point-in-time.ts'

test('a database lost under load comes back from base and archived log, to the end and to a moment', async () => {
  await trustPointInTime({ size: 'hamlet', archiveEverySeconds: 2, loadSeconds: 6 }, (line) =>
    process.stdout.write(`${line}\n`),
  )
})
