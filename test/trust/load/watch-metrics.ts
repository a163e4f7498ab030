/** 平台自报 — what its own metrics say at one moment. */
export interface Vitals {
  readonly rssMb: number
  readonly openFiles: number
  readonly connections: number
  readonly idle: number
  readonly processorSeconds: number
  /** Requests under way. */
  readonly inFlight: number
}

/** 看一眼 — reads `/metrics`. */
export async function readVitals(address: string): Promise<Vitals> {
  const text = await (await fetch(`${address}/metrics`)).text()
  const figure = (name: string) => {
    const line = text.split('\n').find((each) => each.startsWith(`${name} `))
    if (!line) throw new Error(`no figure ${name} among the metrics`)
    return Number(line.slice(name.length + 1))
  }
  return {
    rssMb: figure('kuoyou_process_resident_memory_bytes') / 2 ** 20,
    openFiles: figure('kuoyou_process_open_fds'),
    connections: figure('kuoyou_database_connections{state="total"}'),
    idle: figure('kuoyou_database_connections{state="idle"}'),
    processorSeconds: figure('kuoyou_process_cpu_seconds_total'),
    inFlight: figure('kuoyou_http_requests_in_flight'),
  }
}

/** 定时看 — reads every few seconds until stopped; a reading that fails is left out and counted. */
export function watchVitals(
  address: string,
  everyMs = 5_000,
): { stop(): { readings: Vitals[]; missed: number } } {
  const readings: Vitals[] = []
  let missed = 0
  const timer = setInterval(
    () =>
      readVitals(address).then(
        (vitals) => readings.push(vitals),
        () => {
          missed += 1
        },
      ),
    everyMs,
  )
  return {
    stop: () => {
      clearInterval(timer)
      return { readings, missed }
    },
  }
}
