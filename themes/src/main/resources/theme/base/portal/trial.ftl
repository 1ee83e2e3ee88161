<#import "layout.ftl" as l>
<#import "verdict.ftl" as v>
<@l.screen heading=msg("trial.title")>
<h1>${msg("trial.title")}</h1>
<p class="lead">${msg("trial.text", name)}</p>
<#if ready>
<div class="card">
<ul class="ticks"><#list 1..3 as n><li>${msg("trial.promise." + n)}</li></#list></ul>
<p><a class="button primary big" href="${start}" target="_blank" rel="noopener">${msg("trial.start")}<span class="sr"> (${msg("portal.newtab")})</span></a></p>
<p class="meta">${msg("trial.newtab")}</p>
</div>
<#else>
<p class="note warn">${msg("trial.notready")} <a href="${frame.base}/connections/${frame.connection}/metadata">${msg("step.metadata")}</a></p>
</#if>
<#if last??><h2>${msg("trial.last")} <span class="pill ${last.status}">${msg("attempt." + last.status)}</span></h2>
<@v.shown verdict=last/></#if>
<#if attempts?has_content><div><h2 id="attempts">${msg("attempts.title")}</h2><@v.attempts list=attempts/></div></#if>
</@l.screen>
