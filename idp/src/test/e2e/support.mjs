// What the browser and client tests share.
import { chromium } from "playwright-core";
import { createHash, randomBytes } from "node:crypto";

export const base = process.env.GATEHOUSE_URL;
export const password = "demo-password";

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"],
  });

/** A page whose console errors and policy violations fail the test that asks for `problems()`. */
export async function newPage(browser, options = {}) {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const problems = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !/favicon/.test(message.text())) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(String(error)));
  return { context, page, problems: () => problems };
}

export function pkce() {
  const verifier = randomBytes(32).toString("base64url");
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}

export function authorizeUrl(overrides = {}) {
  const { verifier, challenge } = pkce();
  const parameters = {
    client_id: "demo-app", response_type: "code", redirect_uri: base + "/demo/callback",
    scope: "openid profile email api:read", state: randomBytes(8).toString("hex"),
    nonce: randomBytes(8).toString("hex"), code_challenge: challenge, code_challenge_method: "S256", ...overrides,
  };
  for (const [name, value] of Object.entries(parameters)) if (value === undefined) delete parameters[name];
  return { url: base + "/authorize?" + new URLSearchParams(parameters), verifier, ...parameters };
}

export async function post(path, parameters, headers = {}) {
  const answer = await fetch(path.startsWith("http") ? path : base + path, {
    method: "POST", body: new URLSearchParams(parameters), headers, redirect: "manual",
  });
  const text = await answer.text();
  let body;
  try { body = JSON.parse(text); } catch { body = text; }
  return { status: answer.status, headers: answer.headers, body };
}

export const basic = (id, secret) => ({ Authorization: "Basic " + Buffer.from(`${id}:${secret}`).toString("base64") });

export async function adminToken() {
  const { status, body } = await post("/token", { grant_type: "client_credentials" }, basic("demo-admin", "demo-admin-secret"));
  if (status !== 200) throw new Error("no admin token: " + JSON.stringify(body));
  return body.access_token;
}

export async function admin(method, path, body, headers = {}) {
  const answer = await fetch(base + "/admin/v1" + path, {
    method,
    headers: { Authorization: "Bearer " + (await adminToken()), ...(body ? { "Content-Type": "application/json" } : {}), ...headers },
    body: body ? JSON.stringify(body) : undefined,
  });
  const text = await answer.text();
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}

/** Presses the visible button of a page that would post itself if scripts ran. */
export async function pressAutoPost(page) {
  await page.locator("form button, form input[type=submit]").first().click();
}

/** Types the e-mail address on the first page. */
export async function identify(page, email) {
  await page.locator("input[name=identifier]").fill(email);
  await page.locator("input[name=identifier]").press("Enter");
}

export async function typePassword(page, value = password) {
  await page.locator("input[name=password]").fill(value);
  await page.locator("input[name=password]").press("Enter");
}
