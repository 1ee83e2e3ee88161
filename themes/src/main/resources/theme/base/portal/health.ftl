<#import "layout.ftl" as l>
<#import "verdict.ftl" as v>
<@l.screen heading=msg("health.title") wide=true>
<h1>${msg("health.title")} <@l.pill state=state/></h1>
<#list held as change>
<section class="card warnbox"><h2>${msg("held.title")}</h2><p>${msg("held.text")} <@l.time when=change.since/></p>
<#list change.warnings as warning><p class="note warn">${msg("pending." + warning)}</p></#list>
<table class="changes"><thead><tr><th scope="col">${msg("changes.what")}</th><th scope="col">${msg("changes.before")}</th><th scope="col">${msg("changes.after")}</th></tr></thead><tbody><#list change.changes as one><tr><th scope="row"><#if known("fact." + one.label)>${msg("fact." + one.label)}<#else>${one.label}</#if></th><td class="mono">${one.before}</td><td class="mono">${one.after}</td></tr></#list></tbody></table>
<form method="post" action="${change.action}" class="row"><@l.csrf/><input type="hidden" name="change" value="${change.id}"><button class="primary" name="action" value="approve">${msg("held.approve")}</button><button class="second" name="action" value="reject">${msg("held.reject")}</button></form></section>
</#list>
<#if anything><div class="figures"><#list figures as figure><div class="card figure"><p class="num">${figure.value}</p><p class="meta">${msg("figure." + figure.label)}</p></div></#list></div></#if>
<section class="card" aria-labelledby="certs"><h2 id="certs">${msg("health.certificates")}</h2>
<#if certificates?has_content><@l.certificates list=certificates/><#else><p>${msg("health.nocertificates")}</p></#if>
<p><a class="button second" href="${frame.base}/connections/${frame.connection}/metadata">${msg("health.renew")}</a></p></section>
<div><h2 id="attempts">${msg("attempts.title")}</h2>
<#if attempts?has_content><@v.attempts list=attempts/><p><a class="button second" href="${attemptsHref}">${msg("result.back")}</a></p><#else><p>${msg("attempts.none")}</p></#if></div>
</@l.screen>
