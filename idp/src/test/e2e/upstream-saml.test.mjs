// A third-party SAML identity provider (Debian's SimpleSAMLphp) as an organization's identity provider.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { admin, authorizeUrl, base, identify, launch, newPage } from "./support.mjs";
import { simpleSaml, throughSimpleSaml as throughProvider } from "./simplesaml.mjs";

const run = Math.random().toString(36).slice(2, 8);
const id = `initech-${run}`, domain = `initech-${run}.example`;
let browser, idp;

before(async () => {
  browser = await launch();
  idp = await simpleSaml(domain);
  const acs = `${base}/login/arrive/${id}`, us = `${base}/saml/sp/${id}`;
  idp.configure({ entityId: us, acs, certificate: "", encryption: "false" }); // its metadata must be there when we connect
  await idp.start();
  await admin("POST", "/organizations", { id, display_name: "Initech" });
  await admin("POST", "/domains", { name: domain, organization: id, verified: true });
  await admin("POST", "/connections", { id, organization: id, type: "saml", display_name: "Initech", settings: { metadata_url: idp.entityId } });
  const metadata = await (await fetch(`${base}/saml/sp/${id}`)).text();
  const certificate = metadata.match(/<(?:\w+:)?X509Certificate>([^<]+)</)[1].replace(/\s/g, "");
  idp.configure({ entityId: us, acs, certificate, encryption: "false" });
});
after(async () => {
  await browser?.close();
  idp?.stop();
});

/** Waits for the demo app; a page of ours in between is a refusal, and says which. */
async function arrives(page) {
  await page.waitForURL((url) => url.href.startsWith(base));
  if (!page.url().startsWith(base + "/demo")) {
    await page.waitForURL((url) => url.href.startsWith(base + "/demo"), { timeout: 5_000 })
      .catch(async () => assert.fail("refused: " + (await page.locator("body").innerText())));
  }
}

test("an employee signs in over SimpleSAMLphp", async () => {
  const { page, context } = await newPage(browser);
  await page.goto(authorizeUrl().url);
  await identify(page, `milton@${domain}`);
  await page.waitForURL(new RegExp(`localhost:${idp.port}`));
  await throughProvider(page, "milton");
  await arrives(page);
  const users = await admin("GET", `/users?organization=${id}`);
  assert.deepEqual(users.items.map((user) => [user.email, user.given_name, user.family_name]), [[`milton@${domain}`, "Milton", "Waddams"]]);
  await context.close();
});

async function signIn(page) {
  await page.goto(authorizeUrl({ organization: id }).url);
  await throughProvider(page, "milton");
  await arrives(page);
}

/** Whether an application is signed in without a question. */
async function isSignedIn(context) {
  const answer = await context.request.get(authorizeUrl({ prompt: "none" }).url, { maxRedirects: 0 });
  return new URL(answer.headers().location).searchParams.has("code");
}

test("signing out here signs out at SimpleSAMLphp", async () => {
  const { page, context } = await newPage(browser);
  await signIn(page);
  assert.ok(await isSignedIn(context));
  await page.goto(base + "/logout");
  await page.locator("button[value=logout]").click();
  await page.waitForURL(base + "/logout/done*");
  assert.match(await page.locator("body").innerText(), /You are signed out\s+You can close/);
  assert.ok(!(await isSignedIn(context)));
  await page.goto(authorizeUrl({ organization: id }).url); // SimpleSAMLphp asks again
  await page.locator("input[name=password]").waitFor();
  await context.close();
});

test("signing out at SimpleSAMLphp ends the session here", async () => {
  const { page, context } = await newPage(browser);
  const other = await newPage(browser);
  await signIn(page);
  await signIn(other.page); // the same person in another browser keeps their session: it has another index
  await page.goto(`http://localhost:${idp.port}/saml2/idp/SingleLogoutService.php?ReturnTo=${encodeURIComponent(base + "/demo")}`);
  await page.waitForURL((url) => url.href.startsWith(base + "/demo"), { timeout: 10_000 })
    .catch(async () => assert.fail(`at ${page.url()}: ` + (await page.locator("body").innerText())));
  assert.ok(!(await isSignedIn(context)));
  assert.ok(await isSignedIn(other.context));
  await context.close();
  await other.context.close();
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
  idp.configure({ entityId: `${base}/saml/sp/${id}`, acs: `${base}/login/arrive/${id}`, certificate: encryption, encryption: "true" });
  // The request's signature is checked with the signing key; SimpleSAMLphp takes both keys from a list.
  const signing = metadata.match(/use="signing"[\s\S]*?X509Certificate>([^<]+)</)[1].replace(/\s/g, "");
  const file = join(idp.folder, "metadata/saml20-sp-remote.php");
  writeFileSync(file, readFileSync(file, "utf8").replace(/'certData' => '[^']+'/,
    `'keys' => [['type' => 'X509Certificate', 'signing' => true, 'encryption' => false, 'X509Certificate' => '${signing}'], ` +
    `['type' => 'X509Certificate', 'signing' => false, 'encryption' => true, 'X509Certificate' => '${encryption}']]`));
  // SimpleSAMLphp 1.19 encrypts for a public key in CBC mode only, which tells an attacker who may ask often what is inside.
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
