// Debian's SimpleSAMLphp as an identity provider, on a free port, in a folder of its own.
import { spawn, execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, mkdirSync, writeFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import net from "node:net";
import { base } from "./support.mjs";

const code = "/usr/share/simplesamlphp";

export const freePort = () => new Promise((resolve) => {
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

/** Starts it; its people have addresses at `domain`. `configure` tells it of a service provider, and may be called again. */
export async function simpleSaml(domain) {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), "simplesaml-"));
  const entityId = `http://localhost:${port}/saml2/idp/metadata.php`;
  let php;
  function configure(serviceProvider) {
    mkdirSync(join(folder, "config"), { recursive: true });
    for (const name of ["metadata", "cert", "data", "log", "tmp"]) mkdirSync(join(folder, name), { recursive: true });
    if (!existsSync(join(folder, "cert/idp.crt"))) execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=idp.initech.example",
      "-keyout", join(folder, "cert/idp.key"), "-out", join(folder, "cert/idp.crt")], { stdio: "ignore" });
    const at = `http://localhost:${port}/`;
    writeFileSync(join(folder, "config/config.php"), `<?php $config = [
      'baseurlpath' => '${at}', 'certdir' => '${folder}/cert/', 'loggingdir' => '${folder}/log/', 'datadir' => '${folder}/data/',
      'tempdir' => '${folder}/tmp', 'metadatadir' => '${folder}/metadata', 'logging.handler' => 'file', 'technicalcontact_email' => 'na@example.org',
      'secretsalt' => 'only-for-this-test', 'auth.adminpassword' => 'only-for-this-test-1', 'timezone' => 'UTC',
      'enable.saml20-idp' => true, 'trusted.url.domains' => ['${new URL(base).host}'], 'module.enable' => ['exampleauth' => true, 'core' => true, 'saml' => true],
      'session.cookie.secure' => false, 'session.cookie.samesite' => null, 'store.type' => 'phpsession', 'session.phpsession.savepath' => '${folder}/tmp',
      'metadata.sources' => [['type' => 'flatfile']], 'production' => true, 'usenewui' => false ];`);
    writeFileSync(join(folder, "config/authsources.php"), `<?php $config = ['people' => ['exampleauth:UserPass',
      'milton:stapler' => ['uid' => ['milton'], 'mail' => ['milton@${domain}'], 'givenName' => ['Milton'], 'sn' => ['Waddams']],
      'eve:stapler' => ['uid' => ['eve'], 'mail' => ['eve@acme-ads.example'], 'givenName' => ['Eve'], 'sn' => ['Outside']]]];`);
    writeFileSync(join(folder, "metadata/saml20-idp-hosted.php"), `<?php $metadata['__DYNAMIC:1__'] = ['host' => '__DEFAULT__',
      'privatekey' => 'idp.key', 'certificate' => 'idp.crt', 'auth' => 'people', 'sign.logout' => true, 'signature.algorithm' => 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
      'NameIDFormat' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent', 'simplesaml.nameidattribute' => 'uid',
      'authproc' => [3 => ['class' => 'saml:AttributeNameID', 'attribute' => 'uid', 'Format' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent']] ];`);
    writeFileSync(join(folder, "metadata/saml20-sp-remote.php"), `<?php $metadata['${serviceProvider.entityId}'] = [
      'AssertionConsumerService' => '${serviceProvider.acs}', 'SingleLogoutService' => '${serviceProvider.acs.replace("/login/", "/logout/")}',
      'sign.logout' => true, 'validate.logout' => true, 'NameIDFormat' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
      'validate.authnrequest' => true, 'certData' => '${serviceProvider.certificate}', 'saml20.sign.response' => true, 'saml20.sign.assertion' => true,
      'assertion.encryption' => ${serviceProvider.encryption} ];`);
  }

  async function start() {
    php = spawn("php", ["-d", "opcache.enable=0", "-d", "session.use_strict_mode=0", "-d", "error_reporting=E_ALL & ~E_DEPRECATED & ~E_WARNING & ~E_NOTICE", "-d", "display_errors=0",
      "-S", `127.0.0.1:${port}`, "-t", join(code, "www")],
      { env: { ...process.env, SIMPLESAMLPHP_CONFIG_DIR: join(folder, "config"), PHP_CLI_SERVER_WORKERS: "4" }, stdio: "ignore", detached: true });
    await answers(entityId);
  }

  function stop() {
    try { process.kill(-php.pid); } catch { /* gone */ }
    rmSync(folder, { recursive: true, force: true });
  }

  return { port, folder, entityId, configure, start, stop };
}

/** Signs in on its page. */
export async function throughSimpleSaml(page, user) {
  await page.locator("input[name=username]").fill(user);
  await page.locator("input[name=password]").fill("stapler");
  await page.locator("button[type=submit], input[type=submit], #submit_button, button").first().click();
}
