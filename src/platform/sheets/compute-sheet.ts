import { readSheet, type WantedTable } from './read-sheet.ts'
import type { SheetReading } from './sheet.ts'

/** 另线读表 — `readSheet` in a thread of its own (see `runInWorker`), so that a large file does not hold up the server. */
export function compute({
  bytes,
  wanted,
}: {
  bytes: Uint8Array
  wanted: WantedTable
}): Promise<SheetReading> {
  return readSheet(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), wanted)
}
