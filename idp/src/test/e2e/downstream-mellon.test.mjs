// A third-party SAML service provider in C (Debian's mod_auth_mellon in Apache) of our identity provider.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { spawn, execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, mkdirSync, readFileSync, writeFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import net from "node:net";
import { admin, base, identify, launch, newPage, typePassword } from "./support.mjs";

let browser, apache, folder, url;

const freePort = () => new Promise((resolve) => {
  const probe = net.createServer().listen(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});

async function answers(at) {
  for (let i = 0; i < 100; i++) {
    try { if ((await fetch(at, { redirect: "manual" })).status < 500) return; } catch { /* not yet */ }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("Apache does not answer: " + readFileSync(join(folder, "error.log"), "utf8"));
}

before(async () => {
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), "mellon-"));
  chmodSync(folder, 0o755); // Apache drops its rights
  const port = await freePort();
  url = `http://127.0.0.1:${port}`; // its cookies name a domain, and browsers take none called localhost
  mkdirSync(join(folder, "www/secret"), { recursive: true });
  writeFileSync(join(folder, "www/index.html"), "everybody");
  writeFileSync(join(folder, "www/secret/index.html"), "secret");
  writeFileSync(join(folder, "idp.xml"), await (await fetch(base + "/saml/idp")).text());
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=mellon",
    "-keyout", join(folder, "sp.key"), "-out", join(folder, "sp.crt")], { stdio: "ignore" });
  chmodSync(join(folder, "sp.key"), 0o644);
  const modules = ["mpm_event", "authz_core", "authz_user", "authn_core", "auth_mellon", "dir", "headers", "setenvif"]
    .map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join("\n");
  writeFileSync(join(folder, "apache.conf"), `${modules}
    ServerRoot ${folder}
    ServerName ${url}
    Listen 127.0.0.1:${port}
    PidFile ${folder}/apache.pid
    ErrorLog ${folder}/error.log
    User www-data
    Group www-data
    DocumentRoot ${folder}/www
    DirectoryIndex index.html
    # Without TLS browsers take no cookie that says SameSite=None.
    SetEnvIf Request_URI ".*" MELLON_DISABLE_SAMESITE=1
    <Location />
      MellonEnable info
      MellonEndpointPath /mellon
      MellonSPPrivateKeyFile ${folder}/sp.key
      MellonSPCertFile ${folder}/sp.crt
      MellonIdPMetadataFile ${folder}/idp.xml
      MellonSignatureMethod rsa-sha256
      MellonUser mail
    </Location>
    <Location /secret>
      AuthType Mellon
      MellonEnable auth
      Require valid-user
      Header set X-Mail "expr=%{reqenv:MELLON_mail}"
    </Location>`);
  apache = spawn("/usr/sbin/apache2", ["-f", join(folder, "apache.conf"), "-D", "FOREGROUND"], { stdio: "ignore", detached: true });
  await answers(url + "/");
  const made = await admin("POST", "/service-providers/import-metadata", { metadata_url: url + "/mellon/metadata" });
  assert.ok(made.single_logout.soap_url && made.encryption.certificate && made.wants_authn_requests_signed);
  await admin("PATCH", "/service-providers/" + made.id, { display_name: "Mellon", attributes: { mail: "email" } },
    { "Content-Type": "application/merge-patch+json", "If-Match": "*" });
});
after(async () => {
  await browser?.close();
  try { process.kill(-apache.pid); } catch { /* gone */ }
  rmSync(folder, { recursive: true, force: true });
});

async function signIn(page) {
  await page.goto(url + "/secret/");
  await identify(page, "root@gatehouse.example");
  await typePassword(page);
  await page.waitForURL(url + "/secret/", { timeout: 10_000 }).catch(async () =>
    assert.fail(`at ${page.url()}: ${await page.locator("body").innerText()} ${readFileSync(join(folder, "error.log"), "utf8")}`));
}

/** What the protected page says of the person, or where it sends them. */
async function secret(context) {
  const answer = await context.request.get(url + "/secret/", { maxRedirects: 0 });
  return answer.status() === 200 ? answer.headers()["x-mail"] : "status " + answer.status();
}

test("mod_auth_mellon signs people in with an encrypted assertion", async () => {
  const { page, context } = await newPage(browser);
  await signIn(page);
  assert.equal(await page.locator("body").innerText(), "secret");
  assert.equal(await secret(context), "root@gatehouse.example");
  await context.close();
});

test("signing out at mod_auth_mellon ends the session here", async () => {
  const { page, context } = await newPage(browser);
  await signIn(page);
  await page.goto(`${url}/mellon/logout?ReturnTo=${encodeURIComponent(url + "/")}`);
  await page.waitForURL(url + "/", { timeout: 10_000 }).catch(async () =>
    assert.fail(`at ${page.url()}: ${await page.locator("body").innerText()}`));
  assert.equal(await secret(context), "status 303");
  await page.goto(url + "/secret/"); // and is asked again
  await page.locator("input[name=identifier]").waitFor();
  await context.close();
});

test("signing out here signs out at mod_auth_mellon, from server to server", async () => {
  const { page, context } = await newPage(browser);
  const visited = [];
  await signIn(page);
  page.on("request", (request) => { if (request.url().startsWith(url)) visited.push(request.url()); });
  await page.goto(base + "/logout");
  await page.locator("button[value=logout]").click();
  await page.waitForURL(base + "/logout/done*");
  assert.match(await page.locator("body").innerText(), /You are signed out\s+You can close/);
  assert.deepEqual(visited, []);
  assert.equal(await secret(context), "status 303");
  await context.close();
});
