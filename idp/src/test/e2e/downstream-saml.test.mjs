// Third-party SAML service providers (npm @node-saml/node-saml) of our identity provider, in a real browser.
import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import http from "node:http";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SAML, ValidateInResponseTo } from "@node-saml/node-saml";
import { admin, authorizeUrl, base, identify, launch, newPage, password, typePassword } from "./support.mjs";

const run = Math.random().toString(36).slice(2, 8);
let browser, folder, reports, billing;

/** An application that signs people in over SAML; what it knows of them it says at its front page. */
class App {
  constructor(name, options = {}) {
    this.name = name;
    this.options = options;
    this.sessions = new Map();
    this.notices = [];
  }

  async start(idpCert) {
    this.server = http.createServer((request, response) => this.answer(request, response).catch((error) => {
      this.notices.push("error: " + error.message);
      response.writeHead(400, { "content-type": "text/plain" }).end("error: " + error.message);
    }));
    await new Promise((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    this.url = `http://localhost:${this.server.address().port}`;
    this.entityId = `${this.url}/metadata-${run}`;
    const file = join(folder, this.name);
    execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", `/CN=${this.name}`,
      "-keyout", file + ".key", "-out", file + ".crt"], { stdio: "ignore" });
    this.key = readFileSync(file + ".key", "utf8");
    this.certificate = readFileSync(file + ".crt", "utf8");
    const settings = {
      issuer: this.entityId, callbackUrl: this.url + "/acs", idpCert, entryPoint: base + "/saml/idp/sso",
      logoutUrl: base + "/saml/idp/slo", logoutCallbackUrl: this.url + "/slo", idpIssuer: base + "/saml/idp",
      privateKey: this.key, publicCert: this.certificate, decryptionPvk: this.options.encrypted ? this.key : undefined,
      signatureAlgorithm: "sha256", digestAlgorithm: "sha256", wantAssertionsSigned: true, wantAuthnResponseSigned: true,
      validateInResponseTo: this.options.unsolicited ? ValidateInResponseTo.never : ValidateInResponseTo.always,
      identifierFormat: null, disableRequestedAuthnContext: true, acceptedClockSkewMs: 5_000,
    };
    this.saml = new SAML(settings);
    // Its POST binding is the specification's only if it is told not to compress.
    this.posting = new SAML({ ...settings, skipRequestCompression: true, cacheProvider: this.saml.cacheProvider });
    this.metadata = this.saml.generateServiceProviderMetadata(
      this.options.encrypted ? this.certificate : null, this.certificate);
  }

  async register() {
    this.id = (await admin("POST", "/service-providers/import-metadata", { metadata_xml: this.metadata })).id;
    await this.change({ display_name: this.name, attributes: { mail: "email", "urn:oid:2.5.4.42": "given_name" } });
  }

  change(patch) {
    return admin("PATCH", "/service-providers/" + this.id, patch,
      { "Content-Type": "application/merge-patch+json", "If-Match": "*" });
  }

  async answer(request, response) {
    const url = new URL(request.url, this.url);
    const body = new URLSearchParams(await new Promise((resolve) => {
      let text = "";
      request.on("data", (chunk) => (text += chunk)).on("end", () => resolve(text));
    }));
    const id = new RegExp(`sid-${this.name}=(\\w+)`).exec(request.headers.cookie ?? "")?.[1];
    const go = (location) => response.writeHead(303, { location }).end();
    switch (url.pathname) {
      case "/": {
        const known = this.sessions.get(id);
        response.writeHead(200, { "content-type": "text/plain" }).end(known ? "signed in as " + known.mail : "signed out");
        return;
      }
      case "/login":
        return go(await this.saml.getAuthorizeUrlAsync(url.searchParams.get("state") ?? "", undefined, {}));
      case "/login-post":
        response.writeHead(200, { "content-type": "text/html" }).end(await this.posting.getAuthorizeFormAsync("", undefined, {}));
        return;
      case "/acs": {
        const { profile } = await this.saml.validatePostResponseAsync(Object.fromEntries(body));
        this.profile = profile;
        this.relayState = body.get("RelayState");
        const sid = Math.random().toString(36).slice(2);
        this.sessions.set(sid, profile);
        return response.writeHead(303, { location: "/", "set-cookie": `sid-${this.name}=${sid}; Path=/; HttpOnly` }).end();
      }
      case "/logout":
        return go(await this.saml.getLogoutUrlAsync(this.sessions.get(id), "back", {}));
      case "/slo": {
        if (this.options.dead) return request.socket.destroy();
        const query = Object.fromEntries(url.searchParams);
        const { profile, loggedOut } = request.method === "GET"
          ? await this.saml.validateRedirectAsync(query, url.search.slice(1))
          : body.has("SAMLRequest") ? await this.saml.validatePostRequestAsync(Object.fromEntries(body))
            : await this.saml.validatePostResponseAsync(Object.fromEntries(body));
        this.notices.push(profile ? "asked" : "answered");
        assert.ok(loggedOut);
        if (profile) {
          for (const [sid, known] of this.sessions) {
            if (known.nameID === profile.nameID && known.sessionIndex === profile.sessionIndex) this.sessions.delete(sid);
          }
          return go(await this.saml.getLogoutResponseUrlAsync(profile, query.RelayState ?? "", {}, true));
        }
        this.sessions.delete(id);
        return go("/");
      }
      default: return response.writeHead(204).end();
    }
  }
}

