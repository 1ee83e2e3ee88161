// A public client in about a hundred lines: what an app has to do, and nothing else.
// Tokens live in sessionStorage because this is a demo; a real app keeps them in memory or behind its own server.
"use strict";

const issuer = location.origin;
const client = "demo-app";
const redirectUri = issuer + "/demo/callback";
const scope = "openid profile email api:read";
const $ = (id) => document.getElementById(id);
const store = sessionStorage;

const base64url = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const random = () => base64url(crypto.getRandomValues(new Uint8Array(32)));
const claimsOf = (jwt) => {
  const text = jwt.split(".")[1].replaceAll("-", "+").replaceAll("_", "/");
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(text), (c) => c.charCodeAt(0))));
};

let discovered;
const metadata = async () =>
  (discovered ??= await (await fetch(issuer + "/.well-known/openid-configuration")).json());

async function signIn(hint) {
  const verifier = random(), state = random(), nonce = random();
  store.setItem("pending", JSON.stringify({ verifier, state, nonce }));
  const challenge = base64url(new Uint8Array(
    await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
  const query = new URLSearchParams({
    client_id: client, response_type: "code", redirect_uri: redirectUri, scope, state, nonce,
    code_challenge: challenge, code_challenge_method: "S256",
  });
  if (hint) query.set("login_hint", hint);
  location.assign((await metadata()).authorization_endpoint + "?" + query);
}

async function finish(query) {
  const pending = JSON.parse(store.getItem("pending") ?? "null");
  store.removeItem("pending");
  history.replaceState(null, "", "/demo");
  if (!pending || query.get("state") !== pending.state) throw new Error("This answer is not to a request of this tab. Sign in again.");
  if (query.get("iss") !== issuer) throw new Error("This answer comes from another issuer.");
  if (query.has("error")) throw new Error(query.get("error") + ": " + (query.get("error_description") ?? ""));
  await token({ grant_type: "authorization_code", code: query.get("code"), redirect_uri: redirectUri, code_verifier: pending.verifier });
  if (claimsOf(store.getItem("id_token")).nonce !== pending.nonce) {
    store.clear();
    throw new Error("The ID token is not the answer to this request.");
  }
}

async function token(parameters) {
  const answer = await fetch((await metadata()).token_endpoint, {
    method: "POST", body: new URLSearchParams({ client_id: client, ...parameters }),
  });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error + ": " + (body.error_description ?? ""));
  for (const name of ["access_token", "id_token", "refresh_token"]) if (body[name]) store.setItem(name, body[name]);
}

async function callApi() {
  const answer = await fetch("/demo/api/hello", { headers: { Authorization: "Bearer " + store.getItem("access_token") } });
  show(answer.status + " " + answer.statusText + "\n" + JSON.stringify(await answer.json(), null, 2));
}

async function refresh() {
  await token({ grant_type: "refresh_token", refresh_token: store.getItem("refresh_token") });
  show("New tokens, valid until " + new Date(claimsOf(store.getItem("access_token")).exp * 1000).toLocaleTimeString());
}

async function signOut() {
  const query = new URLSearchParams({
    id_token_hint: store.getItem("id_token"), client_id: client, post_logout_redirect_uri: issuer + "/demo",
  });
  const { end_session_endpoint } = await metadata();
  store.clear();
  location.assign(end_session_endpoint + "?" + query);
}

function show(text) {
  $("answer").textContent = text;
  $("answer").hidden = $("answer-title").hidden = false;
}

function draw() {
  const idToken = store.getItem("id_token");
  $("signed-out").hidden = !!idToken;
  $("signed-in").hidden = !idToken;
  if (idToken) {
    const claims = claimsOf(idToken);
    $("who").textContent = claims.name ?? claims.email ?? claims.sub;
    $("id-claims").textContent = JSON.stringify(claims, null, 2);
    $("access-claims").textContent = JSON.stringify(claimsOf(store.getItem("access_token")), null, 2);
  }
}

const attempt = (work) => async () => {
  $("problem").hidden = true;
  try {
    await work();
  } catch (failure) {
    $("problem").textContent = failure.message;
    $("problem").hidden = false;
  }
  draw();
};

for (const button of document.querySelectorAll("[data-hint]")) {
  button.addEventListener("click", attempt(() => signIn(button.dataset.hint)));
}
$("call").addEventListener("click", attempt(callApi));
$("refresh").addEventListener("click", attempt(refresh));
$("sign-out").addEventListener("click", attempt(signOut));
const query = new URLSearchParams(location.search);
attempt(async () => {
  if (location.pathname === "/demo/callback" && (query.has("code") || query.has("error"))) await finish(query);
})();
