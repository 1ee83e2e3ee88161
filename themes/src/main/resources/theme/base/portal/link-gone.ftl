<#import "layout.ftl" as l>
<@l.screen heading=msg("gone." + standing + ".title") failed=true>
<div class="card narrow">
<div role="alert">
<h1>${msg("gone." + standing + ".title")}</h1>
<p class="lead">${msg("gone." + standing + ".text")} <@l.time when=since/></p>
</div>
<#if goOn??>
<p>${msg("gone.yours")}</p>
<p><a class="button primary" href="${goOn}">${msg("gone.goon")}</a></p>
<#else>
<p>${msg("gone.ask", inviter)}</p>
<#if asked><p class="note good" role="status">${msg("gone.asked", inviter)}</p>
<#else><form method="post" action="${action}"><button class="primary">${msg("gone.request")}</button></form></#if>
</#if>
</div>
</@l.screen>
