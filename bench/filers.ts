import { layGround } from '../test/trust/load/load-ground.ts'
import { trialBare } from '../test/trust/load/trial-bare.ts'
import { trialForms } from '../test/trust/load/trial-forms.ts'

/** As many as a deadline hour may bring; the demonstration city has some fewer who owe a yearly form. */
const people = { officers: 20, clerks: 1, fillers: 3_900 }
const seconds = 300

/**
 * 截止时段基准测试 — the load trials of forms and of the bare driver: a deadline hour pressed into five minutes, in which every
 * filer opens, fills and hands in a form, and how fast the same statements go without the platform around them.
 *
 * Longer runs: `npm run trust -- load forms`.
 */
export async function benchFilers(): Promise<void> {
  const ground = await layGround('city', people, print)
  try {
    await trialForms({ ...ground, option: () => seconds })
    await trialBare(ground)
    print(`平台日志里出错 ${ground.faults().length} 处`)
  } finally {
    await ground.close()
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}
