import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'
import { isUnderWay, useJob } from '../../../ui/job-progress.tsx'
import { useUrlState } from '../../../ui/use-url-state.ts'

/**
 * 进行中的测算 — its number stands in the address, so that a reload finds it again.
 *
 * When it is over everything on the pages is asked anew; a number the server no longer knows is dropped.
 */
export function useRunningJob() {
  const queries = useQueryClient()
  const [jobId, setJobId] = useUrlState('job', '')
  const job = useJob(jobId || undefined)
  const unknown = job.error !== null
  useEffect(() => {
    if (jobId && unknown) setJobId('')
  }, [jobId, unknown, setJobId])
  const finished = useCallback(() => {
    setJobId('')
    queries.invalidateQueries()
  }, [queries, setJobId])
  const running = jobId !== '' && (job.data === undefined || isUnderWay(job.data))
  return { jobId, running, begin: setJobId, finished }
}
