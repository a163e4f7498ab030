import { openSite } from '../../src/app/open-site.ts'
import { workOnJobs } from '../../src/app/work-on-jobs.ts'

/** A worker process as on any machine, that is killed the moment its jobs reach the n-th step; 0 lets it live and count. */
const dieAt = Number(process.argv[2])
const { books } = await openSite()
let steps = 0
workOnJobs(books, {
  slots: 1,
  onStep: (step) => {
    steps++
    if (steps === dieAt) process.kill(process.pid, 'SIGKILL')
    if (step === 'done') process.stdout.write(`done after ${steps}\n`)
  },
})
process.stdout.write('ready\n')
