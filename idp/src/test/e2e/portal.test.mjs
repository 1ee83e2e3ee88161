// The whole setup, from the link to a person's login, as a customer's administrator does it: against SimpleSAMLphp,
// npm oidc-provider and a real name server; the second time without scripts.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import http from "node:http";
import { generateKeyPairSync } from "node:crypto";
import { AxeBuilder } from "@axe-core/playwright";
import Provider from "oidc-provider";
import { admin, authorizeUrl, base, identify, launch, newPage } from "./support.mjs";
import { simpleSaml, throughSimpleSaml } from "./simplesaml.mjs";
import { nameServer } from "./dns.mjs";

const run = Math.random().toString(36).slice(2, 8);
const domain = `vandelay-${run}.example`;
let browser, idp, dns;

before(async () => {
  browser = await launch();
  idp = await simpleSaml(domain);
  dns = nameServer(domain, Number(process.env.DNS_PORT));
  await dns.publish("");
});
after(async () => {
  await browser?.close();
  idp?.stop();
  await dns?.close();
});

async function invited(organization, intent = "sso", more = {}) {
  const links = await admin("POST", `/organizations/${organization}/setup-links`,
    { intent, contacts: [`it@${domain}`], inviter: "Nina of Gatehouse", ...more });
  return links.items[0].url;
}

async function accessible(page) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
  assert.deepEqual(violations.map((v) => [v.id, v.nodes.map((n) => n.html.slice(0, 120))]), [], page.url());
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "no sideways scrolling at " + page.url());
}

const see = async (page, text) => assert.match(await page.locator("main").innerText(), text);
const press = (page, name) => page.getByRole("button", { name }).first().click();
const step = async (page, slug) => { await page.goto(page.url().replace(/(connections\/[^/]+)\/.*$/, `$1/${slug}`)); };

