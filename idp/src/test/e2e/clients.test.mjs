// Third-party clients against us: openid-client as relying party and service, jose as the validator of our tokens.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import * as oidc from "openid-client";
import { createRemoteJWKSet, jwtVerify, decodeProtectedHeader } from "jose";
import { base, identify, launch, newPage, typePassword } from "./support.mjs";

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

const insecure = { execute: [oidc.allowInsecureRequests] };
const app = () => oidc.discovery(new URL(base), "demo-app", undefined, oidc.None(), insecure);
const service = (method) => oidc.discovery(new URL(base), "demo-service", undefined, method("demo-service-secret"), insecure);

async function login(page, config, extra = {}) {
  const verifier = oidc.randomPKCECodeVerifier();
  const state = oidc.randomState(), nonce = oidc.randomNonce();
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: base + "/demo/callback", scope: "openid profile email api:read", state, nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: "S256", ...extra,
  });
  await page.goto(url.href);
  if (await page.locator("input[name=identifier]:visible").count()) {
    await identify(page, "root@gatehouse.example");
    await typePassword(page);
  }
  await page.waitForURL(/\/demo\/callback\?/);
  return oidc.authorizationCodeGrant(config, new URL(page.url()), {
    pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true,
  });
}

test("openid-client: code flow with PKCE, userinfo, refresh, revocation, logout", async () => {
  const { page, context } = await newPage(browser, { javaScriptEnabled: false });
  const config = await app();
  const tokens = await login(page, config);
  const claims = tokens.claims();
  const info = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub);
  assert.equal(info.email, "root@gatehouse.example");
  const refreshed = await oidc.refreshTokenGrant(config, tokens.refresh_token);
  assert.notEqual(refreshed.refresh_token, tokens.refresh_token);
  assert.equal(refreshed.claims().sub, claims.sub);
  assert.equal(refreshed.claims().auth_time, claims.auth_time);
  await oidc.tokenRevocation(config, refreshed.refresh_token);
  await assert.rejects(oidc.refreshTokenGrant(config, refreshed.refresh_token), (e) => e.error === "invalid_grant");
  const silent = await login(page, config, { prompt: "none" });
  assert.equal(silent.claims().sid, claims.sid);
  const logout = oidc.buildEndSessionUrl(config, { id_token_hint: silent.id_token, post_logout_redirect_uri: base + "/demo", state: "bye" });
  await page.goto(logout.href);
  await page.waitForURL(/\/demo\?state=bye/);
  await context.close();
});

for (const [name, method] of [["client_secret_basic", oidc.ClientSecretBasic], ["client_secret_post", oidc.ClientSecretPost]]) {
  test(`openid-client: client credentials and introspection with ${name}`, async () => {
    if (name === "client_secret_post") {
      // demo-service is registered for client_secret_basic: another method is refused, as registered.
      const config = await service(method);
      await assert.rejects(oidc.clientCredentialsGrant(config, { scope: "api:read" }), (e) => e.error === "invalid_client" || e.cause?.error === "invalid_client" || e.status === 401);
      return;
    }
    const config = await service(method);
    const tokens = await oidc.clientCredentialsGrant(config, { scope: "api:read" });
    const standing = await oidc.tokenIntrospection(config, tokens.access_token);
    assert.equal(standing.active, true);
    assert.equal(standing.client_id, "demo-service");
    await oidc.tokenRevocation(config, tokens.access_token);
    assert.equal((await oidc.tokenIntrospection(config, tokens.access_token)).active, false);
  });
}

test("jose validates our access tokens as RFC 9068 asks, and our ID tokens", async () => {
  const { page, context } = await newPage(browser, { javaScriptEnabled: false });
  const config = await app();
  const keys = createRemoteJWKSet(new URL(config.serverMetadata().jwks_uri));
  const tokens = await login(page, config);
  const access = await jwtVerify(tokens.access_token, keys, { issuer: base, typ: "at+jwt", audience: base + "/demo/api", requiredClaims: ["exp", "iat", "jti", "sub", "client_id", "sid", "scope"] });
  assert.equal(access.payload.client_id, "demo-app");
  assert.equal(decodeProtectedHeader(tokens.access_token).alg, "ES256");
  await jwtVerify(tokens.id_token, keys, { issuer: base, audience: "demo-app" });
  await assert.rejects(jwtVerify(tokens.id_token, keys, { issuer: base, typ: "at+jwt" }));
  await context.close();
});

test("introspection follows the session: signed out is inactive at once", async () => {
  const { page, context } = await newPage(browser, { javaScriptEnabled: false });
  const config = await app();
  const tokens = await login(page, config);
  const asService = await service(oidc.ClientSecretBasic);
  assert.equal((await oidc.tokenIntrospection(asService, tokens.access_token)).active, true);
  await page.goto(oidc.buildEndSessionUrl(config, { id_token_hint: tokens.id_token, post_logout_redirect_uri: base + "/demo" }).href);
  assert.equal((await oidc.tokenIntrospection(asService, tokens.access_token)).active, false);
  await context.close();
});
