import type pg from 'pg'
import { digestTable, exactText } from './copy-table.ts'
import type { Manifest } from './manifest.ts'
import { listTables, readSequences } from './table-shape.ts'
import { type BackupMark, readMarks } from './write-backup.ts'

/** 与清单比对 — what in a restored database is not as the manifest says, in words; empty when all is as it was. */
export async function compareWithManifest(
  pool: pg.Pool,
  manifest: Manifest,
  marks: readonly BackupMark[] = [],
): Promise<string[]> {
  const client = await pool.connect()
  try {
    await client.query(`begin isolation level repeatable read read only; ${exactText}`)
    const differences = [
      ...(await tableDifferences(client, manifest)),
      ...(await sequenceDifferences(client, manifest)),
      ...(await markDifferences(client, manifest, marks)),
    ]
    await client.query('commit')
    return differences
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

async function tableDifferences(client: pg.ClientBase, manifest: Manifest): Promise<string[]> {
  const shapes = new Map((await listTables(client)).map((shape) => [shape.name, shape]))
  const differences: string[] = []
  for (const table of manifest.tables) {
    const shape = shapes.get(table.name)
    shapes.delete(table.name)
    if (!shape) {
      differences.push(`缺表 ${table.name}`)
      continue
    }
    const found = await digestTable(client, { ...shape, columns: table.columns })
    if (found.rows !== table.rows)
      differences.push(`表 ${table.name} 应有 ${table.rows} 行，实有 ${found.rows} 行`)
    else if (found.sha256 !== table.sha256) differences.push(`表 ${table.name} 行数相同而内容不同`)
  }
  return [...differences, ...[...shapes.keys()].map((name) => `多出表 ${name}`)]
}

async function sequenceDifferences(client: pg.ClientBase, manifest: Manifest): Promise<string[]> {
  const found = new Map((await readSequences(client)).map((value) => [value.name, value]))
  return manifest.sequences
    .filter(({ name, lastValue }) => found.get(name)?.lastValue !== lastValue)
    .map(
      ({ name, lastValue }) =>
        `序列 ${name} 应在 ${lastValue}，实在 ${found.get(name)?.lastValue ?? '（没有）'}`,
    )
}

async function markDifferences(
  client: pg.ClientBase,
  manifest: Manifest,
  marks: readonly BackupMark[],
): Promise<string[]> {
  const found = await readMarks(client, marks)
  return Object.entries(manifest.marks)
    .filter(([name, value]) => marks.some((mark) => mark.name === name) && found[name] !== value)
    .map(([name, value]) => `${name}应为 ${value}，实为 ${found[name] ?? '（没有）'}`)
}