test("from the link to a person's login, over SAML", async () => {
  const organization = `vandelay-${run}`;
  await admin("POST", "/organizations", { id: organization, display_name: "Vandelay Industries" });
  const { page, context } = await newPage(browser);
  await page.goto(await invited(organization));
  await see(page, /Nina of Gatehouse invites you/);
  await accessible(page);
  await press(page, /open the setup/i);
  await see(page, /What lies ahead/);
  await accessible(page);

  // Which one, and our values in its words.
  await page.getByRole("link", { name: /choose your identity provider/i }).click();
  await accessible(page);
  await page.locator("button[value='generic-saml saml']").click();
  const value = (label) => page.getByLabel(label, { exact: true }).first().inputValue();
  const entityId = await value("Entity ID / Audience");
  const acs = await value("ACS URL / Reply URL / Recipient");
  await accessible(page);
  const spMetadata = await (await fetch(entityId)).text();
  const certificate = spMetadata.match(/<(?:\w+:)?X509Certificate>([^<]+)</)[1].replace(/\s/g, "");
  idp.configure({ entityId, acs, certificate, encryption: "false" });
  await idp.start();
  await press(page, /done, next/i);

  // Theirs, with the usual mistakes first.
  const read = async (address) => { await page.locator("#metadata_url").fill(address); await press(page, "Read it"); };
  for (const [address, said] of [
    [base + "/saml/sp/globex-saml", /metadata of another service provider/],
    [base + "/login/nobody", /no metadata at this address/],
    [base + "/demo", /web page, not metadata/],
    ["https://idp.example/{tenantid}/metadata", /placeholder/],
    ["ftp://idp.example/metadata", /must begin with https/],
    [`https://nowhere.${domain}/metadata`, /no such host|does not answer/],
  ]) {
    await read(address);
    await see(page, said);
    assert.equal(await page.locator("#metadata_url").inputValue(), address);
  }
  await accessible(page);
  const upload = async (content) => {
    await page.locator("#metadata_file").setInputFiles({ name: "m.xml", mimeType: "text/xml", buffer: Buffer.from(content) });
    await press(page, "Read the file");
  };
  await upload("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----");
  await see(page, /certificate, not metadata/);
  await upload("<a".repeat(3));
  await see(page, /XML is broken/);
  const theirs = await (await fetch(idp.entityId)).text();
  await upload(theirs);
  await see(page, /This is what we read/);
  await see(page, /SHA-256/);
  await page.getByText("Change this").click();
  await read(idp.entityId);
  await see(page, /fetched again regularly/);
  await see(page, new RegExp(`localhost:${idp.port}`));
  await accessible(page);

  // Trying it out makes nobody; reloading, and coming back later, is safe.
  await page.getByRole("link", { name: /test a sign-in/i }).click();
  await accessible(page);
  const [tab] = await Promise.all([context.waitForEvent("page"), page.getByRole("link", { name: /sign in now/i }).click()]);
  await throughSimpleSaml(tab, "milton");
  await tab.waitForURL(/\/test\/[\w-]{22}$/);
  await see(tab, /It works/);
  await see(tab, new RegExp(`milton@${domain}`));
  await accessible(tab);
  await tab.reload();
  await see(tab, /It works/);
  assert.deepEqual((await admin("GET", `/users?organization=${organization}`)).items, []);
  await tab.getByRole("link", { name: /next step/i }).click();

  // What a person becomes.
  await see(tab, /What a person becomes/);
  await tab.locator("#m-display_name").selectOption("givenName");
  assert.equal(await tab.locator("#r-display_name").innerText(), "Milton");
  await press(tab, "Save");
  await see(tab, /Saved/);
  await accessible(tab);

  // Not before a domain is proved.
  await step(tab, "activate");
  assert.ok(await tab.getByRole("button", { name: /let everybody in/i }).isDisabled());
  await accessible(tab);
  await step(tab, "domain");
  await tab.locator("#name").fill(`https://${domain}/`);
  await press(tab, "Add");
  const host = await tab.getByLabel("Host or name").inputValue();
  const text = await tab.getByLabel("Value", { exact: true }).inputValue();
  assert.equal(host, `_gatehouse-challenge.${domain}`);
  await press(tab, /check now/i);
  await see(tab, /record is not there yet/);
  await see(tab, /127\.0\.0\.1/);
  await accessible(tab);
  await dns.publish(`_gatehouse-challenge TXT "something else"`);
  await press(tab, /check now/i);
  await see(tab, /another value/);
  await dns.publish(`_gatehouse-challenge.${domain} TXT "${text}"`);
  await press(tab, /check now/i);
  await see(tab, /shorten the host/);
  await dns.publish(`_gatehouse-challenge TXT "${text}"`);
  await press(tab, /check now/i);
  await see(tab, /the domain is yours/);
  await accessible(tab);

  // Everybody, and one of them.
  await step(tab, "activate");
  await press(tab, /let everybody in/i);
  await see(tab, /Everybody of your domains can now sign in/);
  const person = await newPage(browser);
  await person.page.goto(authorizeUrl().url);
  await identify(person.page, `milton@${domain}`);
  await person.page.waitForURL(new RegExp(`localhost:${idp.port}`));
  await throughSimpleSaml(person.page, "milton");
  await person.page.waitForURL((url) => url.href.startsWith(base + "/demo"));
  const users = await admin("GET", `/users?organization=${organization}`);
  assert.deepEqual(users.items.map((user) => [user.email, user.display_name]), [[`milton@${domain}`, "Milton"]]);
  await person.context.close();

  // How it is doing, attempt by attempt.
  await step(tab, "health");
  await see(tab, /days left/);
  await accessible(tab);
  await step(tab, "attempts");
  await tab.locator("table a").first().click();
  await see(tab, /What was checked/);
  await accessible(tab);

  // What people use changes only after it was shown and confirmed.
  await step(tab, "metadata");
  await tab.getByText("Change this").click();
  await tab.locator("#metadata_url").fill(base + "/realms/demo-idp/saml/idp");
  await press(tab, "Read it");
  await see(tab, /This would change/);
  await see(tab, /another identity provider/);
  await accessible(tab);
  await press(tab, "Discard");
  await see(tab, /Nothing was changed/);
  await context.close();
});

