import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { JobProgress } from '../../../ui/job-progress.tsx'
import { Problem } from '../../../ui/page.tsx'
import { useSend } from '../../../ui/use-api.tsx'

/** 按规则立项 — judges duties and checks now, for the visitor's own counties; once done in a county, it is done there every day. */
export function JudgeRules() {
  const [jobId, setJobId] = useState<string>()
  const queries = useQueryClient()
  const starting = useSend<undefined, { jobId: string }>('POST', '/api/findings/judgements')
  const start = () => starting.mutate(undefined, { onSuccess: (started) => setJobId(started.jobId) })
  const finished = () => {
    setJobId(undefined)
    return queries.invalidateQueries({ queryKey: ['/api/findings'] })
  }
  return (
    <>
      <Button loading={starting.isPending} onClick={start}>
        按规则立项
      </Button>
      {jobId && <JobProgress jobId={jobId} onDone={finished} />}
      {starting.error && <Problem error={starting.error} />}
    </>
  )
}
