// The strict side of a third-party OpenID Provider (npm oidc-provider): requests sent ahead, signed answers, our own
// keys, and signing out in every direction.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import http from "node:http";
import { generateKeyPairSync } from "node:crypto";
import Provider from "oidc-provider";
import { admin, authorizeUrl, base, launch, newPage } from "./support.mjs";

const run = Math.random().toString(36).slice(2, 8);
const org = `hooli-${run}`;
const domain = `${org}.example`;
const seen = [];
let browser, server, issuer;

before(async () => {
  browser = await launch();
  server = http.createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  issuer = `http://localhost:${server.address().port}`;
  const jwk = { ...generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" }), use: "sig", alg: "PS256" };
  const provider = new Provider(issuer, {
    jwks: { keys: [jwk] },
    clients: [{
      client_id: "gatehouse", token_endpoint_auth_method: "private_key_jwt", token_endpoint_auth_signing_alg: "ES256",
      jwks_uri: `${base}/oidc/rp/jwks`, redirect_uris: [`${base}/login/arrive/${org}`],
      id_token_signed_response_alg: "PS256", userinfo_signed_response_alg: "PS256", authorization_signed_response_alg: "PS256",
      require_pushed_authorization_requests: true,
      post_logout_redirect_uris: [`${base}/logout/arrive/${org}`],
      backchannel_logout_uri: `${base}/logout/backchannel/${org}`, backchannel_logout_session_required: true,
    }],
    features: {
      pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
      jwtResponseModes: { enabled: true }, jwtUserinfo: { enabled: true },
      backchannelLogout: { enabled: true }, rpInitiatedLogout: { enabled: true },
    },
    enabledJWA: {
      idTokenSigningAlgValues: ["PS256"], userinfoSigningAlgValues: ["PS256"], authorizationSigningAlgValues: ["PS256"],
      clientAuthSigningAlgValues: ["ES256"],
    },
    claims: { email: ["email", "email_verified"], profile: ["name", "given_name", "family_name"] },
    // Its own way out calls public addresses only.
    fetch: (url, { dispatcher, ...options }) => fetch(url, options),
    cookies: { keys: ["only-for-this-test"] },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, email: `${id}@${domain}`, email_verified: true, name: "Gavin Hooli" }) }),
  });
  for (const event of ["backchannel.success", "backchannel.error", "end_session.success", "pushed_authorization_request.success"]) {
    provider.on(event, () => seen.push(event));
  }
  server.on("request", provider.callback());
  await admin("POST", "/organizations", { id: org, display_name: "Hooli" });
  await admin("POST", "/domains", { name: domain, organization: org, verified: true });
  await admin("POST", "/connections", {
    id: org, organization: org, type: "oidc", display_name: "Hooli",
    settings: {
      issuer, client_id: "gatehouse", token_endpoint_auth_method: "private_key_jwt", token_endpoint_auth_signing_alg: "ES256",
      client_assertion_audience: "issuer", response_mode: "query.jwt", signing_algs: ["PS256"], upstream_logout: true,
    },
  });
});
after(async () => { await browser.close(); server.close(); server.closeAllConnections(); });

async function signIn(page) {
  await page.goto(authorizeUrl({ organization: org }).url);
  await page.waitForURL(/localhost:\d+\/interaction\//);
  assert.ok(!page.url().includes("gatehouse"), "the request is not in the browser's address");
  await page.locator("input[name=login]").fill("gavin");
  await page.locator("input[name=password]").fill("any");
  await page.locator("button[type=submit]").click();
  await page.locator("button[type=submit]").click();
  await page.waitForURL(/\/demo\/callback\?.*code=/);
}

async function silently(page) {
  await page.goto(authorizeUrl({ prompt: "none" }).url);
  await page.waitForURL(/\/demo\/callback\?/);
  return new URL(page.url()).searchParams;
}

test("our keys, a request sent ahead, a signed answer and signed userinfo: an employee signs in", async () => {
  const { page, context } = await newPage(browser, { javaScriptEnabled: false });
  await signIn(page);
  assert.ok(seen.includes("pushed_authorization_request.success"));
  const users = await admin("GET", `/users?organization=${org}`);
  assert.equal(users.items[0].email, `gavin@${domain}`);
  assert.ok((await silently(page)).has("code"));
  await context.close();
});

test("who signs out here is signed out at the provider, and comes back", async () => {
  const { page, context } = await newPage(browser, { javaScriptEnabled: false });
  await signIn(page);
  await page.goto(base + "/logout");
  await page.locator("button[value=logout]").click();
  await page.locator("button[value=go]").click();
  await page.waitForURL(/localhost:\d+\/session\/end/);
  assert.match(page.url(), /id_token_hint=ey/);
  await page.locator("button[value=yes]").click();
  await page.waitForURL((url) => url.href.startsWith(base));
  assert.match(await page.locator("h1").innerText(), /signed out|abgemeldet/i);
  assert.ok(seen.includes("end_session.success"));
  assert.equal((await silently(page)).get("error"), "login_required");
  await context.close();
});

test("who signs out at the provider is signed out here, by the provider's server", async () => {
  const { page, context } = await newPage(browser, { javaScriptEnabled: false });
  await signIn(page);
  assert.ok((await silently(page)).has("code"));
  const before = seen.filter((event) => event === "backchannel.success").length;
  await page.goto(issuer + "/session/end");
  await page.locator("button[value=yes]").click();
  await page.waitForURL(/session\/end\/success/);
  for (let i = 0; i < 50 && seen.filter((event) => event.startsWith("backchannel")).length === before; i++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.ok(!seen.includes("backchannel.error"));
  assert.equal((await silently(page)).get("error"), "login_required");
  await context.close();
});