before(async () => {
  browser = await launch();
  folder = mkdtempSync(join(tmpdir(), "node-saml-"));
  const ours = await (await fetch(base + "/saml/idp")).text();
  const certificate = ours.match(/use="signing"[\s\S]*?X509Certificate>([^<]+)</)[1].replace(/\s/g, "");
  reports = new App("Reports");
  billing = new App("Billing", { encrypted: true });
  for (const app of [reports, billing]) {
    await app.start(certificate);
    await app.register();
  }
  // By redirect; the other one keeps the POST binding of its metadata.
  await reports.change({ single_logout: { redirect_url: reports.url + "/slo", post_url: null } });
});
after(async () => {
  await browser?.close();
  for (const app of [reports, billing]) { app?.server.closeAllConnections(); app?.server.close(); }
  rmSync(folder, { recursive: true, force: true });
});

async function signIn(page, app, path = "/login") {
  await page.goto(app.url + path);
  await identify(page, "root@gatehouse.example");
  await typePassword(page);
  await lands(page, app.url + "/");
}

/** Waits for a page; another one in its place is told by its text. */
async function lands(page, url) {
  await page.waitForURL(url, { timeout: 10_000 }).catch(async () =>
    assert.fail(`at ${page.url()} and not at ${url}: ${await page.locator("body").innerText()}`));
}

/** What an OpenID Connect application is answered that must not ask. */
async function silently(context) {
  const answer = await context.request.get(authorizeUrl({ prompt: "none" }).url, { maxRedirects: 0 });
  return new URL(answer.headers().location).searchParams;
}

const text = (page) => page.locator("body").innerText();

test("an application signs people in by redirect, another one by POST and encrypted, without asking again", async () => {
  const { page, context } = await newPage(browser);
  await signIn(page, reports);
  assert.equal(await text(page), "signed in as root@gatehouse.example");
  assert.equal(reports.profile["urn:oid:2.5.4.42"], "Root");
  assert.match(reports.profile.nameIDFormat, /persistent$/);

  await page.goto(billing.url + "/login-post");
  await lands(page, billing.url + "/");
  assert.equal(await text(page), "signed in as root@gatehouse.example");
  assert.notEqual(billing.profile.nameID, reports.profile.nameID); // two applications cannot compare

  // One browser session for both protocols: the OpenID Connect application does not ask either.
  assert.ok((await silently(context)).get("code"));
  await context.close();
});

test("signing out of one application signs out of the other, and of the session", async () => {
  const { page, context, problems } = await newPage(browser);
  await signIn(page, reports);
  await page.goto(billing.url + "/login");
  await lands(page, billing.url + "/");
  reports.notices.length = billing.notices.length = 0;

  await page.goto(reports.url + "/logout");
  await lands(page, reports.url + "/");
  assert.equal(await text(page), "signed out");
  assert.deepEqual([reports.notices, billing.notices], [["answered"], ["asked"]]);
  await page.goto(billing.url + "/");
  assert.equal(await text(page), "signed out");
  assert.equal((await silently(context)).get("error"), "login_required");
  assert.deepEqual(problems(), []);
  await context.close();
});

test("an OpenID Connect application signs out of SAML applications, without scripts too", async () => {
  const { page, context } = await newPage(browser, { javaScriptEnabled: false });
  await page.goto(reports.url + "/login");
  await identify(page, "root@gatehouse.example");
  await page.locator("input[name=password]").fill(password);
  await page.locator("button").first().click();
  await page.locator("form button").first().click(); // the response posts itself where scripts run
  await lands(page, reports.url + "/");
  assert.equal(await text(page), "signed in as root@gatehouse.example");

  await page.goto(base + "/logout");
  await page.locator("button[value=logout]").click();
  assert.match(await text(page), /Signing you out[\s\S]*Reports/);
  await page.locator("button[value=go]").click();
  await lands(page, base + "/logout/done*");
  assert.match(await text(page), /You are signed out/);
  await page.goto(reports.url + "/");
  assert.equal(await text(page), "signed out");
  await context.close();
});

test("an application that is dead is left out, and named", async () => {
  const { page, context } = await newPage(browser);
  await signIn(page, billing);
  billing.options.dead = true;
  try {
    await page.goto(base + "/logout");
    await page.locator("button[value=logout]").click();
    await page.waitForURL((url) => url.protocol === "chrome-error:", { timeout: 10_000 }).catch(() => {});
    await page.waitForTimeout(1_000); // the browser shows its own page
    await page.goBack();
    assert.match(await text(page), /Billing has not answered/);
    if (process.env.SHOTS) await page.screenshot({ path: process.env.SHOTS + "/unanswered.png" });
    await page.locator("button[value=skip]").click();
    await lands(page, base + "/logout/done*");
    assert.match(await text(page), /did not confirm[\s\S]*Billing/);
    if (process.env.SHOTS) await page.screenshot({ path: process.env.SHOTS + "/out.png" });
  } finally {
    billing.options.dead = false;
    await context.close();
  }
});

test("people may begin here, where an application is registered for it", async () => {
  const app = new App("Wiki", { unsolicited: true });
  await app.start((await (await fetch(base + "/saml/idp")).text()).match(/use="signing"[\s\S]*?X509Certificate>([^<]+)</)[1].replace(/\s/g, ""));
  const start = `${base}/saml/idp/init?${new URLSearchParams({ sp: app.entityId, RelayState: "<script>alert(1)</script>" })}`;
  try {
    const { page, context, problems } = await newPage(browser);
    await app.register();
    await page.goto(start);
    assert.match(await page.title(), /^Error/);
    await app.change({ idp_initiated: true });
    await page.goto(start);
    await identify(page, "root@gatehouse.example");
    await typePassword(page);
    await lands(page, app.url + "/");
    assert.equal(await text(page), "signed in as root@gatehouse.example");
    assert.equal(app.relayState, "<script>alert(1)</script>");
    assert.deepEqual(problems().filter((problem) => !/40[04]/.test(problem)), []);
    await context.close();
  } finally {
    app.server.closeAllConnections();
    app.server.close();
  }
});
