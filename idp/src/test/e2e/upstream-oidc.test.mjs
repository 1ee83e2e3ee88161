// A third-party OpenID Provider (npm oidc-provider) as an organization's identity provider.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import http from "node:http";
import { generateKeyPairSync } from "node:crypto";
import Provider from "oidc-provider";
import { admin, authorizeUrl, base, identify, launch, newPage } from "./support.mjs";

const run = Math.random().toString(36).slice(2, 8);
const domain = `umbrella-${run}.example`;
let browser, server;

before(async () => {
  browser = await launch();
  server = http.createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const issuer = `http://localhost:${server.address().port}`;
  const jwk = { ...generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256" };
  const provider = new Provider(issuer, {
    jwks: { keys: [jwk] },
    clients: [{ client_id: "gatehouse", client_secret: "upstream-secret-of-32-characters!", redirect_uris: [`${base}/login/arrive/umbrella-${run}`] }],
    claims: { email: ["email", "email_verified"], profile: ["name", "given_name", "family_name"] },
    conformIdTokenClaims: false,
    cookies: { keys: ["only-for-this-test"] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: id.includes("@") ? id : `${id}@${domain}`, email_verified: true, name: "Alice Umbrella", given_name: "Alice", family_name: "Umbrella" }) }),
  });
  server.on("request", provider.callback());
  await admin("POST", "/organizations", { id: `umbrella-${run}`, display_name: "Umbrella" });
  await admin("POST", "/domains", { name: domain, organization: `umbrella-${run}`, verified: true });
  await admin("POST", "/connections", {
    id: `umbrella-${run}`, organization: `umbrella-${run}`, type: "oidc", display_name: "Umbrella",
    settings: { issuer, client_id: "gatehouse", client_secret: "upstream-secret-of-32-characters!" },
  });
});
after(async () => { await browser.close(); server.close(); server.closeAllConnections(); });

async function throughProvider(page, login) {
  await page.locator("input[name=login]").fill(login);
  await page.locator("input[name=password]").fill("any");
  await page.locator("button[type=submit]").click();
  await page.locator("button[type=submit]").click();
}

test("an employee signs in over oidc-provider, and becomes a user of the organization", async () => {
  const { page, context } = await newPage(browser, { javaScriptEnabled: false });
  await page.goto(authorizeUrl().url);
  await identify(page, `alice@${domain}`);
  await page.waitForURL(/localhost:\d+\/interaction\//);
  await throughProvider(page, "alice");
  await page.waitForURL(/\/demo\/callback\?.*code=/);
  const users = await admin("GET", `/users?organization=umbrella-${run}`);
  assert.equal(users.items.length, 1);
  assert.equal(users.items[0].email, `alice@${domain}`);
  await context.close();
});

test("an e-mail address outside the organization's domains is refused", async () => {
  const { page, context } = await newPage(browser, { javaScriptEnabled: false });
  await page.goto(authorizeUrl({ organization: `umbrella-${run}` }).url);
  await page.waitForURL(/localhost:\d+\/interaction\//);
  await throughProvider(page, "mallory@gatehouse.example");
  await page.waitForURL((url) => url.href.startsWith(base));
  assert.ok(!page.url().includes("code="));
  assert.match(await page.locator("body").innerText(), /[A-Z]+-[A-Z]+-\d\d/);
  await context.close();
});

test("a user who cancels at the provider comes back to a page with a way on", async () => {
  const { page, context } = await newPage(browser, { javaScriptEnabled: false });
  await page.goto(authorizeUrl({ organization: `umbrella-${run}` }).url);
  await page.waitForURL(/\/interaction\//);
  await page.getByText(/cancel/i).click();
  await page.waitForURL((url) => url.href.startsWith(base));
  await context.close();
});
