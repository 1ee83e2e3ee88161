// A real authoritative name server (NLnet Labs' NSD) on loopback, whose zone a test changes.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const pause = (millis) => new Promise((resolve) => setTimeout(resolve, millis));

/** Serves at `port`; `publish(records)` replaces what `zone` holds, in the format of zone files. */
export function nameServer(zone, port) {
  const folder = mkdtempSync(join(tmpdir(), "nsd-"));
  let process, serial = 0;

  async function stop() {
    if (!process) return;
    const gone = new Promise((resolve) => process.once("exit", resolve));
    process.kill();
    await Promise.race([gone, pause(5_000)]);
    process = undefined;
  }

  async function publish(records) {
    await stop();
    writeFileSync(join(folder, "zone"), `$ORIGIN ${zone}.\n$TTL 1\n@ SOA ns1 hostmaster ${++serial} 1 1 1 1\n@ NS ns1\nns1 A 127.0.0.1\n${records}\n`);
    writeFileSync(join(folder, "nsd.conf"), `server:
  ip-address: 127.0.0.1@${port}
  username: ""
  chroot: ""
  database: ""
  zonesdir: "${folder}"
  pidfile: "${folder}/nsd.pid"
  xfrdfile: "${folder}/xfrd.state"
  xfrdir: "${folder}"
  zonelistfile: "${folder}/zone.list"
  cookie-secret-file: "${folder}/cookies"
  logfile: "${folder}/log"
  server-count: 1
remote-control:
  control-enable: no
zone:
  name: "${zone}"
  zonefile: "zone"
`);
    writeFileSync(join(folder, "log"), "");
    process = spawn("/usr/sbin/nsd", ["-d", "-c", join(folder, "nsd.conf")], { stdio: "ignore" });
    for (let i = 0; i < 200; i++) {
      if (readFileSync(join(folder, "log"), "utf8").includes("nsd started")) return;
      await pause(50);
    }
    throw new Error("nsd did not start: " + readFileSync(join(folder, "log"), "utf8"));
  }

  return { publish, close: async () => { await stop(); rmSync(folder, { recursive: true, force: true }); } };
}
