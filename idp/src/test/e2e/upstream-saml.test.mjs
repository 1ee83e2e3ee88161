// A third-party SAML identity provider (Debian's SimpleSAMLphp) as an organization's identity provider.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { spawn, execFileSync } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, writeFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import net from "node:net";
import { admin, authorizeUrl, base, identify, launch, newPage } from "./support.mjs";

const run = Math.random().toString(36).slice(2, 8);
const id = `initech-${run}`, domain = `initech-${run}.example`;
const code = "/usr/share/simplesamlphp";
let browser, php, folder, port;

const freePort = () => new Promise((resolve) => {
  const probe = net.createServer().listen(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});

async function answers(url) {
  for (let i = 0; i < 100; i++) {
    try { if ((await fetch(url)).ok) return; } catch { /* not yet */ }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("SimpleSAMLphp does not answer at " + url);
}

function configure(serviceProvider) {
  mkdirSync(join(folder, "config"), { recursive: true });
  for (const name of ["metadata", "cert", "data", "log", "tmp"]) mkdirSync(join(folder, name), { recursive: true });
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=idp.initech.example",
    "-keyout", join(folder, "cert/idp.key"), "-out", join(folder, "cert/idp.crt")], { stdio: "ignore" });
  const at = `http://localhost:${port}/`;
  writeFileSync(join(folder, "config/config.php"), `<?php $config = [
    'baseurlpath' => '${at}', 'certdir' => '${folder}/cert/', 'loggingdir' => '${folder}/log/', 'datadir' => '${folder}/data/',
    'tempdir' => '${folder}/tmp', 'metadatadir' => '${folder}/metadata', 'logging.handler' => 'file', 'technicalcontact_email' => 'na@example.org',
    'secretsalt' => 'only-for-this-test', 'auth.adminpassword' => 'only-for-this-test-1', 'timezone' => 'UTC',
    'enable.saml20-idp' => true, 'module.enable' => ['exampleauth' => true, 'core' => true, 'saml' => true],
    'session.cookie.secure' => false, 'session.cookie.samesite' => null, 'store.type' => 'phpsession', 'session.phpsession.savepath' => '${folder}/tmp',
    'metadata.sources' => [['type' => 'flatfile']], 'production' => true, 'usenewui' => false ];`);
  writeFileSync(join(folder, "config/authsources.php"), `<?php $config = ['people' => ['exampleauth:UserPass',
    'milton:stapler' => ['uid' => ['milton'], 'mail' => ['milton@${domain}'], 'givenName' => ['Milton'], 'sn' => ['Waddams']],
    'eve:stapler' => ['uid' => ['eve'], 'mail' => ['eve@acme-ads.example'], 'givenName' => ['Eve'], 'sn' => ['Outside']]]];`);
  writeFileSync(join(folder, "metadata/saml20-idp-hosted.php"), `<?php $metadata['__DYNAMIC:1__'] = ['host' => '__DEFAULT__',
    'privatekey' => 'idp.key', 'certificate' => 'idp.crt', 'auth' => 'people', 'signature.algorithm' => 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    'NameIDFormat' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent', 'simplesaml.nameidattribute' => 'uid',
    'authproc' => [3 => ['class' => 'saml:AttributeNameID', 'attribute' => 'uid', 'Format' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent']] ];`);
  writeFileSync(join(folder, "metadata/saml20-sp-remote.php"), `<?php $metadata['${serviceProvider.entityId}'] = [
    'AssertionConsumerService' => '${serviceProvider.acs}', 'NameIDFormat' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
    'validate.authnrequest' => true, 'certData' => '${serviceProvider.certificate}', 'saml20.sign.response' => true, 'saml20.sign.assertion' => true,
    'assertion.encryption' => ${serviceProvider.encryption} ];`);
}

before(async () => {
  browser = await launch();
  port = await freePort();
  folder = mkdtempSync(join(tmpdir(), "simplesaml-"));
  const entityId = `http://localhost:${port}/saml2/idp/metadata.php`;
  await admin("POST", "/organizations", { id, display_name: "Initech" });
  await admin("POST", "/domains", { name: domain, organization: id, verified: true });
  await admin("POST", "/connections", { id, organization: id, type: "saml", display_name: "Initech", settings: { metadata_url: entityId } });
  const metadata = await (await fetch(`${base}/saml/sp/${id}`)).text();
  const certificate = metadata.match(/<(?:\w+:)?X509Certificate>([^<]+)</)[1].replace(/\s/g, "");
  configure({ entityId: `${base}/saml/sp/${id}`, acs: `${base}/login/arrive/${id}`, certificate, encryption: "false" });
  php = spawn("php", ["-d", "opcache.enable=0", "-d", "session.use_strict_mode=0", "-d", "error_reporting=E_ALL & ~E_DEPRECATED & ~E_WARNING & ~E_NOTICE", "-d", "display_errors=0",
    "-S", `127.0.0.1:${port}`, "-t", join(code, "www")],
    { env: { ...process.env, SIMPLESAMLPHP_CONFIG_DIR: join(folder, "config"), PHP_CLI_SERVER_WORKERS: "4" }, stdio: "ignore", detached: true });
  await answers(entityId);
});
after(async () => {
  await browser?.close();
  try { process.kill(-php.pid); } catch { /* gone */ }
  rmSync(folder, { recursive: true, force: true });
});

