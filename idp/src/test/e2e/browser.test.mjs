// A real browser through both demo organizations and the local user.
import { test, before, after, describe } from "node:test";
import assert from "node:assert/strict";
import AxeBuilder from "@axe-core/playwright";
import { authorizeUrl, base, identify, launch, newPage, post, pressAutoPost, typePassword } from "./support.mjs";

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

const people = [
  { name: "Ada over OpenID Connect", email: "ada@acme-ads.example", org: "acme-ads" },
  { name: "Grace over SAML", email: "grace@globex-media.example", org: "globex-media" },
  { name: "Root with a local password", email: "root@gatehouse.example", org: undefined },
];

/** From the e-mail page to the application's callback. */
async function signIn(page, person, { javaScript = true } = {}) {
  await identify(page, person.email);
  if (person.org) {
    if (!javaScript && person.org === "globex-media" && await page.locator("input[name=SAMLRequest]").count()) await pressAutoPost(page);
    await page.waitForURL(/\/realms\/demo-idp\//);
    if (await page.locator("input[name=identifier]:visible").count()) await identify(page, person.email);
  }
  await typePassword(page);
  if (!javaScript && person.org === "globex-media") {
    await page.locator("input[name=SAMLResponse]").waitFor({ state: "attached" });
    await pressAutoPost(page);
  }
}

for (const person of people) {
  test(`${person.name} signs in to the demo app, calls the API, refreshes and signs out`, async () => {
    const { page, context, problems } = await newPage(browser);
    await page.goto(base + "/demo");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await signIn(page, person);
    await page.locator("#signed-in:not([hidden])").waitFor();
    const claims = JSON.parse(await page.locator("#id-claims").textContent());
    assert.equal(claims.iss, base);
    assert.equal(claims.org_id, person.org);
    assert.ok(claims.sub && claims.sid && claims.auth_time);
    const access = JSON.parse(await page.locator("#access-claims").textContent());
    assert.equal(access.org_id, person.org);
    assert.equal(access.sid, claims.sid);
    await page.locator("#call").click();
    await page.getByText("200 OK").waitFor();
    await page.locator("#refresh").click();
    await page.getByText("New tokens").waitFor();
    await page.locator("#sign-out").click();
    await page.waitForURL(base + "/demo");
    await page.locator("#signed-out:not([hidden])").waitFor();
    assert.equal((await context.cookies(base)).filter((c) => /-sid-main/.test(c.name) && c.value).length, 0);
    assert.deepEqual(problems(), []);
    await context.close();
  });

  test(`${person.name} signs in without JavaScript`, async () => {
    const { page, context } = await newPage(browser, { javaScriptEnabled: false });
    const request = authorizeUrl();
    await page.goto(request.url);
    await signIn(page, person, { javaScript: false });
    await page.waitForURL(/\/demo\/callback\?/);
    const back = new URL(page.url());
    assert.equal(back.searchParams.get("state"), request.state);
    assert.equal(back.searchParams.get("iss"), base);
    const tokens = await post("/token", {
      grant_type: "authorization_code", client_id: "demo-app", code: back.searchParams.get("code"),
      redirect_uri: request.redirect_uri, code_verifier: request.verifier,
    });
    assert.equal(tokens.status, 200, JSON.stringify(tokens.body));
    await context.close();
  });
}

test("an organization named in the request is left for at once", async () => {
  const { page, context } = await newPage(browser);
  await page.goto(authorizeUrl({ organization: "acme-ads" }).url);
  assert.match(page.url(), /\/realms\/demo-idp\//);
  await context.close();
});

test("a login_hint at a verified domain is left for at once, and travels along", async () => {
  const { page, context } = await newPage(browser);
  await page.goto(authorizeUrl({ login_hint: "ada@acme-ads.example" }).url);
  assert.match(page.url(), /\/realms\/demo-idp\//);
  assert.ok(await page.getByText("ada@acme-ads.example").count() + await page.locator("input[value='ada@acme-ads.example']").count() > 0);
  await context.close();
});

test("a live session answers the next request silently, and prompt=login asks again", async () => {
  const { page, context } = await newPage(browser);
  await page.goto(authorizeUrl().url);
  await signIn(page, people[2]);
  await page.waitForURL(/\/demo/);
  await page.goto(authorizeUrl({ prompt: "none" }).url);
  assert.match(page.url(), /\/demo/);
  await page.goto(authorizeUrl({ prompt: "login" }).url);
  assert.match(page.url(), /\/login\//);
  await context.close();
});

test("prompt=none without a session answers login_required", async () => {
  const { page, context } = await newPage(browser, { javaScriptEnabled: false });
  await page.goto(authorizeUrl({ prompt: "none" }).url);
  assert.equal(new URL(page.url()).searchParams.get("error"), "login_required");
  await context.close();
});

test("a wrong password says so, keeps the e-mail address, and the right one then works", async () => {
  const { page, context } = await newPage(browser);
  await page.goto(authorizeUrl().url);
  await identify(page, "root@gatehouse.example");
  await typePassword(page, "wrong");
  assert.match(await page.title(), /^Error/);
  assert.ok((await page.content()).includes("root@gatehouse.example"));
  await typePassword(page);
  await page.waitForURL(/\/demo/);
  await context.close();
});

test("back, refresh and a second tab are never a dead end", async () => {
  const { page, context } = await newPage(browser);
  await page.goto(authorizeUrl().url);
  await identify(page, "root@gatehouse.example");
  await page.locator("input[name=password]").waitFor();
  await page.goBack();
  await page.waitForLoadState();
  if (await page.locator("input[name=identifier]:not([readonly])").count()) await identify(page, "root@gatehouse.example");
  await page.reload();
  await page.locator("input[name=password]").waitFor();
  const second = await context.newPage();
  await second.goto(authorizeUrl().url);
  await identify(second, "root@gatehouse.example");
  await typePassword(second);
  await second.waitForURL(/\/demo/);
  await typePassword(page);
  await page.waitForURL(/\/demo/);
  await page.goBack();
  assert.ok(!/error/i.test(await page.title()) || await page.getByRole("link").count() > 0);
  await context.close();
});

describe("pages are accessible and look after every screen", () => {
  const screens = [
    { width: 1280, height: 800, colorScheme: "light" },
    { width: 390, height: 844, colorScheme: "dark" },
    { width: 320, height: 640, colorScheme: "light" },
  ];
  const pages = {
    identifier: async (page) => { await page.goto(authorizeUrl().url); },
    password: async (page) => { await page.goto(authorizeUrl().url); await identify(page, "root@gatehouse.example"); await page.locator("input[name=password]").waitFor(); },
    wrong: async (page) => { await page.goto(authorizeUrl().url); await identify(page, "root@gatehouse.example"); await typePassword(page, "no"); await page.locator("input[name=password]").waitFor(); },
    error: async (page) => { await page.goto(authorizeUrl({ client_id: "nobody" }).url); },
    logout: async (page) => { await page.goto(base + "/logout"); },
    german: async (page) => { await page.goto(authorizeUrl({ ui_locales: "de" }).url); assert.equal(await page.locator("html").getAttribute("lang"), "de"); },
    demo: async (page) => { await page.goto(base + "/demo"); },
  };
  for (const screen of screens) {
    for (const [name, open] of Object.entries(pages)) {
      test(`${name} at ${screen.width} px, ${screen.colorScheme}`, async () => {
        const { page, context, problems } = await newPage(browser, {
          viewport: { width: screen.width, height: screen.height }, colorScheme: screen.colorScheme, reducedMotion: "reduce",
        });
        await open(page);
        if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/${name}-${screen.width}-${screen.colorScheme}.png`, fullPage: true });
        const axe = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]).analyze();
        assert.deepEqual(axe.violations.map((v) => v.id + ": " + v.nodes.map((n) => n.html).join(" ")), []);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.ok(wide <= 0, `scrolls sideways by ${wide} px`);
        assert.deepEqual(problems().filter((p) => !/status of 40[0-9]/.test(p)), []);
        await context.close();
      });
    }
  }
});

test("an unknown redirect_uri is an error page with code and trace id, never a redirect", async () => {
  const { page, context } = await newPage(browser);
  await page.goto(authorizeUrl({ redirect_uri: "https://evil.example/callback" }).url);
  assert.ok(page.url().startsWith(base));
  const text = await page.locator("body").innerText();
  assert.match(text, /OAUTH-REDIRECT-01/);
  assert.match(text, /[0-9a-f]{32}/);
  await context.close();
});
