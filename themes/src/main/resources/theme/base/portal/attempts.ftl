<#import "layout.ftl" as l>
<#import "verdict.ftl" as v>
<@l.screen heading=msg("attempts.title") wide=true>
<h1>${msg("attempts.title")}</h1>
<p class="lead">${msg("attempts.text", name)}</p>
<#if attempts?has_content><@v.attempts list=attempts/><#else><p class="card">${msg("attempts.none")}</p></#if>
</@l.screen>
