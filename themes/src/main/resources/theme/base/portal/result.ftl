<#import "layout.ftl" as l>
<#import "verdict.ftl" as v>
<#assign title><#if tried == "replay">${msg("replay." + verdict.status)}<#elseif tried == "real">${msg("real." + verdict.status)}<#else>${msg("result." + verdict.status)}</#if></#assign>
<@l.screen heading=title failed=(verdict.status == "failed")>
<div class="resulthead ${verdict.status}"><h1>${title}</h1><p class="meta"><@l.time when=verdict.at/><#if verdict.trace?has_content> · ${msg("error.trace")} <code>${verdict.trace}</code></#if></p></div>
<#if tried == "replay"><p class="lead">${msg("replay.text")}</p></#if>
<#if verdict.status == "passed" && tried == "test"><p class="lead">${msg("result.nobody")}</p><p class="row"><a class="button primary" href="${next}">${msg("result.next")}</a><a class="button second" href="${again}">${msg("result.again")}</a></p></#if>
<#if tried == "test" && (verdict.status == "running" || verdict.status == "abandoned")><p class="lead">${msg("result.waiting")}</p></#if>
<@v.shown verdict=verdict/>
<#if replay?? && tried != "test"><form method="post" action="${replay}"><@l.csrf/><p>${msg("replay.offer")}</p><button class="second">${msg("replay.do")}</button></form></#if>
<#if verdict.status != "passed" || tried != "test"><p class="row"><#if tried == "test"><a class="button primary" href="${again}">${msg("result.again")}</a><#if replay??><a class="button second" href="${replay}">${msg("result.xray")}</a></#if></#if><a class="button second" href="${back}">${msg("result.back")}</a></p></#if>
</@l.screen>
