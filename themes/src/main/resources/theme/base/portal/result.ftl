<#import "layout.ftl" as l>
<#import "verdict.ftl" as v>
<@l.screen heading=msg("result." + verdict.status) failed=(verdict.status == "failed")>
<div class="resulthead ${verdict.status}"><h1>${msg("result." + verdict.status)}</h1><p class="meta"><@l.time when=verdict.at/><#if verdict.trace?has_content> · ${msg("error.trace")} <code>${verdict.trace}</code></#if></p></div>
<#if verdict.status == "passed"><p class="lead">${msg("result.nobody")}</p><p class="row"><a class="button primary" href="${next}">${msg("result.next")}</a><a class="button second" href="${again}">${msg("result.again")}</a></p></#if>
<#if verdict.status == "running" || verdict.status == "abandoned"><p class="lead">${msg("result.waiting")}</p></#if>
<@v.shown verdict=verdict/>
<#if verdict.status != "passed"><p class="row"><a class="button primary" href="${again}">${msg("result.again")}</a><a class="button second" href="${back}">${msg("result.back")}</a></p></#if>
</@l.screen>
