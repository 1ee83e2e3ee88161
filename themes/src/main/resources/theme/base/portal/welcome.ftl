<#import "layout.ftl" as l>
<@l.screen heading=msg("welcome.title")>
<h1>${msg("welcome.title")}</h1>
<p class="lead">${msg("welcome.text", inviter)}</p>
<@l.notices list=notices/>
<#if connections?has_content>
<section aria-labelledby="connections"><h2 id="connections">${msg("welcome.connections")}</h2>
<#list connections as card>
<article class="card conn">
<div class="connhead"><h3>${card.provider} <span class="proto">${msg("protocol." + card.protocol)}</span></h3><@l.pill state=card.state/></div>
<p class="meter" aria-hidden="true"><progress max="${card.all}" value="${card.done}" tabindex="-1"></progress></p>
<p class="meta">${msg("welcome.progress", card.done, card.all)}</p>
<p><a class="button primary" href="${card.href}"><#if card.state == "draft" || card.state == "testing">${msg("welcome.goon")}: ${msg("step." + card.nextStep)}<#else>${msg("welcome.open")}: ${msg("step." + card.nextStep)}</#if></a></p>
</article>
</#list>
</section>
</#if>
<#if mayAdd>
<#if connections?has_content>
<p><a class="button second" href="${frame.base}/connections">${msg("welcome.another")}</a></p>
<#else>
<div class="card">
<h2>${msg("welcome.start")}</h2>
<ol class="plan"><#list ["provider","values","metadata","domain","test","mapping","activate","enforce","health"] as step><li><strong>${msg("step." + step)}</strong> <span>${msg("plan." + step)}</span></li></#list></ol>
<p class="note info">${msg("entry.promise")}</p>
<p><a class="button primary big" href="${frame.base}/connections">${msg("welcome.begin")}</a></p>
</div>
</#if>
</#if>
<#if !oneIntent>
<section aria-labelledby="domains"><h2 id="domains">${msg("welcome.domains")}</h2>
<div class="card"><#if domains?has_content><ul class="rows"><#list domains as domain><li><span class="mono">${domain.name}</span><#if domain.proved><span class="pill active">${msg("domain.proved")}</span><#else><span class="pill warn">${msg("domain.open")}</span></#if></li></#list></ul><#else><p>${msg("welcome.nodomains")}</p></#if>
<p><a class="button second" href="${frame.base}/domains">${msg("welcome.managedomains")}</a></p></div>
</section>
</#if>
</@l.screen>