/** Waits for the demo app; a page of ours in between is a refusal, and says which. */
async function arrives(page) {
  await page.waitForURL((url) => url.href.startsWith(base));
  if (!page.url().startsWith(base + "/demo")) {
    await page.waitForURL((url) => url.href.startsWith(base + "/demo"), { timeout: 5_000 })
      .catch(async () => assert.fail("refused: " + (await page.locator("body").innerText())));
  }
}

async function throughProvider(page, user) {
  await page.locator("input[name=username]").fill(user);
  await page.locator("input[name=password]").fill("stapler");
  await page.locator("button[type=submit], input[type=submit], #submit_button, button").first().click();
}

test("an employee signs in over SimpleSAMLphp", async () => {
  const { page, context } = await newPage(browser);
  await page.goto(authorizeUrl().url);
  await identify(page, `milton@${domain}`);
  await page.waitForURL(new RegExp(`localhost:${port}`));
  await throughProvider(page, "milton");
  await arrives(page);
  const users = await admin("GET", `/users?organization=${id}`);
  assert.deepEqual(users.items.map((user) => [user.email, user.given_name, user.family_name]), [[`milton@${domain}`, "Milton", "Waddams"]]);
  await context.close();
});

test("an employee with another organization's e-mail address is refused", async () => {
  const { page, context } = await newPage(browser);
  await page.goto(authorizeUrl({ organization: id }).url);
  await throughProvider(page, "eve");
  await page.waitForURL((url) => url.href.startsWith(base + "/login"));
  assert.match(await page.title(), /^Error/);
  await context.close();
});

test("an assertion encrypted in CBC mode is refused, and the page says why, until the connection takes it", async () => {
  const metadata = await (await fetch(`${base}/saml/sp/${id}`)).text();
  const encryption = metadata.match(/use="encryption"[\s\S]*?X509Certificate>([^<]+)</)[1].replace(/\s/g, "");
  configure({ entityId: `${base}/saml/sp/${id}`, acs: `${base}/login/arrive/${id}`, certificate: encryption, encryption: "true" });
  // The request's signature is checked with the signing key; SimpleSAMLphp takes both keys from a list.
  const signing = metadata.match(/use="signing"[\s\S]*?X509Certificate>([^<]+)</)[1].replace(/\s/g, "");
  const file = join(folder, "metadata/saml20-sp-remote.php");
  writeFileSync(file, readFileSync(file, "utf8").replace(/'certData' => '[^']+'/,
    `'keys' => [['type' => 'X509Certificate', 'signing' => true, 'encryption' => false, 'X509Certificate' => '${signing}'], ` +
    `['type' => 'X509Certificate', 'signing' => false, 'encryption' => true, 'X509Certificate' => '${encryption}']]`));
  // SimpleSAMLphp 1.19 encrypts for a public key in CBC mode only, which tells an attacker who may ask often what is inside.
  // The identity provider has a new key: the metadata is imported anew.
  await admin("POST", `/connections/${id}/import-metadata`, { metadata_url: `http://localhost:${port}/saml2/idp/metadata.php` }, { "If-Match": "*" });
  const { page, context } = await newPage(browser);
  await page.goto(authorizeUrl({ organization: id }).url);
  await throughProvider(page, "milton");
  await page.waitForURL((url) => url.href.startsWith(base));
  assert.match(await page.locator("body").innerText(), /encrypted with an algorithm that is not accepted/);
  await context.close();

  // Its responses are signed, the ciphertext with them: such a one may be let in knowingly.
  await admin("PATCH", `/connections/${id}`, { settings: { allows_cbc_encryption: true } }, { "If-Match": "*" });
  const again = await newPage(browser);
  await again.page.goto(authorizeUrl({ organization: id }).url);
  await throughProvider(again.page, "milton");
  await arrives(again.page);
  await again.context.close();
});
