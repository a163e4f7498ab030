import { judge, type LoadGround } from './load-ground.ts'
import type { Caller } from './load-scenario.ts'
import { fillingForm } from './load-scripts.ts'
import { runLoad } from './run-load.ts'
import { tellFigures } from './tally.ts'
import { momentsBefore, p95 } from './trial-deadline.ts'

const acts = ['打开', '看填报单', '存一半', '提交']

/**
 * L4 截止时段（填报单） — every school and kindergarten fills its yearly form within the last hour, 40 % of them late in it.
 *
 * `fillers` and `seconds` may be given: 3,900 in 900 s are four hours of a deadline in one.
 */
export async function trialForms(ground: LoadGround): Promise<string[]> {
  const seconds = ground.option('seconds', 900)
  const { fillers } = ground
  ground.say(
    `L4 截止时段（填报单）：${fillers.length} 个填报单位各填一份年度表并提交，${seconds} 秒；四成在最后三分之一时间`,
  )
  const figures = await runLoad(ground.address, {
    name: '填表',
    arrivals: { atMs: momentsBefore(fillers.length, seconds) },
    caller: (number) => fillers[number] as Caller,
    script: fillingForm,
  })
  for (const line of tellFigures(figures)) ground.say(line)
  const { lost, doubled, empty } = await handedInOnce(ground, fillers)
  return [
    ...acts.flatMap((act) => {
      const slow = p95(figures, act)
      return judge(ground, `${act} p95 毫秒`, slow, '不超过 500', slow <= 500)
    }),
    ...judge(ground, '没报成的单位', figures.unfinished, '为 0', figures.unfinished === 0),
    ...judge(ground, '被请走的请求', figures.turnedAway, '为 0', figures.turnedAway === 0),
    ...judge(ground, '没有提交记录的单位', lost, '为 0', lost === 0),
    ...judge(ground, '提交了不止一次的单位', doubled, '为 0', doubled === 0),
    ...judge(ground, '缺填报值的填报单', empty, '为 0', empty === 0),
  ]
}

/** Looks in the books themselves: one handing in for each institution, and every answer it gave. */
export async function handedInOnce(
  { owner }: Pick<LoadGround, 'owner'>,
  fillers: readonly Caller[],
): Promise<{ lost: number; doubled: number; empty: number }> {
  const { rows } = await owner.pool.query<{ submissions: number; empty: boolean }>(
    `select (select count(*)::int from returns.step s
              where s.county_id = f.county_id and s.filing_id = f.filing_id and act = 'submit') as submissions,
            not (select coalesce(array_agg(a.field), '{}') from returns.answer a
                  where a.county_id = f.county_id and a.filing_id = f.filing_id and line = 0) @> w.fields as empty
       from json_to_recordset($1) as w (form text, institution bigint, fields text[])
       left join returns.filing f on f.form_id = w.form and f.institution_id = w.institution and f.period = '2024'`,
    [
      JSON.stringify(
        fillers.map(({ own: { form, institution, answers } }) => ({
          form,
          institution,
          fields: Object.keys(JSON.parse(String(answers))),
        })),
      ),
    ],
  )
  return {
    lost: rows.filter(({ submissions }) => submissions === 0).length,
    doubled: rows.filter(({ submissions }) => submissions > 1).length,
    empty: rows.filter(({ empty }) => empty !== false).length,
  }
}
