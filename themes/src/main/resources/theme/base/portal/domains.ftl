<#import "layout.ftl" as l>
<@l.screen heading=msg("domains.title") failed=trouble??>
<h1>${msg("domains.title")}</h1>
<p class="lead">${msg("domains.text")}</p>
<#if trouble??><@l.trouble about=trouble/></#if>
<#list claims as claim>
<section class="card" aria-labelledby="d${claim?counter}">
<div class="connhead"><h2 id="d${claim?counter}" class="mono">${claim.name}</h2><#if claim.proved><span class="pill active">${msg("domain.proved")}</span><#else><span class="pill warn">${msg("domain.open")}</span></#if></div>
<#if !claim.proved>
<p>${msg("domains.publish")}</p>
<div class="dns">
<p class="copy fixed"><span class="label">${msg("domains.type")}</span><b class="mono">TXT</b></p>
<@l.copy id="host" + claim?counter label=msg("domains.host") value=claim.host/>
<@l.copy id="value" + claim?counter label=msg("domains.value") value=claim.value/>
</div>
<p class="meta">${msg("domains.zone", claim.hostShort, claim.zone)}</p>
<#if claim.asked??>
<div class="note <#if claim.asked.word == "unsettled">warn<#else>bad</#if>" role="status">
<h3>${msg("dns." + claim.asked.word + ".title", claim.zone)}<#if claim.asked.code?has_content> <span class="meta mono">${claim.asked.code}</span></#if></h3>
<p>${msg("dns." + claim.asked.word + ".text", claim.zone, claim.host)}</p>
<#if claim.asked.servers?has_content>
<p class="meta">${msg("dns.when")} <@l.time when=claim.asked.at/>:</p>
<ul class="seen"><#list claim.asked.servers as server><li><strong class="mono">${server.name}</strong> <span class="meta mono">${server.address}</span><br>
<#if server.problem??><#assign why = "dns.problem." + server.problem?replace(" ", "_")><#if known(why)>${msg(why)}<#else><span class="detail" lang="en">${server.problem}</span></#if><#else>${msg("dns.found", server.atDomain?size, claim.zone, server.atHost?size, claim.host)}<#if server.atHost?has_content || server.atDoubled?has_content><ul class="mono"><#list server.atHost as text><li>${text}</li></#list><#list server.atDoubled as text><li>${claim.host}.${claim.zone}: ${text}</li></#list></ul></#if></#if></li></#list></ul>
</#if>
</div>
</#if>
</#if>
<form method="post" action="${action}" class="row"><@l.csrf/><input type="hidden" name="name" value="${claim.name}">
<#if !claim.proved><button class="primary" name="action" value="check">${msg("domains.check")}<span class="sr"> ${claim.name}</span></button></#if>
<#if claim.proved><label class="tick"><input type="checkbox" name="sure" value="yes"> ${msg("domains.sure")}</label></#if>
<button class="plain" name="action" value="release">${msg("domains.remove")}<span class="sr"> ${claim.name}</span></button></form>
</section>
</#list>
<form method="post" action="${action}" class="card"><@l.csrf/>
<h2>${msg("domains.add")}</h2>
<label for="name">${msg("domains.name")}</label>
<div class="row"><div class="grow"><input id="name" name="name" value="${typed}" maxlength="253" required autocapitalize="none" spellcheck="false" placeholder="acme.example"<#if trouble??> aria-invalid="true" aria-describedby="trouble"</#if>></div><button class="<#if claims?has_content>second<#else>primary</#if>" name="action" value="claim">${msg("domains.claim")}</button></div>
</form>
<#if needed><p class="meta">${msg("domains.parallel")}</p>
<p><a class="button second" href="${frame.base}/connections/${frame.connection}/test">${msg("domains.later")}</a></p></#if>
</@l.screen>
