<#import "layout.ftl" as l>
<@l.screen heading=msg("refusal." + word + ".title") failed=true>
<div class="card narrow">
<div role="alert">
<h1>${msg("refusal." + word + ".title")}</h1>
<p class="lead">${msg("refusal." + word + ".text")}</p>
</div>
<p>${msg("refusal." + word + ".fix")}</p>
<#if wayOn??><p><a class="button primary" href="${wayOn}">${msg("refusal.back")}</a></p></#if>
<p class="meta">${msg("error.trace")} <code>${traceId}</code></p>
</div>
</@l.screen>
