<#import "layout.ftl" as l>
<@l.screen heading=msg("metadata.title", name) failed=trouble??>
<h1>${msg("metadata.title", name)}</h1>
<p class="lead"><#if protocol == "saml"><#if address??>${msg("metadata.text.saml", name)}<#else>${msg("metadata.text.file", name)}</#if><#else>${msg("metadata.text.oidc", name)}</#if></p>
<#if trouble??><@l.trouble about=trouble/></#if>
<#if pending??>
<section class="card warnbox" aria-labelledby="pending"><h2 id="pending">${msg("pending.title")}</h2>
<p>${msg("pending.text")}</p>
<#list pending.warnings as warning><p class="note warn" role="alert">${msg("pending." + warning)}</p></#list>
<@changes list=pending.changes/>
<form method="post" action="${action}" class="row"><@l.csrf/>
<#if protocol == "oidc"><div class="grow"><label for="pendingsecret">${msg("question.client_secret")}</label><input id="pendingsecret" name="client_secret" type="password" autocomplete="off"></div></#if>
<button class="primary" name="action" value="apply">${msg("pending.apply")}</button><button class="second" name="action" value="discard" formnovalidate>${msg("pending.discard")}</button></form>
</section>
</#if>
<#if summary?? && !pending??>
<section class="card" aria-labelledby="summary"><h2 id="summary">${msg("summary.title")}</h2>
<dl class="facts">
<#list summary.facts as fact><div><dt>${msg("fact." + fact.label)}</dt><dd class="mono">${fact.value}</dd></div></#list>
</dl>
<#if summary.source??><p class="meta">${msg("summary.refreshed")}</p></#if>
<#if summary.certificates?has_content><h3>${msg("summary.certificates")}</h3><@l.certificates list=summary.certificates/></#if>
<p><a class="button primary" href="${frame.base}/connections/${frame.connection}/test">${msg("summary.next")}</a></p>
</section>
</#if>
<#if summary??><details<#if trouble??> open</#if> class="again"><summary>${msg("metadata.again")}</summary></#if>
<#if live><p class="note info">${msg("metadata.live")}</p></#if>
<#if protocol == "saml">
<figure class="drawing hint"><div class="window"><div class="chrome" aria-hidden="true"><i></i><i></i><i></i><b>${name}</b></div>
<#if path?has_content><p class="crumbs"><span class="sr">${msg("guide.path")} </span><#list path as part><span<#if !part?has_next> class="last"</#if>>${part}</span><#if part?has_next><span class="sep" aria-hidden="true">›</span></#if></#list></p></#if>
<div class="fields"><#list theirs as label><p class="fake"><span>${label}</span><b class="mono"><#if address??>${address}<#else>metadata.xml</#if></b></p></#list></div></div>
<figcaption>${msg("metadata.where", name)}</figcaption></figure>
<#if address??>
<form method="post" action="${action}" class="card way" enctype="multipart/form-data"><@l.csrf/><input type="hidden" name="how" value="url">
<h2>${msg("metadata.byurl")} <span class="advised">${msg("provider.advised")}</span></h2>
<label for="metadata_url">${theirs[0]!msg("fact.metadata_url")}</label>
<input id="metadata_url" name="metadata_url" type="url" inputmode="url" value="${given.metadata_url!""}" maxlength="2048" required placeholder="${address}"<#if trouble??> aria-describedby="trouble"</#if>>
<p class="meta">${msg("metadata.urltext")}</p>
<button class="primary">${msg("metadata.read")}</button>
</form>
</#if>
<form method="post" action="${action}" class="card way" enctype="multipart/form-data"><@l.csrf/><input type="hidden" name="how" value="file">
<h2>${msg("metadata.byfile")}</h2>
<label for="metadata_file">${msg("metadata.file")}</label><input id="metadata_file" name="metadata_file" type="file" accept=".xml,application/xml,text/xml,application/samlmetadata+xml">
<details><summary>${msg("metadata.bypaste")}</summary><label for="metadata_xml">${msg("metadata.paste")}</label><textarea id="metadata_xml" name="metadata_xml" rows="6" spellcheck="false"></textarea></details>
<button class="<#if address??>second<#else>primary</#if>">${msg("metadata.readfile")}</button>
</form>
<details class="card way"<#if (given.how!"") == "values"> open</#if>><summary>${msg("metadata.byvalues")}</summary>
<form method="post" action="${action}"><@l.csrf/><input type="hidden" name="how" value="values">
<label for="idp_entity_id">${msg("fact.idp_entity_id")}</label><input id="idp_entity_id" name="idp_entity_id" value="${given.idp_entity_id!""}" maxlength="1024" required>
<label for="sso_url">${msg("fact.sso_url")}</label><input id="sso_url" name="sso_url" type="url" value="${given.sso_url!""}" maxlength="2048" required>
<label for="idp_certificate">${msg("metadata.certificate")}</label><textarea id="idp_certificate" name="idp_certificate" rows="5" spellcheck="false" required placeholder="-----BEGIN CERTIFICATE-----">${given.idp_certificate!""}</textarea>
<button class="second">${msg("metadata.save")}</button>
</form></details>
<#else>
<form method="post" action="${action}" class="card way"><@l.csrf/>
<#if path?has_content><figure class="drawing hint"><div class="window"><div class="chrome" aria-hidden="true"><i></i><i></i><i></i><b>${name}</b></div>
<p class="crumbs"><span class="sr">${msg("guide.path")} </span><#list path as part><span<#if !part?has_next> class="last"</#if>>${part}</span><#if part?has_next><span class="sep" aria-hidden="true">›</span></#if></#list></p>
<div class="fields"><#list asked.asks as ask><#if ask.label?has_content><p class="fake"><span>${ask.label}</span><b class="mono"><#if ask.secret>••••••••<#else>${ask.example}</#if></b></p></#if></#list></div></div>
<figcaption>${msg("metadata.where", name)}</figcaption></figure></#if>
<#list asked.asks as ask>
<#assign hint = "question." + ask.name + ".hint">
<#assign wrong = trouble?? && trouble.about == ask.name>
<label for="${ask.name}"><#if ask.label?has_content>${ask.label}<#else>${msg("question." + ask.name)}</#if></label>
<#if ask.secret>
<input id="${ask.name}" name="${ask.name}" type="password" maxlength="2048" autocomplete="off" aria-describedby="${ask.name}-hint"<#if !asked.secretKept && !asked.jwks??> required</#if><#if wrong> aria-invalid="true"</#if>>
<p class="meta" id="${ask.name}-hint"><#if asked.secretKept>${msg("metadata.secretkept")}<#else>${msg("metadata.secretonce")}</#if></p>
<#else>
<input id="${ask.name}" name="${ask.name}" value="${ask.value}" maxlength="2048" autocomplete="off" autocapitalize="none" spellcheck="false"<#if ask.required> required</#if> placeholder="${ask.example}"<#if wrong> aria-invalid="true" aria-describedby="trouble"<#elseif known(hint)> aria-describedby="${ask.name}-hint"</#if>>
<#if known(hint)><p class="meta" id="${ask.name}-hint">${msg(hint)}</p></#if>
</#if>
</#list>
<#if asked.jwks??>
<details class="again"<#if asked.byKey> open</#if>><summary>${msg("metadata.bykey")}</summary>
<p>${msg("metadata.bykeytext", name)}</p>
<@l.copy id="jwks" label=msg("metadata.jwks") value=asked.jwks/>
<label class="tick"><input type="checkbox" name="private_key_jwt" value="yes"<#if asked.byKey> checked</#if>> ${msg("metadata.bykeytick", name)}</label>
</details>
</#if>
<button class="primary">${msg("metadata.connect")}</button>
</form>
</#if>
<#if summary??></details></#if>
</@l.screen>
<#macro changes list>
<table class="changes"><thead><tr><th scope="col">${msg("changes.what")}</th><th scope="col">${msg("changes.before")}</th><th scope="col">${msg("changes.after")}</th></tr></thead><tbody>
<#list list as change><tr><th scope="row">${msg("fact." + change.label)}</th><td class="mono">${change.before}</td><td class="mono">${change.after}</td></tr></#list>
</tbody></table>
</#macro>
