import { sql } from 'kysely'
import type { Tx } from '../../platform/db/transaction-client.ts'
import { writeWorkbook } from '../../platform/sheets/write-workbook.ts'
import type { WrittenColumn, WrittenSheet, WrittenValue } from '../../platform/sheets/written-sheet.ts'
import type { Vault } from '../../platform/vault/vault.ts'
import { retentionRules } from '../../records/people/apply-retention.ts'
import { countMinors } from '../../records/people/count-minors.ts'
import { dataClasses, fieldInventory } from '../../records/people/field-inventory.ts'
import { accessActNames, purposeNames } from './contract.ts'

/**
 * 合规审计包 — what the yearly audit of minors' personal data asks for (未成年人网络保护条例第三十七条), as a workbook:
 * the inventory, how many minors, who looked, consents, what was erased. Counts only, nobody's data.
 */
export async function auditPack(
  tx: Tx,
  vault: Vault,
  { asOf, synthetic }: { asOf: string; synthetic: boolean },
): Promise<Buffer> {
  const captions = [...(synthetic ? ['合成数据：仅供演示'] : []), `截至 ${asOf}`]
  const sheet = (
    name: string,
    headers: readonly string[],
    rows: readonly (readonly WrittenValue[])[],
  ): WrittenSheet => ({
    name,
    captions,
    columns: headers.map((header): WrittenColumn => ({ header, kind: 'text', width: 24 })),
    rows,
  })
  return writeWorkbook([
    sheet('字段清单', ['表与列', '分级', '用途', '依据', '保存期'], inventoryRows()),
    sheet(
      '未成年人人数',
      ['县（市、区）', '在籍儿童', '未满14周岁', '14至18周岁', '已满18周岁', '无出生日期'],
      await minorRows(tx, vault, asOf),
    ),
    sheet('查看情况', ['县（市、区）', '月份', '方式', '事由', '账号数', '次数'], await accessRows(tx)),
    sheet('同意书', ['县（市、区）', '告知书版本', '有效', '已撤回'], await consentRows(tx)),
    sheet('删除情况', ['县（市、区）', '原因', '人数'], await erasureRows(tx)),
    sheet(
      '到期清理',
      ['县（市、区）', '按哪一天', ...retentionRules.map(({ zh }) => zh)],
      await retentionRows(tx),
    ),
  ])
}

function inventoryRows(): WrittenValue[][] {
  return Object.entries(fieldInventory).flatMap(([table, fields]) =>
    Object.entries(fields).map(([column, field]) => [
      `${table}.${column}`,
      `${field.class} ${dataClasses[field.class]}`,
      field.purpose,
      field.basis,
      field.retention,
    ]),
  )
}

async function minorRows(tx: Tx, vault: Vault, asOf: string): Promise<WrittenValue[][]> {
  return (await countMinors(tx, vault, asOf)).map((county) => [
    county.name,
    String(county.children),
    String(county.underFourteen),
    String(county.underEighteen),
    String(county.grown),
    String(county.unknown),
  ])
}

const words = (names: Readonly<Record<string, string>>, key: string | null) =>
  key === null ? '' : (names[key] ?? key)

async function accessRows(tx: Tx): Promise<WrittenValue[][]> {
  const { rows } = await sql<{
    county: string
    month: string
    act: string
    purpose: string | null
    accounts: number
    looks: number
  }>`
    select county.name as county, to_char(at at time zone 'Asia/Shanghai', 'YYYY-MM') as month, act,
           case when act in ('unmask', 'view-sealed') then purpose end as purpose,
           count(distinct account)::integer as accounts, count(*)::integer as looks
      from people.access_record join registry.county using (county_id)
     group by 1, 2, 3, 4 order by 1, 2, 3, 4`.execute(tx)
  return rows.map(({ county, month, act, purpose, accounts, looks }) => [
    county,
    month,
    words(accessActNames, act),
    words(purposeNames, purpose),
    String(accounts),
    String(looks),
  ])
}

async function consentRows(tx: Tx): Promise<WrittenValue[][]> {
  const { rows } = await sql<{ county: string; version: string; standing: number; withdrawn: number }>`
    select county.name as county, notice_version as version,
           count(*) filter (where withdrawn_at is null)::integer as standing,
           count(withdrawn_at)::integer as withdrawn
      from people.consent join registry.county using (county_id) group by 1, 2 order by 1, 2`.execute(tx)
  return rows.map(({ county, version, standing, withdrawn }) => [
    county,
    version,
    String(standing),
    String(withdrawn),
  ])
}

const reasons: Readonly<Record<string, string>> = {
  retention: '保存期满',
  request: '监护人或本人要求',
  'consent-withdrawn': '撤回同意',
}

async function erasureRows(tx: Tx): Promise<WrittenValue[][]> {
  const { rows } = await sql<{ county: string; reason: string; people: number }>`
    select county.name as county, reason, count(*)::integer as people
      from people.erasure join registry.county using (county_id) group by 1, 2 order by 1, 2`.execute(tx)
  return rows.map(({ county, reason, people }) => [county, words(reasons, reason), String(people)])
}

async function retentionRows(tx: Tx): Promise<WrittenValue[][]> {
  const { rows } = await sql<{ county: string; day: string; removed: Readonly<Record<string, number>> }>`
    select county.name as county, on_day as day, removed
      from people.retention_run join registry.county using (county_id) order by 1, 2`.execute(tx)
  return rows.map(({ county, day, removed }) => [
    county,
    day,
    ...retentionRules.map(({ id }) => String(removed[id] ?? 0)),
  ])
}