async function openIdProvider(redirectUri) {
  const server = http.createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const issuer = `http://localhost:${server.address().port}`;
  const jwk = { ...generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256" };
  const provider = new Provider(issuer, {
    jwks: { keys: [jwk] },
    clients: [{ client_id: "gatehouse", client_secret: "upstream-secret-of-32-characters!", redirect_uris: [redirectUri] }],
    claims: { email: ["email", "email_verified"], profile: ["name", "given_name", "family_name"] },
    conformIdTokenClaims: false,
    cookies: { keys: ["only-for-this-test"] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@${domain}`, email_verified: true, name: "Art Vandelay", given_name: "Art", family_name: "Vandelay" }) }),
  });
  server.on("request", provider.callback());
  return { issuer, close: () => { server.close(); server.closeAllConnections(); } };
}

test("over OpenID Connect, without scripts, in German, on a small screen", async () => {
  const organization = `kramerica-${run}`;
  await admin("POST", "/organizations", { id: organization, display_name: "Kramerica" });
  const { page, context } = await newPage(browser, { javaScriptEnabled: false, locale: "de-DE", viewport: { width: 320, height: 720 } });
  await page.goto(await invited(organization));
  await press(page, /einrichtung öffnen/i);
  await page.getByRole("link", { name: /identity provider wählen/i }).click();
  await page.locator("button[value='generic-oidc oidc']").click();
  const redirectUri = await page.getByLabel("Redirect URI", { exact: true }).inputValue();
  const provider = await openIdProvider(redirectUri);
  try {
    await press(page, /fertig, weiter/i);
    const give = async (issuer, secret) => {
      if (await page.getByText("Das ändern").count()) await page.getByText("Das ändern").click();
      await page.locator("#issuer").fill(issuer);
      await page.locator("#client_id").fill("gatehouse");
      await page.locator("#client_secret").fill(secret);
      await press(page, "Prüfen und speichern");
    };
    await give(provider.issuer + "/", "wrong");
    await see(page, /nennt sich anders/);
    await give(base + "/demo", "wrong");
    await see(page, /keine OpenID-Konfiguration|antwortete mit Status/);
    await give(provider.issuer, "wrong-secret-of-32-characters!!!!");
    await see(page, /Das haben wir gelesen/);
    assert.ok(!(await page.content()).includes("wrong-secret"), "a secret is never shown again");

    const attempt = async () => {
      await step(page, "test");
      await page.goto(new URL(await page.getByRole("link", { name: /jetzt anmelden/i }).getAttribute("href"), base).href);
      // A wrong secret shows before anybody types, where requests are sent ahead (RFC 9126).
      if (!page.url().includes("/interaction/")) return;
      await page.locator("input[name=login]").fill("art");
      await page.locator("input[name=password]").fill("any");
      await page.locator("button[type=submit]").click();
      // Consent is asked for once.
      if (page.url().includes("/interaction/")) await page.locator("button[type=submit]").click();
      await page.waitForURL((url) => url.href.startsWith(base));
    };
    await attempt();
    await see(page, /OIDC-SECRET-01/);
    await step(page, "metadata");
    await give(provider.issuer, "upstream-secret-of-32-characters!");
    await attempt();
    await see(page, /Es funktioniert/);
    await see(page, new RegExp(`art@${domain}`));
    assert.deepEqual((await admin("GET", `/users?organization=${organization}`)).items, []);

    // Testers need no more than an address.
    await step(page, "activate");
    await page.locator("#testers").fill(`art@${domain}`);
    await press(page, "Testpersonen zulassen");
    await see(page, /Im Test/);
    await press(page, /English/);
    await see(page, /Let people in/);
  } finally {
    provider.close();
    await context.close();
  }
});

test("a colleague's link begins at the step, and opens once", async () => {
  const organization = `pendant-${run}`;
  await admin("POST", "/organizations", { id: organization, display_name: "Pendant" });
  const { page, context } = await newPage(browser);
  await page.goto(await invited(organization));
  await press(page, /open the setup/i);
  await page.goto(base + "/portal/connections");
  await page.locator("button[value='entra saml']").click();
  await see(page, /Reply URL \(Assertion Consumer Service URL\)/);
  await page.getByText("Hand this step to a colleague").click();
  await page.locator("#contact").fill("colleague@pendant.example");
  await press(page, "Make a link");
  const url = await page.locator("#link").inputValue();
  const colleague = await newPage(browser);
  await colleague.page.goto(url);
  await see(colleague.page, new RegExp(`it@${domain} invites you`));
  await press(colleague.page, /open the setup/i);
  assert.match(colleague.page.url(), /\/values$/);
  await colleague.context.clearCookies();
  await colleague.page.goto(url);
  await see(colleague.page, /has been used/);
  await accessible(colleague.page);
  await press(colleague.page, /request a new link/i);
  await see(colleague.page, /request is noted/);
  await colleague.context.close();
  await context.close();
});
