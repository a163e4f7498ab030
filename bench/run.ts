/** Figures, printed side by side in one run; nothing here passes or fails. `npm run bench -- forecast` runs one part. */
const parts: Readonly<Record<string, () => Promise<void>>> = {
  audit: async () => (await import('./audit.ts')).benchAudit(),
  forecast: async () => (await import('./forecast.ts')).benchForecast(),
  judgements: async () => (await import('./judgements.ts')).benchJudgements(),
  filers: async () => (await import('./filers.ts')).benchFilers(),
  grid: async () => (await import('./grid.ts')).benchGrid(),
  import: async () => (await import('./import.ts')).benchImport(),
  roster: async () => (await import('./roster.ts')).benchRoster(),
  vault: async () => (await import('./vault.ts')).benchVault(),
  pages: async () => (await import('./pages.ts')).benchPages(),
}

const asked = process.argv.slice(2)
for (const name of asked.length > 0 ? asked : Object.keys(parts)) {
  const part = parts[name]
  if (!part) {
    process.stderr.write(`没有“${name}”这一项，可选：${Object.keys(parts).join('、')}。\n`)
    process.exitCode = 2
    break
  }
  process.stdout.write(`\n═ ${name}\n`)
  await part()
}

export {}
