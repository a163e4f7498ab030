import type pg from 'pg'
import { Fault } from '../../kernel/fault.ts'
import type { Plan } from '../../plan/index.ts'
import { canonicalHash } from '../series/canonical-hash.ts'

/**
 * 发布报表 — keeps each form of the plan under its version, so that what was filled in it stays readable for good.
 *
 * A form whose words changed under the same version is a fault: old filings would be read by questions they were never asked.
 */
export async function publishForms(pool: pg.Pool, plan: Plan): Promise<void> {
  for (const form of plan.forms.values()) {
    const hash = canonicalHash(form)
    await pool.query(
      'insert into returns.form (form_id, version, hash, definition) values ($1, $2, $3, $4) on conflict do nothing',
      [form.id, form.version, hash, JSON.stringify(form)],
    )
    const { rows } = await pool.query<{ hash: string }>(
      'select hash from returns.form where form_id = $1 and version = $2',
      [form.id, form.version],
    )
    if (rows[0]?.hash !== hash)
      throw new Fault(
        `《${form.zh}》第 ${form.version} 版的内容与已发布的不同。请把 version 改为 ${form.version + 1} 后再启动，已填的报表仍按原版保存。`,
      )
  }
}
